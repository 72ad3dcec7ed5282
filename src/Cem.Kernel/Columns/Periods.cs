namespace Cem.Kernel.Columns;

/// <summary>
/// Which period each day of a range belongs to: weeks, months, quarters, whatever the caller's calendar says. Only
/// rows of the range are counted.
/// </summary>
public sealed class Periods
{
    readonly int[] _indexOfDay;
    readonly int[] _labels;

    Periods(DateOnly from, DateOnly to, int[] indexOfDay, int[] labels) =>
        (From, To, _indexOfDay, _labels) = (from, to, indexOfDay, labels);

    /// <summary>First day.</summary>
    public DateOnly From { get; }

    /// <summary>Last day, included.</summary>
    public DateOnly To { get; }

    /// <summary>The labels in the order in which their days first come.</summary>
    public IReadOnlyList<int> Labels => _labels;

    /// <summary>
    /// The days from <paramref name="from"/> to <paramref name="to"/> (included), each under the label the function
    /// gives it, such as 202602 for February.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The range ends before it starts.</exception>
    public static Periods Of(DateOnly from, DateOnly to, Func<DateOnly, int> label)
    {
        ArgumentNullException.ThrowIfNull(label);
        ArgumentOutOfRangeException.ThrowIfLessThan(to, from);
        var indexOfLabel = new Dictionary<int, int>();
        var indexOfDay = new int[to.DayNumber - from.DayNumber + 1];
        for (var day = 0; day < indexOfDay.Length; day++)
        {
            var found = label(from.AddDays(day));
            if (!indexOfLabel.TryGetValue(found, out indexOfDay[day]))
                indexOfLabel.Add(found, indexOfDay[day] = indexOfLabel.Count);
        }

        return new(from, to, indexOfDay, [.. indexOfLabel.OrderBy(pair => pair.Value).Select(pair => pair.Key)]);
    }

    /// <summary>Position among <see cref="Labels"/> of the period of a day inside the range.</summary>
    internal int IndexOf(DateOnly day) => _indexOfDay[day.DayNumber - From.DayNumber];
}
