namespace TravelSaas;

/// <summary>
/// The account of the story: heavy users, renewal 60 days ahead, the same OA trouble again and again from different
/// people, support that says "not our system", and a decision-maker who has not answered for months.
/// </summary>
internal static class StoryAccount
{
    public const string Id = "acct-017";
    public const string Name = "恒岳精密制造（上海）有限公司 Hengyue Precision";

    /// <summary>Day before the end, reporter (index into the contacts), what became of the change, and the recorded NPS.</summary>
    private static readonly (int Day, int Reporter, string Result, int Nps, int Csat, string Comment)[] Incidents =
    [
        (87, 3, "late", 7, 2, "改期以后订单卡了半天，打了电话才放行，其他都挺好用"),
        (75, 4, "late", 8, 2, "OA里改了返程日期，平台晚了两个小时才更新，好在赶上了"),
        (62, 5, "stuck", 5, 1, "OA改了日期，订单还是原来那天，既不能改也不能退，客服说不是他们系统的问题"),
        (53, 3, "stuck", 4, 1, "又卡住了，跟上个月一模一样，客服让我找公司IT"),
        (41, 2, "stuck", 3, 1, "我们IT查了接口日志，报文发出去了，是平台没有处理变更单。每次都回复不是我们系统的问题"),
        (33, 6, "late", 7, 2, "平台本身好用，就是OA改期要等，希望能修好"),
        (24, 7, "late", 8, 2, "催了一次就同步了，听同事说他们也常遇到"),
        (17, 4, "stuck", 4, 1, "同样的问题第三次了，客户现场改期，票改不了，最后自己垫钱买的"),
        (11, 5, "stuck", 2, 1, "部门里大家都不愿意再从OA改行程了，宁可取消重订。没人真正去解决"),
        (5, 8, "stuck", 3, 1, "改到周四的会，订单还停在周二。客服第一句话就是这不是我们系统的问题"),
    ];

    public static Account Make(IReadOnlyList<User> staff, Span span) => new(
        Id, Name, "shanghai", "华东区 East China", "装备制造 Machinery", "A", true,
        staff.First(user => user.Role == "agent" && user.OrgUnit == "shanghai").Email, "",
        ["flight", "hotel", "rail", "car", "app", "expense", "oa-connector"], 386_000_000, "CNY",
        span.EndsOn.AddDays(60).AddYears(-3), span.EndsOn.AddDays(60), ["listed"], false,
        Level: -0.2, Usage: 1.45, OaTrouble: 1);

    public static void AddContacts(Account account)
    {
        (string Name, string Latin, string Role, string Rank, string Department)[] people =
        [
            ("顾明远", "mingyuan.gu", "decisionMaker", "executive", "总经办"),
            ("沈佳怡", "jiayi.shen", "purchaser", "manager", "行政部"),
            ("陆启航", "qihang.lu", "influencer", "manager", "信息技术部"),
            ("方晓雯", "xiaowen.fang", "user", "staff", "销售部"),
            ("严志强", "zhiqiang.yan", "user", "staff", "售后服务部"),
            ("秦若兰", "ruolan.qin", "user", "manager", "销售部"),
            ("俞天佑", "tianyou.yu", "user", "staff", "研发部"),
            ("倪静", "jing.ni", "user", "staff", "市场部"),
            ("施振华", "zhenhua.shi", "user", "staff", "售后服务部"),
            ("龚梦琪", "mengqi.gong", "user", "staff", "项目部"),
            ("毛文博", "wenbo.mao", "user", "staff", "研发部"),
        ];
        foreach (var (name, latin, role, rank, department) in people)
        {
            var number = account.Contacts.Count + 1;
            account.Contacts.Add(new(
                $"{Id}-c{number:00}", account, name, $"{latin}@{Id}.example", $"+86 1000 000 17{number:00}", role, rank,
                department, "zh-CN", true, "contract", account.ContractStart.AddDays(14).ToDateTime(new(10, 30)), false,
                Level: role == "user" ? -0.3 : 0.1, Answers: 1.4));
        }
    }

    /// <summary>Asked like everybody else, the decision-maker last answered about seven months before the end.</summary>
    public static bool? Willing(Contact contact, double daysBeforeEnd) =>
        contact.Account.IsStory && contact.Role == "decisionMaker" ? daysBeforeEnd > 200 : null;

    /// <summary>The scripted OA changes of the last 90 days, with the answers to them, and the tickets beside them.</summary>
    public static IEnumerable<(Event Event, Response? Response)> Script(Account account, Span span)
    {
        foreach (var (day, reporter, result, nps, csat, comment) in Incidents)
        {
            var contact = account.Contacts[reporter];
            var at = span.End.AddDays(-day).AddHours(9).AddMinutes(37 * reporter % 300 + day);
            var change = new Event("platform", "oa.change.processed", at, account, contact, "oa-sync", "oa-connector", "oa", null,
                [("change", "dates"), ("result", result)]);
            yield return (change, new(change, "oa-sync", contact, "email", at.AddHours(3).AddMinutes(day),
                Answers(result, nps, csat, comment)));
            if (csat == 1)
                yield return (new("service-desk", "ticket.closed", at.AddHours(2), account, contact, "traveller-support",
                    "oa-connector", "phone", null, [("category", "oa-sync"), ("verdict", "not our system")]), null);
        }
    }

    private static List<(string, object)> Answers(string result, int nps, int csat, string comment)
    {
        var answers = new List<(string, object)>
        {
            ("resolved", result == "late" ? "late" : "no"),
            ("problem", result == "late" ? "dates" : "stuck"),
            ("before", nps is 7 or 8 ? "once" : "often"),
            ("sync_csat", csat),
            ("ease", csat + 1),
            ("nps", nps),
            ("nps_reason", comment),
        };
        if (nps <= 6)
            answers.AddRange([("nps_warn", nps <= 3 ? "yes" : "no"), ("nps_contact", "yes")]);
        return answers;
    }
}
