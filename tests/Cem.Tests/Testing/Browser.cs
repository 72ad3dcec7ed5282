using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Cem.Kernel.Security;
using Microsoft.Extensions.DependencyInjection;

namespace Cem.Tests.Testing;

/// <summary>
/// What a person's browser does, without its script: keeps cookies, fetches pages, fills in and sends the forms on them.
/// Redirects are followed by <see cref="Open"/> and <see cref="Submit"/>, and not by <see cref="Client"/>.
/// </summary>
sealed class Browser : IDisposable
{
    const int MostRedirects = 5;

    readonly CemHost host;
    readonly CookieContainer cookies = new();

    public Browser(CemHost host, string? address = null)
    {
        this.host = host;
        Client = new HttpClient(new Cookies(cookies) { InnerHandler = host.Handler(address) }) { BaseAddress = new Uri("http://localhost") };
        Client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
    }

    /// <summary>For requests that are not walks through pages; carries the same cookies.</summary>
    public HttpClient Client { get; }

    /// <summary>Who was signed in by <see cref="CemHost.SignedIn"/>.</summary>
    public long UserId { get; set; }

    /// <summary>The answer that the current page came with.</summary>
    public HttpResponseMessage Answer { get; private set; } = new(HttpStatusCode.NoContent);

    /// <summary>The current page, after <see cref="Open"/> or <see cref="Submit"/>.</summary>
    public IHtmlDocument Page { get; private set; } = null!;

    /// <summary>Path and query of the current page.</summary>
    public string Address { get; private set; } = "/";

    public CookieCollection CookiesKept => cookies.GetCookies(new Uri("http://localhost"));

    /// <summary>Puts a cookie into the browser.</summary>
    public void Plant(string name, string value) => cookies.Add(new Uri("http://localhost"), new Cookie(name, value));

    /// <summary>Fetches a page and follows redirects.</summary>
    public Task<IHtmlDocument> Open(string path) => Go(HttpMethod.Get, path, null);

    /// <summary>
    /// Sends a form of the current page as a browser would, hidden fields and preset values included.
    /// </summary>
    /// <param name="selector">Finds the form.</param>
    /// <param name="values">The fields to fill in, by member; an array ticks several boxes, null leaves the field out.</param>
    /// <param name="button">The name and value of the button pressed, where it has one.</param>
    public Task<IHtmlDocument> Submit(string selector, object? values = null, (string Name, string Value)? button = null)
    {
        var form = Page.QuerySelector<IHtmlFormElement>(selector)
            ?? throw new AssertionException($"There is no form {selector} on {Address}:\n{Page.Body?.TextContent}");
        var fields = FormFields.Of(form, values);
        if (button is { } pressed)
            fields.Add(KeyValuePair.Create(pressed.Name, pressed.Value));
        var target = form.GetAttribute("action") is { Length: > 0 } action ? action : Address;
        return form.Method.Equals("get", StringComparison.OrdinalIgnoreCase)
            ? Go(HttpMethod.Get, target + "?" + string.Join('&', fields.Select(field => $"{Uri.EscapeDataString(field.Key)}={Uri.EscapeDataString(field.Value)}")), null)
            : Go(HttpMethod.Post, target, fields);
    }

    /// <summary>Posts a form past its page, with a good token; redirects are not followed.</summary>
    public Task<HttpResponseMessage> Post(string path, params IEnumerable<(string Name, string Value)> fields) => Client.PostAsync(path,
        new FormUrlEncodedContent([KeyValuePair.Create(FormTokens.Field, Token()), .. fields.Select(field => KeyValuePair.Create(field.Name, field.Value))]));

    public void Dispose()
    {
        Client.Dispose();
        Answer.Dispose();
    }

    /// <summary>The form token of this browser's session, as the pages would hold it.</summary>
    public string Token()
    {
        var session = cookies.GetAllCookies().FirstOrDefault(cookie => cookie.Name == SessionCookie.Name) is { } cookie
            ? host.Store.Read(reader => reader.Find<long?>("SELECT id FROM access_sessions WHERE secret_hash = @Hash", new { Hash = Secret.Hash(cookie.Value) })) ?? 0
            : 0;
        return host.Services.GetRequiredService<FormTokens>().For(Caller.Nobody with { Session = session });
    }

    async Task<IHtmlDocument> Go(HttpMethod method, string path, List<KeyValuePair<string, string>>? fields)
    {
        for (var hops = 0; ; hops++)
        {
            using var request = new HttpRequestMessage(method, path) { Content = fields is null ? null : new FormUrlEncodedContent(fields) };
            Answer = await Client.SendAsync(request);
            Address = path;
            if (Answer.StatusCode is not (HttpStatusCode.Found or HttpStatusCode.SeeOther))
                break;
            Assert.That(hops, Is.LessThan(MostRedirects), $"{path} redirects in a circle");
            (method, path, fields) = (HttpMethod.Get, Answer.Headers.Location!.ToString(), null);
        }
        var html = await Answer.Content.ReadAsStringAsync();
        return Page = new HtmlParser().ParseDocument(html);
    }

    sealed class Cookies(CookieContainer container) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (container.GetCookieHeader(request.RequestUri!) is { Length: > 0 } header)
                request.Headers.Add("Cookie", header);
            var answer = await base.SendAsync(request, cancellationToken);
            if (answer.Headers.TryGetValues("Set-Cookie", out var values))
                foreach (var value in values)
                    container.SetCookies(request.RequestUri!, value);
            return answer;
        }
    }
}
