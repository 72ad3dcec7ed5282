using System.Globalization;

namespace Cem.Server.Features.Insights.Models;

/// <summary>The language of an answer's sentence and warnings: each is written in both, where it arises.</summary>
internal sealed record Words(bool Chinese)
{
    /// <summary>The wording of the answer's language, numbers written with a decimal point.</summary>
    public string Say(FormattableString en, FormattableString zh) => (Chinese ? zh : en).ToString(CultureInfo.InvariantCulture);

    /// <summary>"95 %" of a confidence of 0.95.</summary>
    public string Percent(double share) => Math.Round(share * 100, 2).ToString("0.##", CultureInfo.InvariantCulture) + (Chinese ? "%" : " %");
}
