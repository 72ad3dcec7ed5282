namespace Cem.Kernel.Columns;

/// <summary>
/// Rows held as columns in memory for statistics: each row has a key, a day, a cluster (such as the account its
/// respondent belongs to), a small value or none, and one member of each declared dimension. Counts histograms with
/// any filter by any dimensions and periods, a million rows in some milliseconds.
/// </summary>
/// <remarks>
/// <para>One change at a time (<see cref="Change"/> waits for its turn), any number of questions meanwhile. A
/// question sees the store as it was after one whole change: never half a row, half a change, or a corrected row
/// twice. Questions never wait, for changes or for each other.</para>
/// <para>A dimension's members get codes in the order of their first appearance, stored in one byte, two or four as
/// their number demands; codes are not given back when rows go.</para>
/// <para>Rows put in the order of their days are counted fastest, for what lies outside the days asked for is then
/// skipped in runs of 65,536.</para>
/// </remarks>
public sealed class ColumnStore
{
    /// <summary>Highest value a row can have.</summary>
    public const int HighestValue = byte.MaxValue - 1;

    internal const byte NoValue = byte.MaxValue;

    static readonly DateOnly FirstDay = new(1970, 1, 1);

    readonly Lock _writing = new();
    readonly string[] _dimensions;
    readonly Vocabulary<Member>[] _members;
    readonly ColumnWriter _writer;
    readonly int _parallelFrom;
    Snapshot _current;

    /// <param name="dimensions">The names of the dimensions, in the order in which rows state their members.</param>
    /// <exception cref="ArgumentException">A name comes twice.</exception>
    public ColumnStore(params IEnumerable<string> dimensions)
        : this(dimensions, segmentBits: 16, parallelFrom: 2_000_000)
    {
    }

    internal ColumnStore(IEnumerable<string> dimensions, int segmentBits, int parallelFrom)
    {
        _dimensions = [.. dimensions];
        if (_dimensions.Distinct().Count() != _dimensions.Length)
            throw new ArgumentException("A dimension is declared twice.", nameof(dimensions));
        _members = [.. _dimensions.Select(_ => new Vocabulary<Member>())];
        foreach (var members in _members)
            members.Code(Member.None);
        _parallelFrom = parallelFrom;
        _writer = new(_dimensions.Length + Segment.FirstDimension, segmentBits);
        _current = _writer.First();
    }

    /// <summary>The dimensions' names.</summary>
    public IReadOnlyList<string> Dimensions => _dimensions;

    /// <summary>Rows that a question asked now would see.</summary>
    public int Rows => Volatile.Read(ref _current).Rows;

    /// <summary>Rises with each change that changed something: an answer stays good while it stands still.</summary>
    public long Version => Volatile.Read(ref _current).Version;

    /// <summary>
    /// Bytes held for rows and for finding them by key, free room included, vocabularies not. Waits for a change
    /// under way.
    /// </summary>
    public long Bytes
    {
        get
        {
            lock (_writing)
                return _writer.Bytes;
        }
    }

    /// <summary>Bytes held for each row, which is megabytes for a million of them; 0 while there is none.</summary>
    public double BytesPerRow => Rows is > 0 and var rows ? (double)Bytes / rows : 0;

    internal Vocabulary<long> Clusters { get; } = new();

    /// <summary>The members any row of a dimension has had, <see cref="Member.None"/> first.</summary>
    /// <exception cref="ArgumentException">There is no such dimension.</exception>
    public IReadOnlyList<Member> Members(string dimension) => MembersOf(ColumnOf(dimension)).ToArray();

    /// <summary>
    /// Begins a change: what is put and removed until it is disposed becomes visible at once, then. Do it on one
    /// thread and without waiting in between. For loading, put all rows in one change.
    /// </summary>
    /// <exception cref="InvalidOperationException">This thread is in the middle of another change.</exception>
    public ColumnChange Change()
    {
        if (_writing.IsHeldByCurrentThread)
            throw new InvalidOperationException("This thread has not ended its last change.");
        _writing.Enter();
        return new(this);
    }

    /// <summary>Answers the queries, in their order, all from the same state of the store.</summary>
    /// <exception cref="ArgumentException">A query names an undeclared dimension.</exception>
    /// <exception cref="InvalidOperationException">A query has more than 2^63 possible combinations.</exception>
    public IReadOnlyList<CellTable> Ask(params IReadOnlyList<CellQuery> queries)
    {
        var snapshot = Volatile.Read(ref _current);
        var selections = new Dictionary<(Filter, int, int), Selection>();
        var plans = queries.Select(query => new QueryPlan(query, SelectionOf(query, selections), this, snapshot.Rows)).ToArray();
        return Batch.Answer(snapshot, plans, snapshot.Rows >= _parallelFrom ? Environment.ProcessorCount : 1);
    }

    /// <summary>Answers one query.</summary>
    public CellTable Ask(CellQuery query) => Ask([query])[0];

    internal static DateOnly DayOf(int code) => FirstDay.AddDays(code);

    internal int ColumnOf(string dimension)
    {
        var index = Array.IndexOf(_dimensions, dimension);
        return index >= 0
            ? index + Segment.FirstDimension
            : throw new ArgumentException($"There is no dimension '{dimension}'.", nameof(dimension));
    }

    /// <summary>How many codes a dimension's column, or that of the clusters, has given out.</summary>
    internal int CodesOf(int column) =>
        column == Segment.Cluster ? Clusters.Count : _members[column - Segment.FirstDimension].Count;

    internal ReadOnlySpan<Member> MembersOf(int column) => _members[column - Segment.FirstDimension].Values;

    internal bool Put(long key, DateOnly day, long cluster, byte value, ReadOnlySpan<Member> members)
    {
        var dayCode = CodeOf(day);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)dayCode, ushort.MaxValue, nameof(day));
        if (members.Length != _members.Length)
            throw new ArgumentException($"{members.Length} members for {_members.Length} dimensions.", nameof(members));
        Span<int> codes = stackalloc int[members.Length + Segment.FirstDimension];
        codes[Segment.Day] = dayCode;
        codes[Segment.Cluster] = Clusters.Code(cluster);
        for (var i = 0; i < members.Length; i++)
            codes[i + Segment.FirstDimension] = _members[i].Code(members[i]);
        return _writer.Put(key, value, codes);
    }

    internal bool Remove(long key) => _writer.Remove(key);

    internal void EndChange()
    {
        if (_writer.Publish() is { } snapshot)
            Volatile.Write(ref _current, snapshot);
        _writing.Exit();
    }

    Selection SelectionOf(CellQuery query, Dictionary<(Filter, int, int), Selection> known)
    {
        var (filter, periods) = (query.Filter, query.Periods);
        var from = Math.Max(CodeOf(filter.From), CodeOf(periods?.From ?? FirstDay));
        var to = Math.Min(CodeOf(filter.To), CodeOf(periods?.To ?? DateOnly.MaxValue));
        if (!known.TryGetValue((filter, from, to), out var selection))
            known.Add((filter, from, to), selection = new(filter, from, to, this));
        return selection;
    }

    static int CodeOf(DateOnly day) => day.DayNumber - FirstDay.DayNumber;
}
