using Cem.Kernel.Columns;

namespace Cem.Benchmarks.Columns;

/// <summary>Made-up answers as arrays of codes, the same on every machine: 18 months, 10,000 accounts, nine dimensions.</summary>
sealed class Answers
{
    public static readonly string[] Dimensions =
        ["unit", "region", "tier", "product", "channel", "role", "touchpoint", "survey", "question"];

    public static readonly string[] Regions = ["north", "south", "east", "west"];
    public static readonly string[] Channels = ["mail", "sms", "app"];
    public static readonly DateOnly First = new(2025, 1, 1);
    public static readonly DateOnly Last = new(2026, 6, 30);

    static readonly int[] Sizes = [40, 4, 3, 12, 3, 5, 30, 20, 60];

    Answers(int rows)
    {
        (Day, Account, Value) = (new ushort[rows], new ushort[rows], new byte[rows]);
        Codes = [.. Sizes.Select(_ => new byte[rows])];
    }

    public ushort[] Day { get; }

    public ushort[] Account { get; }

    public byte[] Value { get; }

    /// <summary>By dimension, then by row.</summary>
    public byte[][] Codes { get; }

    public static Answers Make(int rows)
    {
        var answers = new Answers(rows);
        var random = new Random(1);
        var days = Last.DayNumber - First.DayNumber + 1;
        for (var row = 0; row < rows; row++)
        {
            answers.Day[row] = (ushort)((long)row * days / rows);
            answers.Account[row] = (ushort)random.Next(10_000);
            answers.Value[row] = (byte)Math.Min(10, random.Next(14));
            for (var dimension = 0; dimension < Sizes.Length; dimension++)
                answers.Codes[dimension][row] = (byte)random.Next(Sizes[dimension]);
        }

        return answers;
    }

    /// <summary>A code as the store meets it: ids for org units, texts elsewhere.</summary>
    public static Member MemberOf(int dimension, int code) => Dimensions[dimension] switch
    {
        "unit" => code + 1,
        "region" => Regions[code],
        "channel" => Channels[code],
        var name => name + code,
    };

    public void Into(ColumnStore store)
    {
        var members = Sizes.Select((size, dimension) => Enumerable.Range(0, size).Select(code => MemberOf(dimension, code)).ToArray()).ToArray();
        var row = new Member[Sizes.Length];
        using var change = store.Change();
        for (var i = 0; i < Day.Length; i++)
        {
            for (var dimension = 0; dimension < row.Length; dimension++)
                row[dimension] = members[dimension][Codes[dimension][i]];
            change.Put(i, First.AddDays(Day[i]), Account[i], Value[i], row);
        }
    }

    /// <summary>The half filter and the five breakdowns the way one would write them by hand, five times over the rows.</summary>
    public int[][] CountByLoop()
    {
        var counts = Breakdowns().Select(codeOf => new int[600 * 11]).ToArray();
        foreach (var (codeOf, into) in Breakdowns().Zip(counts))
        {
            for (var row = 0; row < Day.Length; row++)
            {
                if (Codes[4][row] < 2 && Codes[1][row] < 3)
                    into[codeOf(row) * 11 + Value[row]]++;
            }
        }

        return counts;
    }

    public List<(int, int, int)>[] CountByLinq() =>
    [
        .. Breakdowns().Select(codeOf =>
            (from row in Enumerable.Range(0, Day.Length)
             where Codes[4][row] < 2 && Codes[1][row] < 3
             group row by (codeOf(row), Value[row]) into cell
             select (cell.Key.Item1, (int)cell.Key.Item2, cell.Count())).ToList()),
    ];

    Func<int, int>[] Breakdowns()
    {
        var months = Enumerable.Range(0, Last.DayNumber - First.DayNumber + 1)
            .Select(day => First.AddDays(day)).Select(day => (day.Year - 2025) * 12 + day.Month).ToArray();
        return [row => Codes[0][row], row => Codes[6][row], row => Codes[5][row], row => Codes[3][row], row => months[Day[row]]];
    }
}
