using MediatR;

namespace Cem.Contracts.Indicators;

/// <summary>
/// An indicator of an org unit lies past its threshold, and not by chance: the whole 95 % interval does, and it stands among
/// all that were tested with it. Told once a week while it is so.
/// </summary>
/// <param name="Version">The version of the library that it was scored by.</param>
/// <param name="From">First of the days that were judged; the last is <paramref name="To"/>.</param>
/// <param name="Value">In the unit of the indicator's measure, or its score where it has none; so are the bounds and the threshold.</param>
/// <param name="Low">Null where the value is counted in full and is no sample.</param>
/// <param name="N">Answers and rows behind it.</param>
public sealed record IndicatorBelowThreshold(
    string Indicator, long OrgUnitId, int Version, DateOnly From, DateOnly To, double Value, double? Low, double? High, double Threshold, long N) : INotification;
