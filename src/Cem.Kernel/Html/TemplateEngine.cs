using System.Collections.Concurrent;
using System.Text;
using Cem.Kernel.Html.Helpers;
using Cem.Kernel.Text;
using HandlebarsDotNet;

namespace Cem.Kernel.Html;

/// <summary>
/// One consistent set of templates, compiled on first use and kept. Pages and texts have an environment each: the same
/// helpers, but only pages are escaped.
/// </summary>
sealed class TemplateEngine
{
    static readonly HandlebarsDotNet.PathStructure.ChainSegment Page = HandlebarsDotNet.PathStructure.ChainSegment.Create("page");

    readonly Dictionary<string, TemplateFile> _files;
    readonly Texts _texts;
    readonly IHandlebars _html;
    readonly IHandlebars _text;
    readonly ConcurrentDictionary<string, HandlebarsTemplate<TextWriter, object, object>> _compiled = new(StringComparer.Ordinal);
    readonly Lock _compiling = new();

    public TemplateEngine(IEnumerable<TemplateFile> files, Texts texts, Assets assets)
    {
        _files = files.ToDictionary(file => file.Name, StringComparer.Ordinal);
        _texts = texts;
        _html = Environment(new PageEncoder(), isText: false, assets);
        _text = Environment(new PlainEncoder(), isText: true, assets);
    }

    /// <summary>Names of all templates, in order.</summary>
    public IEnumerable<string> Names => _files.Keys.Order(StringComparer.Ordinal);

    public bool Has(string name) => _files.ContainsKey(name);

    /// <summary>Renders into a string.</summary>
    /// <exception cref="TemplateException">Unknown template, malformed template, unknown name in it.</exception>
    public string Render(string name, object model, RenderContext page)
    {
        var text = new StringBuilder(4096);
        using var writer = new StringWriter(text, System.Globalization.CultureInfo.InvariantCulture);
        try
        {
            Compiled(name)(writer, model, new Dictionary<string, object?> { ["page"] = page });
        }
        catch (Exception e) when (e is not TemplateException)
        {
            throw new TemplateException(name, e);
        }
        return text.ToString();
    }

    /// <summary>Parses a template and checks the texts it names.</summary>
    /// <exception cref="TemplateException">It does not parse, or names a text that does not exist.</exception>
    public void Check(string name) => Compiled(name);

    /// <summary>The context of the page, from inside a helper.</summary>
    internal static RenderContext PageOf(HandlebarsDotNet.ValueProviders.DataValues data) => data.Value<RenderContext>(Page)!;

    /// <summary>A text asks for "Html/Mail" and gets "Html/Mail.txt", so that a mail and its plain twin read alike.</summary>
    internal string Kind(string name, bool isText) => isText && Has(name + ".txt") ? name + ".txt" : name;

    HandlebarsTemplate<TextWriter, object, object> Compiled(string name) =>
        _compiled.TryGetValue(name, out var template) ? template : Compile(name);

    HandlebarsTemplate<TextWriter, object, object> Compile(string name)
    {
        if (!_files.TryGetValue(name, out var file)) throw new TemplateException(name, "there is no such template");
        lock (_compiling)
        {
            if (_compiled.TryGetValue(name, out var template)) return template;
            try
            {
                using var source = new StringReader(Preparation.Write(file, _texts));
                return _compiled[name] = (file.IsText ? _text : _html).Compile(source);
            }
            catch (Exception e) when (e is not TemplateException)
            {
                throw new TemplateException(name, e);
            }
        }
    }

    IHandlebars Environment(ITextEncoder encoder, bool isText, Assets assets)
    {
        var configuration = new HandlebarsConfiguration
        {
            ThrowOnUnresolvedBindingExpression = true,
            NoEscape = isText,
            TextEncoder = encoder,
            PartialRecursionDepthLimit = 32,
            PartialTemplateResolver = new Partials(this, isText)
        };
        configuration.FormatterProviders.Add(new ValueFormatters());
        var environment = Handlebars.Create(configuration);
        HelperList.Register(environment, new HelperSite(this, _texts, assets));
        environment.RegisterHelper(new Frames(this, isText));
        return environment;
    }

    sealed class Partials(TemplateEngine engine, bool isText) : IPartialTemplateResolver
    {
        public bool TryRegisterPartial(IHandlebars env, string? partialName, string? templatePath)
        {
            if (partialName is null) return false;
            var name = engine.Kind(partialName, isText);
            if (!engine.Has(name)) return false;
            env.RegisterTemplate(partialName, engine.Compiled(name));
            return true;
        }
    }
}

/// <summary><see cref="HtmlText"/> as the engine asks for it.</summary>
sealed class PageEncoder : ITextEncoder
{
    public void Encode(string? text, TextWriter target)
    {
        if (!string.IsNullOrEmpty(text)) HtmlText.Write(text, target);
    }

    public void Encode(StringBuilder? text, TextWriter target) => Encode(text?.ToString(), target);

    public void Encode<T>(T? text, TextWriter target) where T : IEnumerator<char>
    {
        var all = new StringBuilder();
        while (text is not null && text.MoveNext()) all.Append(text.Current);
        Encode(all, target);
    }
}

/// <summary>
/// Leaves text as it is. <see cref="HandlebarsConfiguration.NoEscape"/> alone is not enough: what a block helper renders
/// goes through the encoder all the same.
/// </summary>
sealed class PlainEncoder : ITextEncoder
{
    public void Encode(string? text, TextWriter target) => target.Write(text);

    public void Encode(StringBuilder? text, TextWriter target) => target.Write(text);

    public void Encode<T>(T? text, TextWriter target) where T : IEnumerator<char>
    {
        while (text is not null && text.MoveNext()) target.Write(text.Current);
    }
}

/// <summary>A template that cannot be used: unknown, malformed, or using a name its model does not have.</summary>
public sealed class TemplateException : Exception
{
    public TemplateException(string template, string reason) : base($"Template {template}: {reason}") => Template = template;

    public TemplateException(string template, Exception cause) : base($"Template {template}: {Reason(cause)}", cause) => Template = template;

    /// <summary>Name of the template.</summary>
    public string Template { get; }

    // The engine wraps a fault once per partial; the innermost message names the fault.
    static string Reason(Exception cause) => cause.GetBaseException().Message;
}
