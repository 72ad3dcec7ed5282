using System.Globalization;
using System.Text;

namespace TravelSaas;

/// <summary>A page of figures by which a person judges whether the sample tells a believable story.</summary>
internal static class Summary
{
    public static string Of(Sample sample)
    {
        var all = sample.Responses;
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{sample.Accounts.Count} accounts ({sample.Accounts.Count(a => a.HasOa)} with OA), {sample.Accounts.Sum(a => a.Contacts.Count)} contacts, "
            + $"{sample.Staff.Count} users, {sample.Events.Count} events, {all.Count} responses, {sample.Actions.Count} work order actions");
        text.AppendLine(CultureInfo.InvariantCulture, $"NPS {Nps(all)}; comments {Share(all.Count(HasText), all.Count)}; in 13 weeks: NPS {Nps(all.Where(r => Ago(r) < 91))}, "
            + $"accounts heard {Share(all.Where(r => Ago(r) < 91).Select(r => r.Account).Distinct().Count(), sample.Accounts.Count)}");
        Table("branch", all, r => r.Account.OrgUnit);
        Table("touchpoint", all, r => r.Touchpoint);
        Table("survey", all, r => r.Survey);
        Table("role", all, r => r.Contact.Role);
        Table("language", all, r => r.Contact.Language);
        Table("quarter (13 weeks back)", all, r => $"-{(int)(Ago(r) / 91)}");
        Table("OA accounts by quarter", all.Where(r => r.Account.HasOa), r => $"-{(int)(Ago(r) / 91)}");
        Table("oa-sync by quarter", all.Where(r => r.Touchpoint == "oa-sync"), r => $"-{(int)(Ago(r) / 91)}");
        Table("South, before and after the fix", all.Where(r => Experience.IsSouthern(r.Account)), r => Ago(r) < Experience.FixDay ? "after" : "before");
        Table("South, change and refund", all.Where(r => Experience.IsSouthern(r.Account) && r.Touchpoint == "change-refund"), r => Ago(r) < Experience.FixDay ? "after" : "before");
        Table("story account by quarter", all.Where(r => r.Account.IsStory), r => $"-{(int)(Ago(r) / 91)} {(r.Touchpoint == "oa-sync" ? "oa" : "other")}");
        Table("work orders", all.Where(r => sample.Definitions.AlertRules.Any(rule => rule.Matches(r))), r => sample.Definitions.AlertRules.First(rule => rule.Matches(r)).Code);
        foreach (var state in sample.Actions.GroupBy(a => a.Raised.Id).Select(order => order.Last().Action).GroupBy(action => action))
            text.AppendLine(CultureInfo.InvariantCulture, $"  last action {state.Key}: {state.Count()}");
        return text.ToString();

        double Ago(Response response) => sample.Span.DaysBeforeEnd(response.CompletedAt);

        void Table(string title, IEnumerable<Response> responses, Func<Response, string> by)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{title}");
            foreach (var group in responses.GroupBy(by).OrderBy(group => group.Key, StringComparer.Ordinal))
                text.AppendLine(CultureInfo.InvariantCulture, $"  {group.Key,-18} n {group.Count(),5}  NPS {Nps(group)}");
        }
    }

    private static bool HasText(Response response) => response.Answers.Any(a => a.Question is "nps_reason" or "comment");

    private static string Share(int part, int whole) => $"{100 * part / Math.Max(1, whole)} %";

    private static string Nps(IEnumerable<Response> responses)
    {
        var scores = responses.Select(r => r.Score("nps")).OfType<int>().ToArray();
        return scores.Length == 0 ? "-" : (100.0 * (scores.Count(s => s >= 9) - scores.Count(s => s <= 6)) / scores.Length).ToString("+0.0;-0.0", CultureInfo.InvariantCulture);
    }
}
