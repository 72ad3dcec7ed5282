using System.Runtime.CompilerServices;
using Cem.Kernel.Html;
using Cem.Kernel.Text;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cem.Tests.Kernel.Html;

/// <summary>Arranges templates, texts and contexts for the tests of the kernel's pages.</summary>
static class Pages
{
    public static readonly DateTimeOffset Now = new(2026, 3, 4, 1, 5, 0, TimeSpan.Zero);
    public static readonly TimeZoneInfo Shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    public static readonly RenderContext English = new(Languages.English, Shanghai, Now) { CompanyName = "Northwind Travel" };
    public static readonly RenderContext Chinese = English with { Language = Languages.Chinese, CompanyName = "北风差旅" };

    public static Assets Assets { get; } = new(new PhysicalFileProvider(Path.GetFullPath(Path.Combine(Folder(), "../../../../src/Cem.Server/wwwroot"))));

    /// <summary>The folder of these tests.</summary>
    public static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    /// <summary>Kernel texts and those given for scope <c>A/B</c>, as JSON.</summary>
    public static Texts Texts(string json = "{}") =>
        new(TextsFile.In(typeof(Texts).Assembly).Append(new("Features/A/B/B.texts.json", json)));

    /// <summary>The kernel's templates and those given by path below <c>Features/</c>.</summary>
    public static Templates Templates(Texts texts, params (string Path, string Source)[] sources) =>
        new(TemplateFile.In(typeof(Templates).Assembly).Concat(sources.Select(s => new TemplateFile("Features/" + s.Path, s.Source))),
            [], texts, Assets, NullLogger<Templates>.Instance);

    /// <summary>Renders one template of scope <c>A/B</c>.</summary>
    public static string Render(string source, object model, RenderContext? page = null, string texts = "{}") =>
        Templates(Texts(texts), ("A/B/B.hbs", source)).Render("A/B/B", model, page ?? English);
}
