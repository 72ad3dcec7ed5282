namespace Cem.Server.Features.AccountHealth;

/// <summary>The lines and weights by which accounts are judged, in one place. All are assumptions of ours, said on the page beside the figures.</summary>
static class HealthRules
{
    /// <summary>From here on usage counts as high: half of all accounts use the product less.</summary>
    public const double UsageLine = 50;

    /// <summary>From here on experience counts as good, 0-100: on the scale of recommendation, the line between detractors (6) and passives (7).</summary>
    public const double ExperienceLine = 65;

    /// <summary>Responses below which there is no experience index.</summary>
    public const int LeastAnswers = 3;

    /// <summary>Accounts below which a usage figure is not held against those of others.</summary>
    public const int LeastPeers = 5;

    /// <summary>Share of the weights that must be measured for an index (models.md 5.1).</summary>
    public const double LeastCoverage = 0.5;

    /// <summary>Age in days at which an answer counts half.</summary>
    public const double HalfLife = 90;

    /// <summary>Days an answer counts at all.</summary>
    public const int AnswerDays = 365;

    /// <summary>Days between the experience of today and the one it is held against.</summary>
    public const int TrendDays = 90;

    /// <summary>Points of the index below which a change is called steady.</summary>
    public const double TrendStep = 5;

    /// <summary>Reports of the same problem that make it a repeated one.</summary>
    public const int RepeatedTimes = 3;

    /// <summary>Days within which they count.</summary>
    public const int RepeatedDays = 60;

    /// <summary>Days without an answer after which a decision-maker is silent.</summary>
    public const int SilentDays = 180;

    /// <summary>Days before the renewal from which it is near.</summary>
    public const int RenewalDays = 180;

    /// <summary>Days that count as recent usage.</summary>
    public const int UsageDays = 35;

    /// <summary>Days before these that usage is held against.</summary>
    public const int UsageBeforeDays = 91;

    /// <summary>Change of active users by which the trend part reaches 0 or 100.</summary>
    public const double UsageSwing = 0.5;

    /// <summary>What a repeated problem takes off the score; twice at most.</summary>
    public const double RepeatedPenalty = 10;

    /// <summary>What the silence of all decision-makers takes off the score.</summary>
    public const double SilencePenalty = 10;

    /// <summary>Share of the experience in the score; the rest is usage.</summary>
    public const double ExperienceShare = 0.6;

    public static readonly IReadOnlyList<(string Part, double Weight)> UsageParts =
        [("activation", 0.40), ("frequency", 0.25), ("breadth", 0.20), ("trend", 0.15)];

    /// <summary>Those who decide weigh more than those who use.</summary>
    public static readonly IReadOnlyList<(string Role, double Weight)> Roles = [("decisionMaker", 4), ("purchaser", 2), ("influencer", 2), ("user", 1)];

    /// <summary>Days before the renewal by which each check should be done.</summary>
    public static readonly IReadOnlyList<(string Check, int Days)> Checks = [("hearDecider", 120), ("repairRepeated", 90), ("closeOrders", 60), ("raiseUsage", 45), ("raiseExperience", 30)];
}
