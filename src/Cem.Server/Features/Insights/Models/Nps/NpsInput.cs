namespace Cem.Server.Features.Insights.Models.Nps;

/// <summary>Reads promoters, passives and detractors.</summary>
internal static class NpsInput
{
    public static readonly string[] Fields = ["promoters", "passives", "detractors"];

    public static NpsCounts Counts(ModelInput read) => new(read.Count("promoters"), read.Count("passives"), read.Count("detractors"));
}
