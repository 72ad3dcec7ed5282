namespace TravelSaas;

/// <summary>About 1,400 people at the accounts: who decides, who buys, who has a say, who travels.</summary>
internal static class Contacts
{
    private static readonly string[] Departments = ["销售部", "研发部", "市场部", "售后服务部", "项目部", "供应链部", "人力资源部"];
    private static readonly string[] EnglishDepartments = ["Sales", "Engineering", "Marketing", "Field service", "Projects", "Supply chain", "HR"];

    public static void AddTo(Account account, Span span)
    {
        if (account.IsStory)
        {
            StoryAccount.AddContacts(account);
            return;
        }
        var random = new Prng("contacts:" + account.ExternalId);
        var people = account.Tier switch { "A" => random.Between(10, 16), "B" => random.Between(6, 9), _ => random.Between(3, 5) };
        for (var i = 0; i < people; i++)
            account.Contacts.Add(Make(account, i, Role(account, i, random), span, random));
    }

    private static string Role(Account account, int i, Prng random) => i switch
    {
        0 => "decisionMaker",
        1 => "purchaser",
        2 when account.Tier != "C" || random.Chance(0.5) => "influencer",
        3 when account.Tier == "A" => "decisionMaker",
        4 when account.Tier == "A" => "purchaser",
        _ => random.Chance(0.06) ? "influencer" : "user",
    };

    private static Contact Make(Account account, int i, string role, Span span, Prng random)
    {
        var english = random.Chance(account.Foreign ? 0.75 : 0.05);
        var (name, latin) = english && random.Chance(0.6) ? Names.ForeignPerson(random) : Names.Person(random);
        if (account.Contacts.Any(other => other.Email.StartsWith(latin + "@", StringComparison.Ordinal)))
            latin += i + 1;
        var (level, department) = Position(role, english, random);
        var consent = random.Chance(0.94);
        var email = random.Chance(0.97);
        var since = account.ContractStart > span.Start.AddYears(-2) ? account.ContractStart : span.Start.AddYears(-2);
        var consentAt = since.AddDays(random.Between(0, 60)).ToDateTime(new TimeOnly(random.Between(9, 17), random.Between(0, 59)));
        return new(
            $"{account.ExternalId}-c{i + 1:00}", account, name, email ? $"{latin}@{account.ExternalId}.example" : "",
            random.Chance(0.7) ? $"+86 1000 000 {random.Between(0, 9999):0000}" : "", role, level, department,
            english ? "en" : "zh-CN", consent,
            consent ? random.Weighted(("contract", 0.45), ("registration", 0.4), ("event", 0.15)) : "",
            consent ? consentAt : null, random.Chance(0.02),
            Level: 0.65 * random.Normal() + (role == "decisionMaker" ? 0.2 : 0), Answers: 0.4 + 1.2 * random.Unit());
    }

    private static (string Level, string Department) Position(string role, bool english, Prng random) => role switch
    {
        "decisionMaker" => ("executive", english ? "Management" : random.Pick(["总经办", "财务部", "行政中心"])),
        "purchaser" => ("manager", english ? "Procurement" : random.Pick(["采购部", "行政部", "财务部"])),
        "influencer" => ("manager", english ? "IT" : random.Pick(["信息技术部", "财务部", "内控部"])),
        _ => (random.Chance(0.25) ? "manager" : "staff", random.Pick(english ? EnglishDepartments : Departments)),
    };
}
