using Cem.Kernel.Data;

namespace Cem.Server.Features.AccountHealth;

/// <summary>What all accounts show, so that one can be held against them.</summary>
sealed record UsagePeers(PeerValues Activation, PeerValues Frequency, PeerValues Breadth)
{
    public static UsagePeers Of(IEnumerable<UsageFigures> all)
    {
        var figures = all.ToList();
        return new(PeerValues.Of(figures.Select(each => each.Activation)), PeerValues.Of(figures.Select(each => each.Frequency)), PeerValues.Of(figures.Select(each => each.Breadth)));
    }

    /// <summary>The same, some accounts as they are now in place of how they were.</summary>
    public UsagePeers With(IReadOnlyList<UsageFigures> before, IReadOnlyList<UsageFigures> now)
    {
        PeerValues Changed(PeerValues values, Func<UsageFigures, double?> part) => values.With(before.Select(part), now.Select(part));
        return new(Changed(Activation, each => each.Activation), Changed(Frequency, each => each.Frequency), Changed(Breadth, each => each.Breadth));
    }
}

/// <summary>One figure of all accounts: in ascending order, and the few that have changed since.</summary>
sealed class PeerValues
{
    /// <summary>Changes beyond which a new order is quicker than counting them each time.</summary>
    const int Few = 64;

    readonly double[] sorted;
    readonly double[] gone;
    readonly double[] come;

    PeerValues(double[] sorted, double[] gone, double[] come) => (this.sorted, this.gone, this.come) = (sorted, gone, come);

    public static PeerValues Of(IEnumerable<double?> values) => new([.. values.OfType<double>().Order()], [], []);

    /// <param name="before">Values that are there and go.</param>
    public PeerValues With(IEnumerable<double?> before, IEnumerable<double?> now)
    {
        double[] left = [.. gone, .. before.OfType<double>()], added = [.. come, .. now.OfType<double>()];
        return left.Length + added.Length <= Few ? new(sorted, left, added) : new(Merged(left, added), [], []);
    }

    // One walk through what is in order already; only the changes are sorted.
    double[] Merged(double[] left, double[] added)
    {
        Array.Sort(left);
        Array.Sort(added);
        var merged = new double[sorted.Length + added.Length - left.Length];
        var (old, fresh, skipped, at) = (0, 0, 0, 0);
        while (old < sorted.Length || fresh < added.Length)
        {
            var value = fresh == added.Length || old < sorted.Length && sorted[old] <= added[fresh] ? sorted[old++] : added[fresh++];
            if (skipped < left.Length && left[skipped] == value)
                skipped++;
            else
                merged[at++] = value;
        }
        return merged;
    }

    /// <summary>The share of accounts that show less, in percent, ties half; null without a value or among too few.</summary>
    public double? Rank(double? value)
    {
        var count = sorted.Length - gone.Length + come.Length;
        if (value is not { } own || count < HealthRules.LeastPeers)
            return null;
        var (first, behind) = (Below(own, orSame: false), Below(own, orSame: true));
        var less = first - gone.Count(peer => peer < own) + come.Count(peer => peer < own);
        var same = behind - first - gone.Count(peer => peer == own) + come.Count(peer => peer == own);
        return 100.0 * (less + same / 2.0) / count;
    }

    int Below(double value, bool orSame)
    {
        var (from, to) = (0, sorted.Length);
        while (from < to)
            if ((from + to) / 2 is var middle && (sorted[middle] < value || orSame && sorted[middle] == value))
                from = middle + 1;
            else
                to = middle;
        return from;
    }
}

/// <summary>
/// The usage figures of every account as it was last measured, in memory: one account is held against all of them each time
/// somebody looks at it.
/// </summary>
sealed class KnownUsage
{
    readonly Lock gate = new();
    Dictionary<long, UsageFigures>? known;
    UsagePeers? peers;

    /// <summary>All accounts, those named as they are now.</summary>
    public UsagePeers Against(IReadOnlyDictionary<long, UsageFigures> own, Db db)
    {
        lock (gate)
        {
            known ??= db.Query<PeerRow>(Sql.Peers).ToDictionary(row => row.AccountId, row => new UsageFigures(row.Activation, row.Frequency, row.Breadth, null));
            peers ??= UsagePeers.Of(known.Values);
            return Changed(peers, own);
        }
    }

    /// <summary>Told after the commit that keeps them.</summary>
    public void Put(IReadOnlyDictionary<long, UsageFigures> measured)
    {
        lock (gate)
        {
            if (known is null)
                return;
            peers = peers is null ? null : Changed(peers, measured);
            foreach (var (account, figures) in measured)
                known[account] = figures;
        }
    }

    UsagePeers Changed(UsagePeers all, IReadOnlyDictionary<long, UsageFigures> now) => all.With([.. now.Keys.Where(known!.ContainsKey).Select(id => known[id])], [.. now.Values]);

    sealed record PeerRow(long AccountId, double? Activation, double? Frequency, double? Breadth);

    static class Sql
    {
        public const string Peers = "SELECT account_id, activation, frequency, breadth FROM account_health_states";
    }
}
