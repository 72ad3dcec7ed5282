namespace TravelSaas;

/// <summary>
/// Puts comments together from phrases that fit what the person met, how they felt and their language. Of three phrases
/// drawn the least used one is taken, so that none becomes a refrain.
/// </summary>
internal sealed class Comments(
    IReadOnlyList<(string Language, string Theme, string Band, string Text)> phrases, Span span)
{
    private static readonly string[] Cities = ["北京", "上海", "广州", "深圳", "成都", "武汉", "西安", "重庆", "青岛", "厦门", "长沙", "沈阳"];
    private static readonly string[] EnglishCities = ["Beijing", "Shanghai", "Guangzhou", "Shenzhen", "Chengdu", "Wuhan", "Xi'an", "Chongqing", "Qingdao", "Xiamen"];

    private readonly Dictionary<string, int> _used = [];
    private readonly ILookup<(string, string, string), string> _phrases =
        phrases.ToLookup(phrase => (phrase.Language, phrase.Theme, phrase.Band), phrase => phrase.Text);

    /// <summary>A comment of one to three phrases for a score of 0-10.</summary>
    public string Compose(Event cause, Contact contact, int score, Prng random)
    {
        var english = contact.Language == "en";
        var band = score <= 6 ? "low" : score <= 8 ? "mid" : "high";
        var parts = new List<string> { Phrase(Theme(cause, contact, band, random), band) };
        if (random.Chance(band == "low" ? 0.45 : 0.25))
            parts.Add(Phrase(Theme(cause, contact, band, random), band));
        if (band == "mid" && !english && random.Chance(0.2))
            parts.Add("不过" + Phrase(Theme(cause, contact, band, random), "high"));
        if (random.Chance(0.22))
            parts.Add(Phrase("closing", band));
        parts = [.. parts.Distinct()];
        var text = string.Join(english ? ". " : random.Pick(["，", "。", "，", "；"]), parts);
        return random.Chance(0.6) ? text + (english ? "." : "。") : text;

        string Phrase(string theme, string of) => Fill(LeastUsed([.. _phrases[(contact.Language, theme, of)]], random), english, random);
    }

    private string Theme(Event cause, Contact contact, string band, Prng random)
    {
        var improved = band != "low" && Experience.IsSouthern(contact.Account) && span.DaysBeforeEnd(cause.At) < Experience.FixDay - 20;
        return cause.Touchpoint switch
        {
            "oa-sync" => "oa",
            "approval" => "approval",
            "mobile-app" => "app",
            "onboarding" or "training" => "start",
            "invoice" or "reconciliation" => "billing",
            "change-refund" when improved && random.Chance(0.4) => "fixed",
            "change-refund" => "change",
            "traveller-support" => cause.Attribute("category") == "oa-sync" ? "oa" : "support",
            "booking" => random.Weighted(("booking", 0.9), ("app", 0.1)),
            _ => random.Weighted(
                ("relation", 0.5), ("support", 0.12), ("billing", contact.Role == "user" ? 0.02 : 0.12), ("booking", 0.12), ("change", 0.08),
                ("oa", contact.Account.HasOa && band != "high" ? 0.2 + 0.5 * contact.Account.OaTrouble : 0)),
        };
    }

    private string LeastUsed(string[] candidates, Prng random)
    {
        var best = random.Pick(candidates);
        for (var i = 0; i < 2; i++)
        {
            var other = random.Pick(candidates);
            if (_used.GetValueOrDefault(other) < _used.GetValueOrDefault(best))
                best = other;
        }
        _used[best] = _used.GetValueOrDefault(best) + 1;
        return best;
    }

    private static string Fill(string phrase, bool english, Prng random) => phrase
        .Replace("{city}", random.Pick(english ? EnglishCities : Cities), StringComparison.Ordinal)
        .Replace("{n}", random.Between(5, 45).ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{days}", random.Between(6, 24).ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{k}", random.Between(4, 7).ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
}
