using System.Buffers;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Cem.Kernel.Html;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Cem.Kernel.Web;

/// <summary>
/// Pages that differ from reader to reader in a few words alone: each is drawn once with marks in the place of those words,
/// and kept as what stands between the marks. Nothing is kept while an installation has templates of its own, which may
/// show anything.
/// </summary>
public sealed class Stencils(Templates templates, PageContext pages, CompanyProfile company)
{
    /// <summary>Enough for every survey in use; beyond it all are drawn anew.</summary>
    const int Most = 500;

    static readonly string Nonce = Mark();

    readonly ConcurrentDictionary<Key, Piece[]> kept = new();

    /// <summary>A mark for a word: letters and digits, so that nothing escapes it, and nothing that anybody could write by chance or guess.</summary>
    public static string Mark() => "mark" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>A page that stands alone, as <see cref="Page.Alone"/> makes it.</summary>
    /// <param name="look">Equal for pages that differ in the words alone.</param>
    /// <param name="draw">The model with the marks in it.</param>
    /// <param name="words">What goes in the place of each mark.</param>
    public static IResult Page(object look, Func<object> draw, string language, IReadOnlyDictionary<string, string> words) => new Filled(look, draw, language, words);

    Piece[] Find(object look, Func<object> draw, string language, IEnumerable<string> marks)
    {
        var key = new Key(look, language, company.Current);
        if (kept.TryGetValue(key, out var pieces))
            return pieces;
        var model = draw();
        pieces = [.. Cut(templates.Render(Web.Page.TemplateOf(model), model, pages.For(language) with { Nonce = Nonce }), [Nonce, .. marks])];
        if (templates.HasOverrides)
            return pieces;
        if (kept.Count >= Most)
            kept.Clear();
        return kept[key] = pieces;
    }

    static IEnumerable<Piece> Cut(string html, string[] marks)
    {
        var at = 0;
        while (marks.Select(mark => (Mark: mark, At: html.IndexOf(mark, at, StringComparison.Ordinal))).Where(found => found.At >= 0).OrderBy(found => found.At).FirstOrDefault() is { Mark: { } mark } next)
        {
            yield return new Piece(Encoding.UTF8.GetBytes(html[at..next.At]), mark);
            at = next.At + mark.Length;
        }
        yield return new Piece(Encoding.UTF8.GetBytes(html[at..]), null);
    }

    sealed record Key(object Look, string Language, CompanyProfile.Profile Company);

    /// <summary>Some of the page, and the mark after it; null after the last.</summary>
    readonly record struct Piece(byte[] Html, string? Mark);

    sealed class Filled(object look, Func<object> draw, string language, IReadOnlyDictionary<string, string> words) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var pieces = httpContext.RequestServices.GetRequiredService<Stencils>().Find(look, draw, language, words.Keys);
            var nonce = SecurityHeaders.NewNonce(httpContext);
            httpContext.Response.ContentType = "text/html; charset=utf-8";
            var body = httpContext.Response.BodyWriter;
            foreach (var piece in pieces)
            {
                body.Write(piece.Html);
                if (piece.Mark is { } mark)
                    Encoding.UTF8.GetBytes(HtmlText.Escape(mark == Nonce ? nonce : words[mark]), body);
            }
            await body.FlushAsync(httpContext.RequestAborted);
        }
    }
}
