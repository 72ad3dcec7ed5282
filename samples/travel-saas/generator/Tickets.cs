namespace TravelSaas;

internal sealed record Ticket(
    Account Account, Contact Contact, string Touchpoint, string Category, string Channel, DateTime Opened, DateTime Closed,
    int FirstReplyMinutes, string Resolution);

/// <summary>
/// Tickets: those whose closing is an event, and those that stuck OA changes brought in (the story account's are events).
/// </summary>
internal static class Tickets
{
    private static readonly Dictionary<string, string> Touchpoints = new()
    {
        ["change"] = "change-refund", ["refund"] = "change-refund", ["hotel"] = "booking", ["invoice"] = "invoice", ["oa-sync"] = "oa-sync",
    };

    public static IReadOnlyList<Ticket> Make(IReadOnlyList<Event> events) =>
        [.. events.Select(FromEvent).OfType<Ticket>().OrderBy(ticket => ticket.Opened)];

    private static Ticket? FromEvent(Event cause)
    {
        var random = new Prng("ticket:" + cause.Id);
        var pace = cause.Account.OrgUnit switch { "tianjin" => 2.0, "hangzhou" => 0.6, _ => 1.0 };
        var reply = (int)(pace * (3 + 110 * random.Unit() * random.Unit()));
        var u = random.Unit();
        var work = TimeSpan.FromMinutes((int)(pace * (25 + 3600 * u * u * u)) + reply);
        if (cause.Type == "ticket.closed")
        {
            var category = cause.Attribute("category")!;
            if (cause.Attribute("verdict") is not null)
                work = TimeSpan.FromMinutes(random.Between(35, 95));
            return new(cause.Account, cause.Contact!, Touchpoints.GetValueOrDefault(category, "traveller-support"), category,
                cause.Channel!, cause.At - work, cause.At, reply, cause.Attribute("verdict") ?? random.Weighted(("solved", 0.85), ("goodwill", 0.15)));
        }
        var result = cause.Attribute("result");
        if (cause.Type != "oa.change.processed" || !random.Chance(result == "stuck" ? cause.Account.IsStory ? 0 : 0.7 : result == "late" ? 0.25 : 0))
            return null;
        var opened = cause.At.AddMinutes(random.Between(8, 75));
        return new(cause.Account, cause.Contact!, "oa-sync", "oa-sync", random.Weighted(("phone", 0.6), ("wecom", 0.4)),
            opened, opened + work * 2, reply,
            random.Weighted(("released by hand", 0.45), ("not our system", 0.35), ("solved", 0.2)));
    }
}
