namespace Cem.Server.Features.Reports;

/// <summary>Where the words of reports stand: mail and page of every slice share those of the area.</summary>
static class ReportTexts
{
    public const string Scope = "Reports";
}
