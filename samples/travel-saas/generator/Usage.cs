namespace TravelSaas;

/// <summary>What an account did on the platform in the seven days from <see cref="Week"/>; amounts in minor units.</summary>
internal sealed record UsageWeek(
    Account Account, DateOnly Week, int Seats, int ActiveUsers, int FeaturesUsed, int Flights, int Hotels, int Trains,
    int Changes, int Refunds, long Amount)
{
    public int Bookings => Flights + Hotels + Trains;
}

/// <summary>
/// 78 weeks of usage and orders. Usage follows its own hidden level and not the experience, so that unhappy accounts with
/// high usage exist; of those that left only every second one went quiet first.
/// </summary>
internal static class Usage
{
    private const int LeavingWeeks = 10;

    public static IEnumerable<UsageWeek> Make(Account account, Span span)
    {
        var random = new Prng("usage:" + account.ExternalId);
        var seats = account.Tier switch { "A" => random.Between(180, 900), "B" => random.Between(40, 160), _ => random.Between(8, 40) };
        var share = 0.22 + 0.62 * (account.Usage - 0.55) / 0.9;
        var trend = account.IsStory ? 0.08 : -0.1 + 0.3 * random.Unit();
        var goesQuiet = account.ContractEnd < span.EndsOn && random.Chance(0.5);
        var perUser = account.IsStory ? 0.8 : 0.35 + 0.4 * random.Unit();
        var price = random.Between(52_000, 98_000);
        for (var i = 0; i < Span.Days / 7; i++)
        {
            var week = span.Start.AddDays(7 * i);
            if (week < account.ContractStart || week > account.ContractEnd)
                continue;
            var weeksIn = (week.DayNumber - account.ContractStart.DayNumber) / 7;
            var weeksLeft = (account.ContractEnd.DayNumber - week.DayNumber) / 7;
            var level = share * (1 + trend * i / 78.0) * Math.Min(1, 0.15 + weeksIn / 8.0) * (1 + 0.06 * random.Normal());
            if (goesQuiet && weeksLeft < LeavingWeeks)
                level *= 0.3 + 0.7 * weeksLeft / LeavingWeeks;
            var active = Math.Clamp((int)(seats * level), 0, seats);
            var flights = random.Rounded(active * perUser * 0.45);
            var hotels = random.Rounded(active * perUser * 0.25);
            var trains = random.Rounded(active * perUser * 0.3);
            yield return new(
                account, week, seats, active, Math.Clamp(account.Products.Count + random.Between(-2, 2) + (level > 0.6 ? 3 : 0), 1, 12),
                flights, hotels, trains, random.Rounded(flights * 0.14), random.Rounded(flights * 0.06),
                (long)flights * price * 2 + (long)hotels * price + (long)trains * price / 2);
        }
    }
}
