using Cem.Kernel.Security;
using Cem.Kernel.Text;

namespace Cem.Server.Features.Surveys.ReadSurveyMatrix;

/// <summary>The page: touchpoints down, roles across.</summary>
/// <param name="Gaps">How many cells are empty.</param>
sealed record View(bool MayEdit, int Filled, int Gaps, IReadOnlyList<string> Roles, IReadOnlyList<ViewRow> Rows)
{
    static readonly string[] AllRoles = ["decisionMaker", "purchaser", "influencer", "user"];

    public static View Of(PageResponse matrix, Caller caller)
    {
        var chinese = caller.Language == Languages.Chinese;
        var titles = matrix.Titles.ToDictionary(title => title.Code, title => chinese ? title.TitleZh : title.TitleEn);
        var cells = matrix.Cells.ToDictionary(cell => (cell.Touchpoint, cell.Role));
        var rates = matrix.Rates.ToDictionary(rate => (rate.Touchpoint, rate.Role));
        return new View(
            caller.Is(Kernel.Security.Roles.Programme), cells.Count, matrix.Touchpoints.Count * AllRoles.Length - cells.Count, AllRoles,
            [.. matrix.Touchpoints.Select(touchpoint => new ViewRow(chinese ? touchpoint.NameZh : touchpoint.NameEn, [.. AllRoles.Select(role => Cell(touchpoint.Code, role))]))]);

        ViewCell Cell(string touchpoint, string role)
        {
            var address = $"/survey-matrix/{touchpoint}/{role}";
            if (!cells.TryGetValue((touchpoint, role), out var cell))
                return new ViewCell(address, role);
            var rate = rates.GetValueOrDefault((touchpoint, role));
            return new ViewCell(address, role)
            {
                Survey = titles[cell.Survey], SurveyHref = $"/surveys/{cell.Survey}", Trigger = cell.Trigger, Delay = TimeSpan.FromMinutes(cell.DelayMinutes),
                Channel = cell.Channel, Share = cell.Sampling < 1 ? cell.Sampling : null, Active = cell.Active,
                Sent = rate?.Sent ?? 0, Answered = rate is { Sent: > 0 } ? (double)rate.Completed / rate.Sent : null,
            };
        }
    }
}

sealed record ViewRow(string Name, IReadOnlyList<ViewCell> Cells);

/// <param name="Address">Where it is filled in or changed.</param>
sealed record ViewCell(string Address, string Role)
{
    /// <summary>The survey's title; null for an empty cell.</summary>
    public string? Survey { get; init; }

    public string SurveyHref { get; init; } = "";

    public string Trigger { get; init; } = "";

    public TimeSpan Delay { get; init; }

    public bool Waits => Delay > TimeSpan.Zero;

    public string Channel { get; init; } = "email";

    /// <summary>The share of events that ask; null for all.</summary>
    public double? Share { get; init; }

    public bool Active { get; init; }

    /// <summary>Invitations of the last 90 days.</summary>
    public int Sent { get; init; }

    /// <summary>The share of them that was answered; null for none sent.</summary>
    public double? Answered { get; init; }
}
