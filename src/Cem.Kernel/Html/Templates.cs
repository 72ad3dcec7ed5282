using System.Collections.Concurrent;
using System.Reflection;
using Cem.Kernel.Text;
using Microsoft.Extensions.Logging;

namespace Cem.Kernel.Html;

/// <summary>A template of the installation that is not used, and why.</summary>
public sealed record BrokenOverride(string Template, string Reason);

/// <summary>
/// Everything people see is made here: pages, fragments and mails from Handlebars templates that stand beside their
/// slice. Strict: a name the model lacks is an error, never an empty place. An installation may override any template by
/// a file of the same path; an override that is broken, at the start or while rendering, is reported and the built-in
/// template used instead.
/// </summary>
public sealed partial class Templates
{
    readonly TemplateEngine _builtIn;
    readonly TemplateEngine? _overridden;
    readonly ILogger<Templates> _log;
    readonly ConcurrentDictionary<string, BrokenOverride> _broken = new(StringComparer.Ordinal);

    /// <param name="builtIn">Templates of the program.</param>
    /// <param name="overrides">Templates of the installation.</param>
    public Templates(IEnumerable<TemplateFile> builtIn, IEnumerable<TemplateFile> overrides, Texts texts, Assets assets, ILogger<Templates> log)
    {
        _log = log;
        var files = builtIn.ToDictionary(file => file.Name, StringComparer.Ordinal);
        _builtIn = new TemplateEngine(files.Values, texts, assets);
        var sound = overrides.Where(file => IsSound(file, files.ContainsKey(file.Name), texts, assets)).ToList();
        if (sound.Count == 0) return;
        foreach (var file in sound) files[file.Name] = file;
        _overridden = new TemplateEngine(files.Values, texts, assets);
    }

    /// <summary>Reads the templates embedded in the kernel and the assemblies given, and the overrides below a folder.</summary>
    /// <param name="overrides">Folder of the overrides, <c>data/templates</c>; null for none. It need not exist.</param>
    public static Templates Load(IEnumerable<Assembly> assemblies, string? overrides, Texts texts, Assets assets, ILogger<Templates> log) =>
        new(assemblies.Prepend(typeof(Templates).Assembly).Distinct().SelectMany(TemplateFile.In),
            overrides is null ? [] : TemplateFile.Below(overrides), texts, assets, log);

    /// <summary>Overrides that are not used, and why; for the operator's page and <c>doctor</c>.</summary>
    public IReadOnlyCollection<BrokenOverride> Broken => [.. _broken.Values.OrderBy(b => b.Template, StringComparer.Ordinal)];

    /// <summary>Whether the installation has templates of its own that are used.</summary>
    public bool HasOverrides => _overridden is not null;

    /// <summary>Names of all built-in templates.</summary>
    public IEnumerable<string> Names => _builtIn.Names;

    /// <summary>Whether there is a built-in template of the name.</summary>
    public bool Has(string name) => _builtIn.Has(name);

    /// <summary>Parses a built-in template and checks that every text it names exists.</summary>
    /// <exception cref="TemplateException">It is not sound.</exception>
    public void Check(string name) => _builtIn.Check(name);

    /// <summary>Renders a template.</summary>
    /// <param name="name">Path without <c>Features/</c> and extension: <c>Surveys/ListSurveys/ListSurveys</c>.</param>
    /// <param name="model">Any object; templates see its public properties in either case.</param>
    /// <param name="page">Reader, language, time zone.</param>
    /// <exception cref="TemplateException">The template is unknown, malformed, or uses a name the model does not have.</exception>
    public string Render(string name, object model, RenderContext page)
    {
        if (_overridden is null) return _builtIn.Render(name, model, page);
        try
        {
            return _overridden.Render(name, model, page);
        }
        catch (TemplateException e)
        {
            // Only if the built-in one does better was the override to blame.
            var rendered = _builtIn.Render(name, model, page);
            Report(name, e.Message);
            return rendered;
        }
    }

    bool IsSound(TemplateFile file, bool known, Texts texts, Assets assets)
    {
        try
        {
            if (!known) throw new TemplateException(file.Name, "overrides no template of that path");
            new TemplateEngine([file], texts, assets).Check(file.Name);
            return true;
        }
        catch (TemplateException e)
        {
            Report(file.Name, e.Message);
            return false;
        }
    }

    void Report(string template, string reason)
    {
        if (_broken.TryAdd(template, new BrokenOverride(template, reason)))
            LogBroken(template, reason);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The override of template {Template} is broken and the built-in one is used: {Reason}")]
    partial void LogBroken(string template, string reason);
}
