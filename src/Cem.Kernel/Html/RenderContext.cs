using Cem.Kernel.Text;

namespace Cem.Kernel.Html;

/// <summary>
/// All that a template needs to know beside its model: who reads, in which language, time zone and colours. Templates
/// see it as <c>@page</c>; helpers format by it. Made once a request (or a mail) and cheap to derive with <c>with</c>.
/// </summary>
/// <param name="Language">One of <see cref="Languages.All"/>.</param>
/// <param name="TimeZone">Zone in which instants are shown.</param>
/// <param name="Now">The moment of the request, for "3 days ago".</param>
public sealed record RenderContext(string Language, TimeZoneInfo TimeZone, DateTimeOffset Now)
{
    Formats? _formats;

    /// <summary>One of <see cref="Languages.All"/>.</summary>
    public string Language { get; init { field = value; _formats = null; } } = Language;

    /// <summary>Zone in which instants are shown.</summary>
    public TimeZoneInfo TimeZone { get; init { field = value; _formats = null; } } = TimeZone;

    public string CompanyName { get; init; } = "";

    /// <summary>What absolute addresses begin with, such as those in mails; no slash at the end.</summary>
    public string BaseUrl { get; init; } = "";

    /// <summary>Path of the page, without query: <c>/accounts</c>.</summary>
    public string Path { get; init; } = "/";

    /// <summary>Query of the page, in order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Query { get; init; } = [];

    /// <summary>The parameters of the filter bar now in force; <c>{{href}}</c> carries them from page to page.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Filters { get; init; } = [];

    /// <summary>Main navigation; empty on pages outside the workbench.</summary>
    public IReadOnlyList<NavigationEntry> Navigation { get; init; } = [];

    /// <summary>The pages of the section the reader is in; empty where it has but one.</summary>
    public IReadOnlyList<NavigationEntry> Tabs { get; init; } = [];

    /// <summary>Who is signed in; null for nobody.</summary>
    public PageUser? User { get; init; }

    /// <summary>Anti-forgery token that <c>{{token}}</c> puts into a form.</summary>
    public FormToken? FormToken { get; init; }

    /// <summary><c>auto</c> follows the device, <c>light</c> and <c>dark</c> do not.</summary>
    public string Theme { get; init; } = "auto";

    /// <summary>Address of the style sheet that sets the company's colour; null for the built-in one.</summary>
    public string? ThemeHref { get; init; }

    /// <summary>The company's colour as <c>#rrggbb</c>, for pages and mails that carry their own styles.</summary>
    public string Accent { get; init; } = Accents.Default;

    /// <summary>Nonce of the content security policy; empty where no inline style is allowed.</summary>
    public string Nonce { get; init; } = "";

    /// <summary>A message from the step before, shown once.</summary>
    public Flash? Flash { get; init; }

    /// <summary>Formats in the reader's language and time zone.</summary>
    public Formats Formats => _formats ??= new Formats(Language, TimeZone);

    /// <summary>Path with query, to come back to.</summary>
    public string Here => Urls.Build(Path, Query);
}

/// <summary>A link with a name, used for navigation, tabs and breadcrumbs.</summary>
/// <param name="Label">Text, already in the reader's language.</param>
/// <param name="Href">Address.</param>
/// <param name="Current">Whether the reader is there now.</param>
/// <param name="Count">A number beside the label, such as open work orders; null for none.</param>
public sealed record NavigationEntry(string Label, string Href, bool Current = false, long? Count = null);

/// <summary>Who is signed in.</summary>
/// <param name="Name">Shown in the user menu.</param>
/// <param name="Detail">A line under the name, such as role and org unit.</param>
/// <param name="SignOutPath">Where the sign-out form posts to.</param>
/// <param name="ProfilePath">Their own page.</param>
public sealed record PageUser(string Name, string Detail, string SignOutPath = "/sign-out", string ProfilePath = "/profile");

/// <summary>Anti-forgery token as a hidden form field.</summary>
public sealed record FormToken(string Field, string Value);

/// <summary>A message shown once after a redirect.</summary>
/// <param name="Tone"><c>good</c>, <c>bad</c> or <c>info</c>.</param>
/// <param name="Text">Already in the reader's language.</param>
public sealed record Flash(string Tone, string Text);
