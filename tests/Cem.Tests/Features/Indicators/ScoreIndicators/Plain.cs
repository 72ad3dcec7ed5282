using Cem.Tests.Features.Insights;

namespace Cem.Tests.Features.Indicators.ScoreIndicators;

/// <summary>Answers of two years with every dimension, and what they come to, counted one by one.</summary>
sealed class Plain
{
    /// <summary>root > help 3 (a 1, b 1), fit 1 (c 1, done 2).</summary>
    public const string Library = """
        {"validFrom": "2023-01-01", "indicators": [
          {"code": "root", "name": {"en": "North star", "zh-CN": "北极星"}, "level": 1},
          {"code": "help", "name": {"en": "Help", "zh-CN": "服务"}, "level": 2, "parent": "root", "weight": 3},
          {"code": "fit", "name": {"en": "Fit", "zh-CN": "对接"}, "level": 2, "parent": "root", "weight": 1},
          {"code": "a", "name": {"en": "Speed", "zh-CN": "速度"}, "level": 3, "parent": "help", "measure": {"type": "csatTopBox", "survey": "s1", "question": "a"}},
          {"code": "b", "name": {"en": "Ease", "zh-CN": "容易"}, "level": 3, "parent": "help", "measure": {"type": "cesEasy", "survey": "s2", "question": "b"}},
          {"code": "c", "name": {"en": "Sync", "zh-CN": "同步"}, "level": 3, "parent": "fit", "measure": {"type": "csatTopBox", "survey": "s3", "question": "c"}},
          {"code": "done", "name": {"en": "Done", "zh-CN": "办成"}, "level": 3, "parent": "fit", "weight": 2, "measure": {"type": "optionShare", "survey": "s3", "question": "done", "options": ["yes"]}}]}
        """;

    public static readonly string[] Leaves = ["a", "b", "c", "done"];

    static readonly string[] Units = ["east", "west", "shanghai"];
    static readonly string?[] Products = ["p1", "p2", "p3", null];
    static readonly string[] Channels = ["email", "app"];
    static readonly string?[] Roles = ["decisionMaker", "user", null];
    static readonly string?[] Regions = ["north", "south", null];
    static readonly string?[] Tiers = ["A", "B", null];
    static readonly string?[] Touchpoints = ["call", "sync", null];

    readonly List<(ScoredAnswer Answer, string Unit)> all = [];

    public static async Task<Plain> Arrange(Shelf shelf, int count)
    {
        var (plain, random, last) = (new Plain(), new Random(8), new DateOnly(2026, 3, 11));
        var ids = shelf.Host.Store.Read(reader => reader.Query<(string Code, long Id)>("SELECT code, id FROM customers_org_units")).ToDictionary(unit => unit.Code, unit => unit.Id);
        for (var i = 0; i < count; i++)
        {
            var (unit, leaf) = (Pick(Units), Pick(Leaves));
            plain.all.Add((new ScoredAnswer(leaf switch { "b" => random.Next(1, 8), "done" => null, _ => random.Next(1, 6) })
            {
                Measure = leaf == "b" ? "ces" : "csat", Question = leaf, Survey = leaf switch { "a" => "s1", "b" => "s2", _ => "s3" }, Day = last.AddDays(-random.Next(800)), OrgUnit = ids[unit], Product = Pick(Products),
                Channel = Pick(Channels), Role = Pick(Roles), Region = Pick(Regions), Tier = Pick(Tiers), Touchpoint = Pick(Touchpoints), Interested = random.Next(20) == 0, Option = leaf == "done" ? Pick(["yes", "no", "partly"]) : null,
            }, unit));
        }
        await shelf.Host.Add(plain.all.Select(pair => pair.Answer));
        await shelf.Host.Settle();
        return plain;

        T Pick<T>(T[] of) => of[random.Next(of.Length)];
    }

    /// <summary>Good answers and all of them to the question of a leaf, by walking over every one.</summary>
    public (int Good, int N) Count(string leaf, DateOnly from, DateOnly to, IReadOnlyDictionary<string, string[]> part)
    {
        var answers = all.Where(pair => pair.Answer.Question == leaf && !pair.Answer.Interested && pair.Answer.Day >= from && pair.Answer.Day <= to
            && part.All(asked => Of(pair, asked.Key).Any(asked.Value.Contains))).Select(pair => pair.Answer).ToList();
        return (answers.Count(answer => leaf switch { "b" => answer.Score >= 5, "done" => answer.Option == "yes", _ => answer.Score >= 4 }), answers.Count);
    }

    public double? Score(string leaf, DateOnly from, DateOnly to, IReadOnlyDictionary<string, string[]> part) => Count(leaf, from, to, part) is (var good, var n) && n > 0 ? 100.0 * good / n : null;

    /// <summary>The values of a dimension that answers of these days to the question of a leaf have.</summary>
    public IEnumerable<string> Keys(string leaf, string dimension, DateOnly from, DateOnly to) => all.Where(pair => pair.Answer.Question == leaf && !pair.Answer.Interested && pair.Answer.Day >= from && pair.Answer.Day <= to)
        .SelectMany(pair => dimension is "branch" or "orgUnit" ? Of(pair, dimension).Where(unit => unit == "shanghai" == (dimension == "branch")) : Of(pair, dimension)).OfType<string>().Distinct().Order(StringComparer.Ordinal);

    /// <summary>The values of an answer; an org unit and those above it count alike.</summary>
    static string?[] Of((ScoredAnswer Answer, string Unit) pair, string dimension) => dimension switch
    {
        "orgUnit" or "branch" => pair.Unit == "shanghai" ? ["shanghai", "east"] : [pair.Unit],
        "product" => [pair.Answer.Product],
        "channel" => [pair.Answer.Channel],
        "role" => [pair.Answer.Role],
        "region" => [pair.Answer.Region],
        "segment" => [pair.Answer.Tier],
        "touchpoint" => [pair.Answer.Touchpoint],
        _ => [pair.Answer.Survey],
    };
}
