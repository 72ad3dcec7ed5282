using System.Globalization;
using Cem.Kernel.Html;
using Cem.Kernel.Web;

namespace Cem.Server.Features.WorkOrders.ListAlertRules;

/// <summary>A rule between the settings page and the area: each kind has a form of its own.</summary>
static class RuleForm
{
    public const string Answer = "answer";
    public const string Health = "health";
    public const string Indicator = "indicator";

    public static readonly IReadOnlyList<string> Kinds = [Answer, Health, Indicator];

    public static readonly IReadOnlyList<string> Standings = ["hiddenChurn", "atRisk"];

    /// <summary>A new rule as it is proposed.</summary>
    public static Form New(string kind) => kind switch
    {
        Health => Form.Of(("priority", "normal"), ("promisedHours", 40), ("standings", Standings), ("leastRisk", "high"), ("active", "on")),
        Indicator => Form.Of(("priority", "normal"), ("promisedHours", 45), ("active", "on")),
        _ => Form.Of(("priority", "normal"), ("promisedHours", 16), ("question", "nps"), ("atMost", 6), ("active", "on")),
    };

    public static Form Of(Response rule) => Form.Of(
        ("code", rule.Code), ("nameEn", rule.NameEn), ("nameZh", rule.NameZh), ("question", rule.Question), ("survey", rule.Survey ?? ""), ("atMost", rule.AtMost),
        ("touchpoints", rule.Touchpoints ?? []), ("standings", rule.Standings ?? []), ("leastRisk", rule.LeastRisk), ("indicators", rule.Indicators ?? []),
        ("priority", rule.Priority), ("requiredActionEn", rule.RequiredActionEn), ("requiredActionZh", rule.RequiredActionZh),
        ("promisedHours", rule.PromisedHours), ("active", rule.Active ? "on" : ""));

    public static PutRule Read(IFormCollection form) => form["kind"].ToString() switch
    {
        Health => Rule(form) with { Kind = Health, Standings = Chosen(form, "standings") ?? [], LeastRisk = form["leastRisk"] == "medium" ? "medium" : "high" },
        Indicator => Rule(form) with { Kind = Indicator, Indicators = Chosen(form, "indicators") },
        _ => Rule(form) with { Question = Text(form, "question"), AtMost = Number(form, "atMost"), Survey = Text(form, "survey") is { Length: > 0 } survey ? survey : null, Touchpoints = Chosen(form, "touchpoints") },
    };

    static PutRule Rule(IFormCollection form) => new(
        Text(form, "code"), Text(form, "nameEn"), Text(form, "nameZh"), null, null, Text(form, "priority"), Text(form, "requiredActionEn"), Text(form, "requiredActionZh"),
        Number(form, "promisedHours"), null, null, form["active"].Count > 0);

    static string Text(IFormCollection form, string name) => form[name].ToString().Trim();

    static string[]? Chosen(IFormCollection form, string name) => form[name].Count == 0 ? null : [.. form[name].OfType<string>()];

    static int Number(IFormCollection form, string name) =>
        int.TryParse(form[name], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw Problem.Rule("/" + name, "number", ("A whole number is needed.", "请填写整数。"));
}
