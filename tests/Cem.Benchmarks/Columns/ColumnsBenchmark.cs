using System.Diagnostics;
using Cem.Kernel.Columns;

namespace Cem.Benchmarks.Columns;

/// <summary>
/// Full histograms of 0-10 by five dimensions, filtered, over a million and ten million rows: the column engine
/// beside plain loops over arrays, LINQ, and the sqlite3 command with a covering index.
/// </summary>
sealed class ColumnsBenchmark : IBenchmark
{
    static readonly TimeSpan Million = TimeSpan.FromMilliseconds(30);
    static readonly TimeSpan TenMillion = TimeSpan.FromMilliseconds(300);

    public string Name => "columns";

    public async Task Run(TextWriter report)
    {
        await OneMillion(report, Answers.Make(1_000_000));
        await Many(report, Answers.Make(10_000_000));
    }

    static async Task OneMillion(TextWriter report, Answers answers)
    {
        report.WriteLine("-- a million rows, one thread");
        var store = Fill(report, answers);
        var (half, narrow, month, nps) = Filters();
        var separate = Measure.Median(() => store.Ask(Breakdowns(half)));
        Measure.Line(report, "five breakdowns, filter that half the rows pass", separate, Million);
        Measure.Line(report, "five breakdowns, every row", Measure.Median(() => store.Ask(Breakdowns(Filter.All))), Million);
        Measure.Line(report, "five breakdowns, three org units of one quarter", Measure.Median(() => store.Ask(Breakdowns(narrow))));
        var cube = new CellQuery(Scale.Values(0, 10)) { Filter = half, By = ["unit", "touchpoint", "role", "product"], Periods = month };
        Measure.Line(report, "one cube of all five, filter that half the rows pass", Measure.Median(() => store.Ask(cube)), Million);
        var clusters = new CellQuery(nps) { Filter = half, By = ["unit"], Periods = month, PerCluster = true };
        Measure.Line(report, "by org unit and month, each with its accounts", Measure.Median(() => store.Ask(clusters)));

        var arrays = Measure.Median(() => answers.CountByLoop());
        Measure.Ratio(report, "plain loop over arrays of codes, one thread", arrays, separate);
        var linq = Measure.Median(() => answers.CountByLinq(), rounds: 5);
        Measure.Ratio(report, "LINQ over the same arrays", linq, separate);
        if (await SqliteCommand.Median(answers) is { } sqlite)
        {
            Measure.Line(report, "sqlite3, covering index, the same five", sqlite);
            Measure.Ratio(report, "sqlite3, covering index, the same five", sqlite, separate, least: 20);
        }
        else
            report.WriteLine("sqlite3 left out: no such command here");
    }

    static Task Many(TextWriter report, Answers answers)
    {
        report.WriteLine($"-- ten million rows, {Environment.ProcessorCount} processors");
        var store = Fill(report, answers);
        var (half, _, month, nps) = Filters();
        Measure.Line(report, "five breakdowns, filter that half the rows pass", Measure.Median(() => store.Ask(Breakdowns(half))), TenMillion);
        Measure.Line(report, "five breakdowns, every row", Measure.Median(() => store.Ask(Breakdowns(Filter.All))), TenMillion);
        var clusters = new CellQuery(nps) { Filter = half, By = ["unit"], Periods = month, PerCluster = true };
        Measure.Line(report, "by org unit and month, each with its accounts", Measure.Median(() => store.Ask(clusters)));
        return Task.CompletedTask;
    }

    static ColumnStore Fill(TextWriter report, Answers answers)
    {
        var store = new ColumnStore(Answers.Dimensions);
        var start = Stopwatch.GetTimestamp();
        answers.Into(store);
        Measure.Line(report, "load, once", Stopwatch.GetElapsedTime(start));
        report.WriteLine($"memory per million rows{store.BytesPerRow,53:F1} MB");
        return store;
    }

    static (Filter Half, Filter Narrow, Periods Month, Scale Nps) Filters() =>
    (
        Filter.All.Where("channel", Answers.Channels.Take(2).Select(Member.Of)).Where("region", Answers.Regions.Take(3).Select(Member.Of)),
        Filter.All.Where("unit", 1, 5, 9).Between(new(2025, 4, 1), new(2025, 6, 30)),
        Periods.Of(Answers.First, Answers.Last, day => day.Year * 100 + day.Month),
        Scale.Bands(0, 0, 0, 0, 0, 0, 0, 1, 1, 2, 2)
    );

    static CellQuery[] Breakdowns(Filter filter)
    {
        var query = new CellQuery(Scale.Values(0, 10)) { Filter = filter };
        return
        [
            query with { By = ["unit"] },
            query with { By = ["touchpoint"] },
            query with { By = ["role"] },
            query with { By = ["product"] },
            query with { Periods = Filters().Month },
        ];
    }
}
