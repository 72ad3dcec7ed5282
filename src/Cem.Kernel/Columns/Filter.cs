namespace Cem.Kernel.Columns;

/// <summary>
/// Which rows to count: conditions that must all hold. Immutable; every method returns a narrower filter. Two
/// conditions on one dimension intersect, so a person's scope is added to whatever else was asked. Queries of one
/// batch that share a filter object share its work.
/// </summary>
public sealed class Filter
{
    readonly Condition[] _conditions;

    Filter(Condition[] conditions, DateOnly from, DateOnly to) =>
        (_conditions, From, To) = (conditions, from, to);

    /// <summary>Every row.</summary>
    public static Filter All { get; } = new([], DateOnly.MinValue, DateOnly.MaxValue);

    internal DateOnly From { get; }

    internal DateOnly To { get; }

    internal IReadOnlyList<Condition> Conditions => _conditions;

    /// <summary>
    /// Rows whose member of the dimension is one of these. None given, no row passes; a member no row ever had is no
    /// error.
    /// </summary>
    public Filter Where(string dimension, params IEnumerable<Member> members)
    {
        ArgumentNullException.ThrowIfNull(dimension);
        var allowed = members.ToHashSet();
        return And(new(dimension, allowed.Contains, null));
    }

    /// <summary>Rows of the clusters for which this holds. It is asked once a cluster, not once a row.</summary>
    public Filter WhereCluster(Func<long, bool> holds)
    {
        ArgumentNullException.ThrowIfNull(holds);
        return And(new(null, null, holds));
    }

    /// <summary>Rows of these days, both included. A range that ends before it starts lets no row pass.</summary>
    public Filter Between(DateOnly from, DateOnly to) =>
        new(_conditions, from > From ? from : From, to < To ? to : To);

    Filter And(Condition condition) => new([.. _conditions, condition], From, To);

    /// <summary>Either a test of a dimension's member or, without dimension, of a cluster's id.</summary>
    internal sealed record Condition(string? Dimension, Func<Member, bool>? Member, Func<long, bool>? Cluster);
}
