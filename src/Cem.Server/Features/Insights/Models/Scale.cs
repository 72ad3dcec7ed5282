namespace Cem.Server.Features.Insights.Models;

/// <summary>Reads the ends of a rating scale.</summary>
internal static class Scale
{
    /// <summary><c>scaleMin</c> and <c>scaleMax</c>, whole numbers with min below max.</summary>
    public static (int Smallest, int Largest) Read(ModelInput read, int? smallest = null, int? largest = null)
    {
        int min = read.Whole("scaleMin", -1000, 1000, smallest), max = read.Whole("scaleMax", -1000, 1000, largest);
        return min < max ? (min, max) : throw read.Refuse("scaleMax", ModelRefusal.Inconsistent, $"scaleMax must be above scaleMin = {min}, not {max}.");
    }
}
