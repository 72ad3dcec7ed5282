namespace TravelSaas;

/// <summary>18 months of what happened at the accounts, in working hours, in time order.</summary>
internal static class Events
{
    /// <summary>How often an account of usual size and usage meets a touchpoint in the 78 weeks, and who.</summary>
    private static readonly (string Touchpoint, string Source, string Type, double Count, string[] Roles)[] Habits =
    [
        ("booking", "platform", "booking.completed", 8.2, ["user"]),
        ("approval", "platform", "approval.completed", 4.4, ["user", "user", "influencer"]),
        ("change-refund", "platform", "change.completed", 5, ["user"]),
        ("traveller-support", "service-desk", "ticket.closed", 5, ["user", "user", "user", "purchaser"]),
        ("oa-sync", "platform", "oa.change.processed", 7.6, ["user", "user", "influencer"]),
        ("mobile-app", "platform", "app.trip.completed", 5, ["user"]),
        ("invoice", "finance", "invoice.issued", 3, ["purchaser"]),
        ("reconciliation", "finance", "reconciliation.completed", 3.4, ["purchaser"]),
        ("training", "crm", "training.completed", 0.9, ["user"]),
    ];

    private static readonly string[] Cities = ["北京", "上海", "广州", "深圳", "成都", "武汉", "西安", "重庆", "杭州", "南京", "青岛", "厦门", "长沙", "郑州", "沈阳", "昆明"];

    public static IReadOnlyList<Event> Make(IReadOnlyList<Account> accounts, Span span) =>
        [.. accounts.SelectMany(account => Habitual(account, span).Concat(Milestones(account, span)).Concat(Waves(account, span)))];

    public static bool IsCustomer(Account account, DateTime at) =>
        DateOnly.FromDateTime(at) >= account.ContractStart && DateOnly.FromDateTime(at) <= account.ContractEnd;

    private static IEnumerable<Event> Habitual(Account account, Span span)
    {
        foreach (var (touchpoint, source, type, usual, roles) in Habits)
        {
            if (touchpoint == "oa-sync" && !account.HasOa || touchpoint == "mobile-app" && !account.Products.Contains("app"))
                continue;
            var random = new Prng($"events:{account.ExternalId}:{touchpoint}");
            var count = random.Rounded(usual * account.Size * (touchpoint is "invoice" or "reconciliation" ? 1 : account.Usage));
            for (var i = 0; i < count; i++)
            {
                var role = random.Pick(roles);
                var people = account.Contacts.Where(contact => contact.Role == role).ToArray();
                var at = Moment(span, touchpoint, random);
                if (people.Length == 0 || !IsCustomer(account, at) || account.IsStory && touchpoint == "oa-sync" && span.DaysBeforeEnd(at) < 95)
                    continue;
                yield return Describe(source, type, at, account, random.Pick(people), touchpoint, span, random);
            }
        }
    }

    private static Event Describe(
        string source, string type, DateTime at, Account account, Contact contact, string touchpoint, Span span, Prng random)
    {
        var travel = random.Weighted(("flight", 0.45), ("rail", 0.3), ("hotel", 0.25));
        var (product, channel) = touchpoint switch
        {
            "oa-sync" => ("oa-connector", "oa"),
            "mobile-app" => ("app", "app"),
            "invoice" or "reconciliation" => ("expense", "web"),
            "traveller-support" => (travel, random.Weighted(("phone", 0.5), ("wecom", 0.3), ("app", 0.2))),
            "training" => ("flight", random.Weighted(("onsite", 0.4), ("online", 0.6))),
            _ => (travel, random.Weighted(("web", 0.5), ("app", 0.5))),
        };
        (string, string)[] attributes = touchpoint switch
        {
            "oa-sync" => [("change", random.Weighted(("new", 0.4), ("dates", 0.4), ("cancel", 0.2))), ("result", SyncResult(account, span.DaysBeforeEnd(at), random))],
            "traveller-support" => Ticket(account, random),
            "booking" or "approval" or "mobile-app" => [("city", random.Pick(Cities))],
            "change-refund" => [("kind", random.Weighted(("change", 0.6), ("refund", 0.4)))],
            _ => [],
        };
        decimal? value = touchpoint switch
        {
            "booking" or "change-refund" => random.Between(120, 2400),
            "invoice" or "reconciliation" => (int)(account.AnnualRevenue / 1200 * (0.7 + 0.6 * random.Unit())),
            _ => null,
        };
        return new(source, type, at, account, contact, touchpoint, product, channel, value, attributes);
    }

    private static string SyncResult(Account account, double before, Prng random)
    {
        var stuck = Experience.StuckChance(account, before);
        return random.Weighted(("stuck", stuck), ("late", stuck * 0.7), ("synced", 1 - stuck * 1.7));
    }

    private static (string, string)[] Ticket(Account account, Prng random)
    {
        var category = random.Weighted(
            ("change", 0.3), ("refund", 0.2), ("hotel", 0.15), ("account", 0.1), ("invoice", 0.1), ("oa-sync", account.HasOa ? 0.1 + 0.3 * account.OaTrouble : 0));
        return category == "oa-sync" && random.Chance(0.4) ? [("category", category), ("verdict", "not our system")] : [("category", category)];
    }

    /// <summary>The contract's own course: inquiry, signing, start; before each renewal the decision-makers are asked.</summary>
    private static IEnumerable<Event> Milestones(Account account, Span span)
    {
        var random = new Prng("milestones:" + account.ExternalId);
        var purchaser = account.Contacts.First(contact => contact.Role == "purchaser");
        if (account.ContractStart > span.Start.AddDays(30))
        {
            yield return At(account.ContractStart.AddDays(-30), "crm", "inquiry.received", "inquiry", purchaser);
            yield return At(account.ContractStart, "crm", "contract.signed", "contract", purchaser);
            foreach (var contact in account.Contacts.Where(contact => contact.Role is "purchaser" or "influencer"))
                yield return At(account.ContractStart.AddDays(24), "crm", "onboarding.completed", "onboarding", contact);
        }
        for (var renewal = account.ContractEnd; renewal > span.Start.AddDays(90) && renewal > account.ContractStart; renewal = renewal.AddYears(-1))
            foreach (var contact in account.Contacts.Where(contact => contact.Role == "decisionMaker"))
                if (renewal.AddDays(-90) < span.EndsOn)
                    yield return At(renewal.AddDays(-90), "crm", "renewal.started", "renewal", contact);

        Event At(DateOnly day, string source, string type, string touchpoint, Contact contact)
        {
            while (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday)
                day = day.AddDays(-1);
            var at = day.ToDateTime(new(random.Between(9, 16), random.Between(0, 59), random.Between(0, 59)));
            return new(source, type, at, account, contact, touchpoint, null, null, null, []);
        }
    }

    /// <summary>Three half-yearly waves, each spread over five weeks; decision-makers and buyers always, others by turns.</summary>
    private static IEnumerable<Event> Waves(Account account, Span span)
    {
        foreach (var opening in new[] { 455, 273, 91 })
        {
            var random = new Prng($"wave:{account.ExternalId}:{opening}");
            foreach (var contact in account.Contacts)
            {
                var asked = contact.Role is "decisionMaker" or "purchaser" || random.Chance(account.Tier == "C" ? 0.55 : 0.45) || account.IsStory;
                var at = span.End.AddDays(-opening + 7 * random.Between(0, 4) + random.Between(0, 3)).AddHours(9).AddMinutes(random.Between(0, 420));
                if (asked && IsCustomer(account, at))
                    yield return new("crm", "relationship.wave", at, account, contact, "account-review", null, null, null, []);
            }
        }
    }

    /// <summary>A day of the 78 weeks (travel also on some weekends, billing in the first days of a month) and an hour people work.</summary>
    private static DateTime Moment(Span span, string touchpoint, Prng random)
    {
        while (true)
        {
            var day = span.Start.AddDays(random.Between(0, Span.Days - 1));
            var weekend = day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
            var billing = touchpoint is "invoice" or "reconciliation";
            var travelling = touchpoint is "booking" or "change-refund" or "traveller-support" or "mobile-app";
            var accepted = billing ? !weekend && day.Day <= (touchpoint == "invoice" ? 6 : 11) : !weekend || travelling && random.Chance(0.25);
            if (!accepted)
                continue;
            var hour = travelling && random.Chance(0.15) ? random.Between(19, 22) : random.Weighted((9, 1.2), (10, 1.6), (11, 1.3), (13, 0.8), (14, 1.4), (15, 1.5), (16, 1.3), (17, 1.0), (18, 0.4));
            return day.ToDateTime(new(hour, random.Between(0, 59), random.Between(0, 59)));
        }
    }
}
