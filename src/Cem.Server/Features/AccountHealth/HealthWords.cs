using Cem.Contracts.AccountHealth;
using Cem.Kernel.Data;
using Cem.Kernel.Text;
using Cem.Kernel.Time;

namespace Cem.Server.Features.AccountHealth;

/// <summary>Says an assessment in one language.</summary>
sealed class HealthWords(Texts texts, Db db, CompanyTime time)
{
    const string Scope = "AccountHealth";

    Dictionary<string, NameRow>? touchpoints;

    public AccountHealthFigure Of(Assessment each, string language, DateOnly? since, DateTimeOffset asOf)
    {
        var said = new Saying(each, texts.For(language, Scope), Formats.For(language), key => Touchpoint(key, language));
        var account = each.Account;
        // Days run on while nothing is measured anew.
        var days = account.RenewalDate is { } renewal ? renewal.DayNumber - time.Today.DayNumber : (int?)null;
        return new AccountHealthFigure(
            account.Id, account.ExternalId, account.Name, each.Field, said.Words["standing." + each.Field], since, each.Score, each.Usage.Value, each.Experience.Value, each.Experience.Lower, each.Experience.Upper, each.Experience.N,
            each.Trend, each.Risk, said.Words["risk." + each.Risk], said.Sentence, [.. said.Reasons()], [.. said.Parts()],
            [.. each.Checks().Select(check => new RenewalCheck(check.Code, said.Words["check." + check.Code], check.DueOn, check.State))],
            account.RenewalDate, days, account.AnnualRevenueMinor, account.AnnualRevenueCurrency, asOf);
    }

    /// <summary>Of a touchpoint or theme; the key where it has none.</summary>
    public string Name(string key, string language) => Touchpoint(key, language) ?? texts.For(language, Scope).Find("theme." + key) ?? key;

    string? Touchpoint(string key, string language)
    {
        touchpoints ??= db.Query<NameRow>(Sql.Touchpoints).ToDictionary(row => row.Code);
        return touchpoints.TryGetValue(key, out var name) ? new Cem.Kernel.Text.Wording(name.NameEn, name.NameZh).In(language) : null;
    }

    sealed record NameRow(string Code, string NameEn, string NameZh);

    static class Sql
    {
        public const string Touchpoints = "SELECT code, name_en, name_zh FROM journeys_v_touchpoints";
    }
}

/// <summary>One assessment in one language.</summary>
sealed class Saying(Assessment each, ScopedTexts words, Formats formats, Func<string, string?> touchpoint)
{
    public ScopedTexts Words => words;

    /// <summary>Where it hurts: the problem that repeats, else what takes most off a poor experience; null where nothing does.</summary>
    string? Sore => each.Repeated is [var repeated, ..] ? repeated.Key
        : each.Experience.Touchpoints is [{ Score: < HealthRules.ExperienceLine } lowest, ..] ? lowest.Code : null;

    public string Sentence
    {
        get
        {
            var warned = each is { Field: "healthy", Risk: not "low" };
            var sentence = words[warned ? "sentence.warned" : "sentence." + each.Field];
            if (Sore is { } sore && (warned || each.Field is not "healthy"))
                sentence += words.Get("sentence.sore", ("where", Name(sore)));
            if (each.DaysLeft is >= 0 and <= HealthRules.RenewalDays)
                sentence += words.Get("sentence.renewal", ("count", each.DaysLeft.Value));
            return sentence;
        }
    }

    public IEnumerable<HealthReason> Reasons()
    {
        foreach (var problem in each.Repeated)
            yield return Reason(
                (problem.Reporters > 1 ? "repeatedProblem.many" : "repeatedProblem.one") + (problem.Passable > 0 ? "" : ".loud"), ("where", Name(problem.Key)), ("count", problem.Times), ("people", problem.Reporters),
                ("days", HealthRules.RepeatedDays), ("passable", problem.Passable), ("last", formats.Date(problem.Last)));
        if (each.Experience.Value is < HealthRules.ExperienceLine and var experience)
        {
            yield return Reason("poorExperience", ("value", formats.Number(experience)), ("count", each.Experience.N), ("line", formats.Number(HealthRules.ExperienceLine)));
            if (each.Experience.Touchpoints is [{ Score: < HealthRules.ExperienceLine } lowest, ..])
                yield return Reason("lowestTouchpoint", ("where", Name(lowest.Code)), ("value", formats.Number(lowest.Score)), ("count", lowest.N));
        }
        if (each.Trend == "down")
            yield return Reason("falling", ("points", formats.Number(-each.Change)), ("days", HealthRules.TrendDays));
        if (each.Field == "hiddenChurn")
            yield return Reason("usageHides", ("value", formats.Number(each.Usage.Value)));
        if (each.Usage.Value is < HealthRules.UsageLine and var usage)
            yield return Reason("lowUsage", ("value", formats.Number(usage)));
        if (each.Figures.Change is < -0.1 and var change)
            yield return Reason("usageFalling", ("share", formats.Percent(-change)));
        if (each.Silent)
            yield return each.Account.DeciderHeard is { } heard
                ? Reason("silentDeciders", ("count", each.Day.DayNumber - heard.DayNumber), ("day", formats.Date(heard)))
                : Reason("silentDeciders.never");
        else if (each.Account.Deciders == 0)
            yield return Reason("noDecider");
        if (each.Account.OpenOrders > 0)
            yield return each.Account.OverdueOrders > 0
                ? Reason("openOrders.overdue", ("count", each.Account.OpenOrders), ("overdue", each.Account.OverdueOrders))
                : Reason("openOrders", ("count", each.Account.OpenOrders));
        if (each.DaysLeft is { } days && each.RenewsSoon)
            yield return days >= 0 ? Reason("renewalNear", ("count", days), ("day", formats.Date(each.Account.RenewalDate))) : Reason("renewalPassed", ("day", formats.Date(each.Account.RenewalDate)));
        if (each.Experience.Value is null)
            yield return Reason("fewAnswers", ("count", each.Experience.N), ("least", HealthRules.LeastAnswers));
        if (each.Usage.Value is null)
            yield return Reason("usageUnknown");
    }

    public IEnumerable<HealthPart> Parts()
    {
        foreach (var part in each.Usage.Parts)
            yield return new("usage", part.Code, words["part." + part.Code], part.Score, part.Weight, part.Raw is not { } raw ? words["part.unknown"] : part.Code switch
            {
                "activation" => words.Get("part.activation.raw", ("share", formats.Percent(raw))),
                "frequency" => words.Get("part.frequency.raw", ("value", formats.Number(raw, 2))),
                "breadth" => words.Get("part.breadth.raw", ("value", formats.Number(raw, 1))),
                _ => words.Get("part.trend.raw", ("share", (raw >= 0 ? "+" : "−") + formats.Percent(Math.Abs(raw)))),
            });
        foreach (var role in each.Experience.Roles)
            yield return new("experience", role.Code, words.Find("contactRole." + role.Code) ?? role.Code, role.Score, role.Weight, words.Get("part.responses", ("count", role.N)));
        foreach (var place in each.Experience.Touchpoints)
            yield return new("touchpoint", place.Code, Name(place.Code), place.Score, place.Weight, words.Get("part.responses", ("count", place.N)));
    }

    HealthReason Reason(string key, params ReadOnlySpan<(string Name, object? Value)> args) => new(key.Split('.')[0], words.Get("reason." + key, args));

    string Name(string key) => touchpoint(key) ?? words.Find("theme." + key) ?? key;
}
