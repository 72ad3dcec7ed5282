using Cem.Kernel.Statistics;

namespace Cem.Server.Features.Insights.Models.PenaltyReward;

/// <summary>What a low score of a driver costs (normally negative) and a high one earns.</summary>
internal sealed record Asymmetry(LeastSquares.Coefficient Penalty, LeastSquares.Coefficient Reward)
{
    // Nearer to 0 than this, penalty and reward weigh about the same.
    const double Balanced = 0.1;

    /// <summary>(reward - |penalty|) / (reward + |penalty|); null where either is unknown or nothing is at stake.</summary>
    public double? Impact => Reward.Value is { } r && Penalty.Value is { } p && r + Math.Abs(p) is not 0 and var sum ? (r - Math.Abs(p)) / sum : null;

    /// <summary>A penalty that would be a gain, but is not sure to be one.</summary>
    public bool PenaltyIsNil(double alpha) => Penalty.Value > 0 && !(Penalty.P < alpha);

    /// <summary>A reward that would be a loss, but is not sure to be one.</summary>
    public bool RewardIsNil(double alpha) => Reward.Value < 0 && !(Reward.P < alpha);

    /// <summary><c>basic</c> (costs more than it earns), <c>performance</c>, <c>excitement</c>, or null where it cannot be told.</summary>
    public string? Factor(double alpha)
    {
        if (Penalty.Value is not { } p || Reward.Value is not { } r) return null;
        var cost = PenaltyIsNil(alpha) ? 0 : Math.Abs(p);
        var gain = RewardIsNil(alpha) ? 0 : Math.Abs(r);
        if (cost + gain == 0) return null;
        return ((gain - cost) / (gain + cost)) switch { var a when a < -Balanced => "basic", var a when a > Balanced => "excitement", _ => "performance" };
    }
}
