namespace TravelSaas;

/// <summary>Our own people: one administrator, a CX manager, an executive, a manager for each unit, agents in the branches.</summary>
internal static class Staff
{
    public const string Domain = "qingyi.example";

    /// <summary>How many account owners each branch has.</summary>
    private static readonly (string Branch, int Agents)[] Agents =
    [
        ("shanghai", 6), ("hangzhou", 4), ("nanjing", 3), ("beijing", 6), ("tianjin", 2), ("guangzhou", 3),
        ("shenzhen", 4), ("chengdu", 3), ("wuhan", 2),
    ];

    public static IReadOnlyList<User> Make(IReadOnlyList<OrgUnit> units)
    {
        var random = new Prng("staff");
        var users = new List<User>();
        var headquarters = units.Single(unit => unit.Kind == "headquarters").Code;
        Add("administrator", headquarters);
        Add("cxManager", headquarters);
        Add("viewer", headquarters);
        foreach (var unit in units.Where(unit => unit.Kind is "region" or "branch"))
            Add("manager", unit.Code);
        foreach (var (branch, agents) in Agents)
            for (var i = 0; i < agents; i++)
                Add("agent", branch);
        return users;

        void Add(string role, string unit)
        {
            var (name, latin) = Names.Person(random);
            while (users.Any(user => user.Name == name || user.Email.StartsWith(latin + "@", StringComparison.Ordinal)))
                (name, latin) = Names.Person(random);
            var language = role == "agent" && unit == "shanghai" && random.Chance(0.3) ? "en" : "zh-CN";
            users.Add(new($"{latin}@{Domain}", name, role, unit, language));
        }
    }
}
