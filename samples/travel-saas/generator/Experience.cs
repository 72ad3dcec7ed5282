namespace TravelSaas;

/// <summary>
/// How good it really was, in points of the 0-10 scale: the one place where the sample's truth is written down.
/// Accounts, people, branches and touchpoints differ; OA-connected accounts slowly get worse in the last half year;
/// changes and refunds got better in South China 240 days before the end.
/// </summary>
internal static class Experience
{
    public const int FixDay = 240;
    private const double Usual = 8.3;
    private const int DeclineDays = 180;

    private static readonly Dictionary<string, double> Branch = new()
    {
        ["tianjin"] = -0.85, ["chengdu"] = -0.35, ["nanjing"] = 0.25, ["hangzhou"] = 0.9,
    };

    private static readonly Dictionary<string, double> Touchpoint = new()
    {
        ["oa-sync"] = -1.0, ["change-refund"] = -0.3, ["reconciliation"] = -0.25, ["renewal"] = -0.2, ["invoice"] = -0.05,
        ["booking"] = 0.25, ["training"] = 0.35, ["mobile-app"] = 0.7,
    };

    /// <summary>The level of one person's experience at one event, before the noise of answering.</summary>
    public static double Of(Event cause, Contact contact, Span span)
    {
        var account = contact.Account;
        var touchpoint = cause.Touchpoint!;
        var before = span.DaysBeforeEnd(cause.At);
        return Usual + account.Level + contact.Level + Branch.GetValueOrDefault(account.OrgUnit) + Touchpoint.GetValueOrDefault(touchpoint)
            + Decline(account, touchpoint, before) + SouthernFix(account, touchpoint, before) + Outcome(cause);
    }

    /// <summary>The chance that a change made in OA gets stuck: higher at troubled accounts, and rising in the end.</summary>
    public static double StuckChance(Account account, double daysBeforeEnd) =>
        0.1 + 0.3 * account.OaTrouble + 0.22 * Slope(daysBeforeEnd);

    public static bool IsSouthern(Account account) => account.OrgUnit is "guangzhou" or "shenzhen";

    private static double Decline(Account account, string touchpoint, double before) =>
        account.HasOa ? Slope(before) * (touchpoint switch
        {
            "oa-sync" => -0.75,
            "account-review" or "renewal" => -0.4 - 1.1 * account.OaTrouble,
            _ => -0.25,
        }) : 0;

    private static double SouthernFix(Account account, string touchpoint, double before)
    {
        if (!IsSouthern(account))
            return 0;
        var isFixed = before < FixDay;
        return touchpoint == "change-refund" ? (isFixed ? 0.7 : -1.1) : isFixed ? 0.2 : -0.35;
    }

    private static double Outcome(Event cause) => cause.Attribute("result") switch
    {
        "stuck" => -1.7,
        "late" => -0.5,
        "synced" => 0.75,
        _ => cause.Attribute("verdict") == "not our system" ? -1.8 : 0,
    };

    private static double Slope(double before) => before < DeclineDays ? 1 - before / DeclineDays : 0;
}
