using System.Numerics;
using System.Runtime.InteropServices;

namespace Cem.Server.Features.Insights.Models.KeyDrivers;

/// <summary>
/// Rows of an outcome and its drivers, as their number, sums and sums of products: all that influence follows from. Of whole
/// numbers they are exact, and those of several groups add up, so that drawing groups anew costs nothing by the row.
/// </summary>
internal sealed class DriverMoments(int drivers)
{
    // n; the sums, the outcome's last; the products of i and j <= i.
    readonly double[] _values = new double[1 + (drivers + 1) + (drivers + 1) * (drivers + 2) / 2];

    public int Drivers => drivers;

    public double N => _values[0];

    /// <summary>Adds a row: its drivers, then the outcome.</summary>
    public void Add(ReadOnlySpan<byte> row)
    {
        _values[0]++;
        var at = 1 + row.Length;
        for (var i = 0; i < row.Length; i++)
        {
            _values[1 + i] += row[i];
            for (var j = 0; j <= i; j++)
                _values[at++] += row[i] * row[j];
        }
    }

    // Some tens of millions of numbers a quadrant: several at a time.
    public void Add(DriverMoments other)
    {
        var own = MemoryMarshal.Cast<double, Vector<double>>(_values.AsSpan());
        var more = MemoryMarshal.Cast<double, Vector<double>>(other._values.AsSpan());
        for (var i = 0; i < own.Length; i++) own[i] += more[i];
        for (var i = own.Length * Vector<double>.Count; i < _values.Length; i++) _values[i] += other._values[i];
    }

    public void Clear() => Array.Clear(_values);

    /// <summary>The mean of a driver, or of the outcome as the one behind the last.</summary>
    public double Mean(int i) => _values[1 + i] / N;

    /// <summary>Whether a driver, or the outcome, has more than one value.</summary>
    public bool Varies(int i) => Spread(i, i) > 0;

    public double Correlation(int i, int j) => Spread(i, j) / Math.Sqrt(Spread(i, i) * Spread(j, j));

    // n² times the covariance.
    double Spread(int i, int j) => N * _values[2 + drivers + Math.Max(i, j) * (Math.Max(i, j) + 1) / 2 + Math.Min(i, j)] - _values[1 + i] * _values[1 + j];
}
