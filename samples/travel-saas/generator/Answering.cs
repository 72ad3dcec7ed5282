namespace TravelSaas;

/// <summary>Who answers what: each asked event of the matrix, the willingness of the person, and what they say.</summary>
internal static class Answering
{
    /// <summary>A person is not asked again about a touchpoint within two weeks, nor about the relation within ten.</summary>
    private const int QuietDays = 14, QuietRelationDays = 70;

    public static IReadOnlyList<Response> Make(IReadOnlyList<Event> events, Definitions definitions, Span span)
    {
        var cells = definitions.Cells.ToDictionary(cell => (cell.Touchpoint, cell.Role));
        var comments = new Comments(definitions.Phrases, span);
        var asked = new Dictionary<(Contact, bool Relation), DateTime>();
        var responses = new List<Response>();
        foreach (var cause in events)
        {
            if (cause.Contact is not { MayBeAsked: true } contact
                || cause.Touchpoint is null || !cells.TryGetValue((cause.Touchpoint, contact.Role), out var cell))
                continue;
            var relation = cell.Survey == "relationship";
            var quiet = TimeSpan.FromDays(relation ? QuietRelationDays : QuietDays);
            if (asked.TryGetValue((contact, relation), out var last) && cause.At - last < quiet)
                continue;
            asked[(contact, relation)] = cause.At;
            var random = new Prng($"answer:{contact.ExternalId}:{cause.Type}:{cause.At:yyyyMMddHHmmss}");
            var completed = Completed(cause.At.AddMinutes(cell.DelayMinutes), relation, random);
            var willing = StoryAccount.Willing(contact, span.DaysBeforeEnd(cause.At)) ?? random.Chance(Willingness(contact) * contact.Answers);
            if (!willing || completed >= span.End)
                continue;
            var answers = new Answers(definitions.Surveys[cell.Survey], cause, contact, Experience.Of(cause, contact, span), random, comments);
            responses.Add(new(cause, cell.Survey, contact, Channel(contact, cause, random), completed, answers.Make()));
        }
        return responses;
    }

    private static double Willingness(Contact contact) => contact.Role switch
    {
        "decisionMaker" => 0.36,
        "purchaser" => 0.74,
        "influencer" => 0.72,
        _ => 0.8,
    };

    /// <summary>Most within a day, some after the reminder; moved out of the night.</summary>
    private static DateTime Completed(DateTime asked, bool relation, Prng random)
    {
        var u = random.Unit();
        var at = asked.AddMinutes(6 + (relation ? 12_000 : 4_300) * u * u * u).AddSeconds(random.Between(0, 59));
        return at.Hour < 8 ? at.AddHours(8 - at.Hour + random.Between(0, 2)) : at;
    }

    private static string Channel(Contact contact, Event cause, Prng random) =>
        contact.Role == "decisionMaker" ? random.Weighted(("email", 0.7), ("phone", 0.3))
        : cause.Channel == "app" ? random.Weighted(("app", 0.8), ("email", 0.2))
        : random.Weighted(("email", 0.75), ("wecom", 0.15), ("app", 0.1));
}
