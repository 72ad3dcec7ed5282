using Cem.Kernel.Html;
using Cem.Kernel.Html.Charts;
using Cem.Kernel.Text;

namespace Cem.Tests.Kernel.Html;

/// <summary>Numbers and names for the gallery: long ones, hostile ones, missing ones.</summary>
sealed record GalleryModel(RenderContext Page)
{
    bool Zh => Page.Language == Languages.Chinese;

    string In(string zh, string en) => Zh ? zh : en;

    public static GalleryModel For(string language)
    {
        var zh = language == Languages.Chinese;
        string[] labels = zh ? ["总览", "旅程", "问卷", "指标", "洞察", "客户", "工单", "报告", "数据", "设置"]
            : ["Overview", "Journeys", "Surveys", "Indicators", "Insights", "Accounts", "Work orders", "Reports", "Data", "Settings"];
        return new((zh ? Pages.Chinese : Pages.English) with
        {
            Path = "/overview",
            Nonce = "abc",
            BaseUrl = "https://cem.example.com",
            FormToken = new("_token", "t"),
            Navigation = [.. labels.Select((label, i) => new NavigationEntry(label, "/" + i, i == 0, i == 6 ? 42 : null))],
            User = new(zh ? "王小明" : "Xiaoming Wang", zh ? "客户体验经理 · 总部" : "CX manager · Headquarters"),
            Flash = new("good", zh ? "已保存。" : "Saved.")
        })
        { LongName = zh ? "北京某某国际商务旅行与会议活动管理服务集团股份有限公司华北大区第一分公司企业客户事业部" : "Great Northern Intercontinental Business Travel & Events <script>alert(1)</script> Holdings Inc." };
    }

    public string LongName { get; init; } = "";

    public Estimate Nps => new(42.3, 38.1, 46.5, 1312) { Href = "/insights/nps" };
    public Estimate Coverage => new(0.62, 0.58, 0.66, 240) { Href = "/insights/coverage", Unit = Unit.Share, Decimals = 0 };
    public Estimate Few => new(33.3, -48.5, 98.5, 3) { TooFew = true };
    public Change Up => new(5.2, true, In("前 13 周", "the previous 13 weeks")) { Href = "/x" };
    public Change Down => new(-12.4, true, In("上季度", "the previous quarter"));
    public Change None => new(0.012, false, In("前 13 周", "the previous 13 weeks")) { Unit = Unit.Share };
    public Change Few2 => new(-36.7, null, In("前 13 周", "the previous 13 weeks"));

    public FilterBar Bar => new([
        new("period", In("时间", "Period"), "13w", [new("13w", In("最近 13 周", "Last 13 weeks")), new("4w", In("最近 4 周", "Last 4 weeks"))]) { Default = "13w" },
        new("orgUnit", In("组织", "Org unit"), "n", [new("", In("全公司", "Whole company")), new("n", LongName)]),
        new("touchpoint", In("触点", "Touchpoint"), "", [new("", In("全部", "All"))]),
        new("role", In("角色", "Role"), "", [new("", In("全部", "All"))]),
        new("product", In("产品", "Product"), "", [new("", In("全部", "All"))])]);

    public TrendChart Trend => new(In("净推荐值，按周", "Net promoter score by week"), [.. Enumerable.Range(0, 26).Select(i =>
    {
        var value = 40 + 12 * Math.Sin(i / 4.0) - (i > 20 ? 14 : 0);
        var n = 30 + i * 7 % 40;
        return new TrendPoint(In($"{i + 1}周", $"W{i + 1:00}"), In($"第 {i + 1} 周", $"Week {i + 1}"), i == 9 ? new(null, null, null, 0) : new(value, value - 300.0 / n - 6, value + 300.0 / n + 5, i == 3 ? 3 : n) { Href = "/w/" + i, TooFew = i == 3 })
        { Tone = i is 22 or 25 ? "bad" : i == 6 ? "good" : "none" };
    })])
    { Least = -100, Most = 100 };

    public DistributionBar Distribution => new(In("净推荐值分布", "How answers divide"), [
        new(In("推荐者", "Promoters"), 780, "good") { Href = "/p" }, new(In("中立者", "Passives"), 310, "mid"), new(In("贬损者", "Detractors"), 222, "bad") { Href = "/d" }]);

    public BarList Bars => new(In("主题", "Topics"), [new(In("OA 同步", "OA sync"), 312) { Href = "/t" }, new(In("改签时效", "How long changes take"), 140), new(LongName, 45), new(In("发票", "Invoices"), 8)]);

    public RankingChart Ranking => new(In("分公司排名", "Branches"), [
        new(1, In("深圳分公司", "Shenzhen"), new(61.2, 55, 67, 410) { Href = "/a" }) { Tone = "good", Href = "/b" },
        new(2, In("上海分公司", "Shanghai"), new(48.8, 42, 55, 388)) { Tie = 1 },
        new(3, LongName, new(46.1, 35, 57, 122)) { Tie = 1 },
        new(4, In("成都分公司", "Chengdu"), new(44.0, 31, 56, 96)) { Tie = 1 },
        new(5, In("广州分公司", "Guangzhou"), new(38.0, 33, 43, 512)),
        new(6, In("北京分公司", "Beijing"), new(12.0, 3, 21, 260)) { Tone = "bad" },
        new(null, In("昆明分公司", "Kunming"), new(66.7, -20, 98, 3) { TooFew = true }),
        new(null, In("海外团队", "Overseas"), new(null, null, null, 0))])
    { Least = -100, Most = 100, Overall = 42.3, UnitLabel = In("分公司", "Branch"), FigureLabel = "NPS" };

    public QuadrantChart Quadrant => new(In("满意度-影响力", "Satisfaction and influence"), [.. Enumerable.Range(1, 9).Select(i =>
        new QuadrantPoint(In($"因素 {i}", $"Factor {i}"), 0.04 + i * 37 % 23 / 100.0, 45 + i * 53 % 47) { Number = i, Href = "/f/" + i, YLow = 40 + i * 53 % 47, YHigh = 50 + i * 53 % 47, XLow = 0.02 + i * 37 % 23 / 100.0, XHigh = 0.07 + i * 37 % 23 / 100.0, Tone = i is 2 or 5 ? "bad" : "none" })],
        0.14, 68, new(In("价值提升", "Raise value"), In("优势保持", "Keep"), In("其次改进", "Improve second"), In("优先改进", "Improve first")))
    { XLabel = In("影响力 →", "Influence →"), YLabel = In("↑ 满意度", "↑ Satisfaction"), XUnit = Unit.Share };

    public IReadOnlyList<NavigationEntry> Crumbs => [new(In("客户", "Accounts"), "/accounts"), new(LongName, "/accounts/1", true)];

    public IReadOnlyList<NavigationEntry> Tabs => [new(In("全部", "All"), "/a", true, 240), new(In("重点客户", "Key accounts"), "/k"), new(In("即将续约", "Renewing soon"), "/r", false, 12), new(In("风险", "At risk"), "/s", false, 0)];

    public sealed record Row(string Name, string Owner, Estimate Score, Sparkline Spark, DateOnly Renewal, long Revenue, string State, string Tone);

    public IReadOnlyList<Row> Rows => [.. Enumerable.Range(0, 14).Select(i => new Row(
        i % 4 == 1 ? LongName : In($"客户 {i} 科技有限公司", $"Account {i} Ltd"), In("李雷", "Lei Li"),
        i == 3 ? new(null, null, null, 0) : new(60 - i * 9.4, 40 - i * 9, 80 - i * 9, i == 5 ? 2 : 44) { TooFew = i == 5, Href = "/s" },
        new(In("走势", "Course"), [.. Enumerable.Range(0, 12).Select(k => k == 4 ? (double?)null : Math.Sin(i + k / 2.0))]),
        new DateOnly(2026, 5, 1).AddDays(i * 11), 1_234_500L * (i + 1) * (i + 1), i % 5 == 0 ? In("已逾期", "Overdue") : In("处理中", "In progress"), i % 5 == 0 ? "late" : "active"))];

    public Pager Pager => new("/accounts?cursor=x", "/accounts", 14);

    public DateOnly Day => new(2026, 5, 1);

    public IReadOnlyList<TimelineEntry> Timeline => [
        new(Pages.Now, In("改签后 OA 未同步，评分 3", "OA not synced after a change, scored 3")) { Tone = "bad", Href = "/r/1", By = In("张伟，差旅经理", "Wei Zhang, travel manager"), Text = LongName },
        new(Pages.Now.AddDays(-3), In("工单已受理", "Work order accepted")) { By = In("李雷", "Lei Li") },
        new(Pages.Now.AddDays(-9), In("关系型问卷，评分 9", "Relationship survey, scored 9")) { Tone = "good" }];

    public ProgressBar Progress => new(In("正在导入 usage.csv", "Importing usage.csv"), 412_000, 1_000_000) { Left = TimeSpan.FromMinutes(3) };

    public Form Form => Form.Of(("name", LongName), ("email", "nobody"), ("role", "b"), ("kind", "b"), ("channels", new[] { "a", "c" }), ("consent", true))
        .With(new FormError("email", In("邮箱格式不对，应类似 name@example.com。", "This is not an address such as name@example.com.")), new FormError("kind", In("请选择一项。", "Choose one.")));

    public IReadOnlyList<Option> Roles => [new("a", In("决策者", "Decision-maker")), new("b", In("采购", "Purchaser")), new("c", LongName), new("d", In("使用者", "User"), Disabled: true)];

    public string Title => In("您的差旅平台使用体验", "Your experience with the travel platform");
    public string Intro => In("北风差旅想了解您上周改签的体验，共 4 页，约 2 分钟。您的回答只用于改进服务。", "Northwind Travel would like to know how last week's change of booking went. 4 pages, about 2 minutes. Your answers are used to improve the service, nothing else.");
    public string Step => In("第 2 页，共 4 页", "Page 2 of 4");
    public string Problem => In("请先选择一个分数", "Please choose a number");
    public string Recommend => In("您有多大可能向同行或同事推荐我们？", "How likely are you to recommend us to a colleague or friend?");
    public string Low => In("完全不可能", "Not at all likely");
    public string High => In("非常可能", "Extremely likely");
    public string Which => In("哪一项最让您不满意？", "What was least satisfactory?");
    public string Why => In("请告诉我们原因", "Please tell us why");
    public string Hint => In("请勿填写个人敏感信息。", "Please leave out anything personal.");
    public string About => In("答卷由北风差旅客户体验部收集，仅内部使用，保存两年。", "Collected by the customer experience team of Northwind Travel, used internally only, kept for two years.");
    public string OptOut => In("不再接收问卷", "Do not ask me again");
    public int[] Scale => [.. Enumerable.Range(0, 11)];
    public int[] Seven => [.. Enumerable.Range(1, 7)];
    public string[] Choices => [In("改签太慢", "Changes take too long"), In("与 OA 系统不同步", "It does not sync with our OA system"), LongName];

    public object Button => new { Href = "https://cem.example.com/reports/1", Label = In("查看完整报告", "Read the whole report") };

    public object MailQuadrant => new
    {
        Rows = new[]
        {
            new[] { new { Name = In("价值提升", "Raise value"), Items = new[] { "A", "B" } }, new { Name = In("优势保持", "Keep"), Items = new[] { LongName } } },
            [new { Name = In("其次改进", "Improve second"), Items = Array.Empty<string>() }, new { Name = In("优先改进", "Improve first"), Items = new[] { In("OA 同步", "OA sync") } }]
        }
    };
}
