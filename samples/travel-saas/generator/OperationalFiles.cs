namespace TravelSaas;

/// <summary>The O-data files, in the form the sources of operational/sources.json declare.</summary>
internal static class OperationalFiles
{
    public static IEnumerable<(string Name, byte[] Content)> Of(Sample sample)
    {
        var weeks = sample.Accounts.SelectMany(account => Usage.Make(account, sample.Span)).OrderBy(week => week.Week).ToArray();
        var number = 0;
        yield return ("operational/usage-weekly.csv", Output.Csv("account,week,seats,activeUsers,featuresUsed,bookings",
            weeks.Select(w => new object?[] { w.Account.ExternalId, w.Week, w.Seats, w.ActiveUsers, w.FeaturesUsed, w.Bookings })));
        yield return ("operational/orders-weekly.csv", Output.Csv("account,week,flights,hotels,trains,changes,refunds,amount",
            weeks.Where(w => w.Bookings > 0).Select(w => new object?[]
            {
                w.Account.ExternalId, w.Week, w.Flights, w.Hotels, w.Trains, w.Changes, w.Refunds, w.Amount,
            })));
        yield return ("operational/tickets.csv", Output.Csv(
            "ticket,account,contact,touchpoint,category,channel,openedAt,firstReplyMinutes,closedAt,resolution",
            Tickets.Make(sample.Events).Select(t => t.Closed < sample.Span.End
                ? new object?[] { Id(), t.Account.ExternalId, t.Contact.ExternalId, t.Touchpoint, t.Category, t.Channel, t.Opened, t.FirstReplyMinutes, t.Closed, t.Resolution }
                : [Id(), t.Account.ExternalId, t.Contact.ExternalId, t.Touchpoint, t.Category, t.Channel, t.Opened, t.FirstReplyMinutes, null, null])));
        yield return ("operational/contracts.csv", Output.Csv("contract,account,start,end,annualRevenue,currency,outcome,decidedOn",
            sample.Accounts.SelectMany(account => Contracts.Make(account, sample.Span)).Select(c => new object?[]
            {
                $"{c.Account.ExternalId}-{c.Start.Year}", c.Account.ExternalId, c.Start, c.End, c.AnnualRevenue, c.Account.Currency, c.Outcome, c.DecidedOn,
            })));

        string Id() => $"tkt-{++number:00000}";
    }
}
