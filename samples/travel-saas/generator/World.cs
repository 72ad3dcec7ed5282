namespace TravelSaas;

internal sealed record OrgUnit(string Code, string Name, string Parent, string Kind);

internal sealed record User(string Email, string Name, string Role, string OrgUnit, string Language);

/// <summary>
/// A customer company. <see cref="Level"/> is what its people feel about us beyond everything else we model, in points of
/// the 0-10 scale; <see cref="Usage"/> multiplies what they do on the platform (1 is usual for the tier).
/// Both are hidden: they show only through events, answers and operational data.
/// </summary>
internal sealed record Account(
    string ExternalId, string Name, string OrgUnit, string Region, string Industry, string Tier, bool KeyAccount,
    string Owner, string Parent, IReadOnlyList<string> Products, long AnnualRevenue, string Currency,
    DateOnly ContractStart, DateOnly ContractEnd, IReadOnlyList<string> Tags,
    bool Foreign, double Level, double Usage, double OaTrouble)
{
    public List<Contact> Contacts { get; } = [];
    public bool HasOa => Products.Contains("oa-connector");
    public bool IsStory => ExternalId == StoryAccount.Id;

    /// <summary>How much happens at an account of this tier against the usual one.</summary>
    public double Size => Tier switch { "A" => 3.2, "B" => 1.4, _ => 0.65 };
}

/// <summary>A person at an account; <see cref="Level"/> and <see cref="Answers"/> (willingness, 1 is usual) are hidden.</summary>
internal sealed record Contact(
    string ExternalId, Account Account, string Name, string Email, string Phone, string Role, string Rank,
    string Department, string Language, bool Consent, string ConsentSource, DateTime? ConsentAt, bool DoNotSurvey,
    double Level, double Answers)
{
    public bool MayBeAsked => Consent && !DoNotSurvey && Email.Length > 0;
}

/// <summary>Something that happened; times are the company's local time.</summary>
internal sealed record Event(
    string Source, string Type, DateTime At, Account Account, Contact? Contact, string? Touchpoint, string? Product,
    string? Channel, decimal? Value, IReadOnlyList<(string Key, string Value)> Attributes)
{
    public string Id { get; set; } = "";
    public string? Attribute(string key) => Attributes.FirstOrDefault(a => a.Key == key).Value;
}

/// <summary>A completed answer. Values are whole numbers, option codes, arrays of codes or texts.</summary>
internal sealed record Response(
    Event Cause, string Survey, Contact Contact, string Channel, DateTime CompletedAt,
    IReadOnlyList<(string Question, object Value)> Answers)
{
    public string Id { get; set; } = "";
    public Account Account => Contact.Account;
    public string Touchpoint => Cause.Touchpoint!;
    public object? Answer(string question) => Answers.FirstOrDefault(a => a.Question == question).Value;
    public int? Score(string question) => Answer(question) as int?;
}

/// <summary>Something a member of staff did to the work order that a response raised.</summary>
internal sealed record WorkOrderAction(
    DateTime At, Response Raised, string Action, string By, string? Note = null, string? To = null,
    string? Cause = null, string? ActionTaken = null);

/// <summary>The 78 weeks the sample covers: from <see cref="Start"/> to the evening before <see cref="EndsOn"/>.</summary>
internal sealed record Span(DateOnly EndsOn)
{
    public const int Days = 546;
    public DateOnly Start => EndsOn.AddDays(-Days);
    public DateTime End => EndsOn.ToDateTime(TimeOnly.MinValue);
    public double DaysBeforeEnd(DateTime at) => (End - at).TotalDays;
}
