namespace Cem.Kernel.Columns;

/// <summary>Answers the plans of a batch in one pass over a snapshot, by one worker or several.</summary>
internal static class Batch
{
    public static IReadOnlyList<CellTable> Answer(Snapshot snapshot, QueryPlan[] plans, int workers)
    {
        var selections = Enumerable.Range(0, plans.Length).GroupBy(query => plans[query].Selection).ToArray();
        var scans = Enumerable.Range(0, workers).Select(_ => new Scan(snapshot, selections, plans)).ToArray();
        if (workers == 1)
        {
            for (var slot = 0; slot < snapshot.Segments.Length; slot++)
                scans[0].Read(slot);
        }
        else
        {
            // Whoever is free takes the next segment, for some are skipped and some are not.
            var next = -1;
            Parallel.ForEach(scans, new() { MaxDegreeOfParallelism = workers }, scan =>
            {
                while (Interlocked.Increment(ref next) is var slot && slot < snapshot.Segments.Length)
                    scan.Read(slot);
            });
        }

        return [.. Enumerable.Range(0, plans.Length).Select(query => Table(plans[query], scans, query))];
    }

    static CellTable Table(QueryPlan plan, Scan[] scans, int query)
    {
        var tally = scans[0].Tallies[query];
        foreach (var scan in scans.AsSpan(1))
            tally.Merge(scan.Tallies[query]);
        var (keys, counts) = tally.Finish();
        return new(plan, keys, counts);
    }
}
