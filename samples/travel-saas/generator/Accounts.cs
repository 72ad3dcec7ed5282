namespace TravelSaas;

/// <summary>240 customer companies: few big and many small, a dozen groups with subsidiaries, some already lost.</summary>
internal static class Accounts
{
    private static readonly (string Branch, string City, int Count)[] Branches =
    [
        ("shanghai", "上海", 46), ("hangzhou", "杭州", 26), ("nanjing", "南京", 20), ("beijing", "北京", 44),
        ("tianjin", "天津", 18), ("guangzhou", "广州", 24), ("shenzhen", "深圳", 28), ("chengdu", "成都", 19),
        ("wuhan", "武汉", 15),
    ];

    public static IReadOnlyList<Account> Make(Definitions definitions, IReadOnlyList<User> staff, Span span)
    {
        var placing = new Prng("account-branches");
        var branches = Branches.SelectMany(branch => Enumerable.Repeat(branch, branch.Count))
            .OrderBy(_ => placing.Unit()).ToArray();
        var regions = definitions.OrgUnits.ToDictionary(unit => unit.Code);
        var accounts = new List<Account>();
        for (var i = 0; i < branches.Length; i++)
        {
            var id = $"acct-{i + 1:000}";
            var (branch, city, _) = branches[i];
            if (id == StoryAccount.Id)
            {
                accounts.Add(StoryAccount.Make(staff, span));
                continue;
            }
            // The first accounts are the oldest customers, and the heads of groups are among them.
            var random = new Prng("account:" + id);
            var parent = i > 40 && random.Chance(0.09) ? accounts[random.Between(0, 11)] : null;
            accounts.Add(Make(id, i, city, branch, parent is { IsStory: false } ? parent : null,
                regions[regions[branch].Parent], staff, span, random));
        }
        return accounts;
    }

    private static Account Make(
        string id, int index, string city, string branch, Account? parent, OrgUnit region, IReadOnlyList<User> staff,
        Span span, Prng random)
    {
        var tier = index < 12 ? "A" : random.Weighted(("A", 0.045), ("B", 0.29), ("C", 0.665));
        var foreign = parent is null && index >= 12 && index % 14 == 4;
        var (industry, trades) = Names.Industries[foreign ? Names.ForeignCompanies[index / 14 % 16].Industry : random.Between(0, 9)];
        var name = Name(index, city, parent, foreign, random.Pick(trades));
        var products = Products(tier, random);
        var (start, end) = Term(random, span, index);
        var owners = staff.Where(user => user.Role == "agent" && user.OrgUnit == branch).ToArray();
        var oaTrouble = random.Unit();
        string[] tags =
        [
            .. foreign ? ["foreign-invested"] : Array.Empty<string>(),
            .. index < 12 ? ["group"] : Array.Empty<string>(),
            .. random.Chance(0.12) ? ["listed"] : Array.Empty<string>(),
            .. random.Chance(0.08) ? ["reference"] : Array.Empty<string>(),
            .. end < span.EndsOn ? ["former"] : Array.Empty<string>(),
        ];
        return new(
            id, name, branch, region.Name, industry, tier, tier == "A" && random.Chance(0.8) || tier == "B" && random.Chance(0.1),
            random.Pick(owners).Email, parent?.ExternalId ?? "", products, Revenue(tier, random),
            foreign && random.Chance(0.3) ? "USD" : "CNY", start, end, tags, foreign,
            Level: 0.7 * random.Normal() - (end < span.EndsOn ? 0.9 : 0), Usage: 0.55 + 0.9 * random.Unit(), oaTrouble * oaTrouble);
    }

    private static string Name(int index, string city, Account? parent, bool foreign, string trade) =>
        foreign ? Names.ForeignCompanies[index / 14 % 16].Name
        : parent is not null ? $"{city}{parent.Name[..2]}{trade}有限公司"
        : index < 12 ? $"{Names.Brand(index)}集团有限公司"
        : $"{city}{Names.Brand(index)}{trade}有限公司";

    private static string[] Products(string tier, Prng random)
    {
        var oa = tier switch { "A" => 0.85, "B" => 0.6, _ => 0.32 };
        return
        [
            "flight", "hotel", "rail",
            .. random.Chance(0.6) ? ["car"] : Array.Empty<string>(),
            .. random.Chance(0.85) ? ["app"] : Array.Empty<string>(),
            .. random.Chance(tier == "C" ? 0.3 : 0.7) ? ["expense"] : Array.Empty<string>(),
            .. random.Chance(oa) ? ["oa-connector"] : Array.Empty<string>(),
        ];
    }

    /// <summary>Yearly revenue in minor units, rounded to hundreds; the cube makes most of a tier small.</summary>
    private static long Revenue(string tier, Prng random)
    {
        var (low, high) = tier switch { "A" => (1_400_000, 9_500_000), "B" => (320_000, 1_500_000), _ => (36_000, 340_000) };
        var u = random.Unit();
        return (long)((low + (high - low) * u * u * u) / 100) * 100 * 100;
    }

    /// <summary>
    /// Contracts of one to three years. About one account in eleven left during the 18 months; one in nine signed in them.
    /// </summary>
    private static (DateOnly Start, DateOnly End) Term(Prng random, Span span, int index)
    {
        if (index > 20 && random.Chance(0.1))
        {
            var left = span.EndsOn.AddDays(-random.Between(40, 430));
            return (left.AddYears(-random.Between(1, 3)), left);
        }
        if (index > 60 && random.Chance(0.15))
        {
            var signed = span.EndsOn.AddDays(-random.Between(60, 520));
            var end = signed.AddYears(1);
            return (signed, end > span.EndsOn ? end : end.AddYears(1));
        }
        var renewal = span.EndsOn.AddDays(random.Between(6, 560));
        return (renewal.AddYears(-random.Weighted((1, 0.3), (2, 0.4), (3, 0.3))).AddYears(-(index % 3 == 0 ? 2 : 1)), renewal);
    }
}
