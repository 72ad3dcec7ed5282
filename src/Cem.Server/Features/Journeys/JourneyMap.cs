using Cem.Kernel.Html.Charts;

namespace Cem.Server.Features.Journeys;

/// <summary>A journey as it is drawn by <c>Partials/map.hbs</c>: stages across, lanes down.</summary>
/// <param name="Move">Where the buttons that move a part are sent.</param>
/// <param name="Edit">Whether the parts can be changed here.</param>
/// <param name="Linked">Whether scores lead to what they are made of; not on a shared page.</param>
/// <param name="Legend">What the colours say, in words.</param>
/// <param name="OwnLines">Whether some indicators are judged by a target and a threshold, and so may lie between them.</param>
sealed record JourneyMap(string Move, string NewStage, bool Edit, bool Linked, bool HasIndicators, IReadOnlyList<StageView> Stages, string Legend, string Note, bool OwnLines);

/// <summary>One stage; its <see cref="Step"/> is what the buttons that move it send, less the direction.</summary>
sealed record StageView(string Code, string Name, string? Goals, string? Expectations, IReadOnlyList<SceneView> Scenes, IReadOnlyList<LaneView> Lanes, string EditHref, string NewScene)
{
    public string Step => "stage:" + Code;
}

sealed record SceneView(
    string Code, string Name, bool Moment, string? Actions, string? Thoughts, IReadOnlyList<TouchView> Touchpoints, LevelCurve? Curve, string? Mood, IReadOnlyList<BadgeView> Indicators, string EditHref, string NewTouchpoint)
{
    public string Step => "scene:" + Code;
}

/// <param name="Tone">good, good-soft, between, bad-soft, bad, few, or none where nothing is measured.</param>
/// <param name="Figure">As it is written; null where nothing is measured.</param>
/// <param name="Base">n and interval in words.</param>
/// <param name="Lines">What it is judged by, in words; empty where it is not.</param>
/// <param name="Change">Null where there is nothing to compare with.</param>
/// <param name="ChangeSign">up, down, none (not significant) or few.</param>
sealed record TouchView(string Code, string Name, string Tone, string? Figure, string Unit, string Base, string Lines, string? Change, string ChangeSign, string ChangeTitle, string? Href, string EditHref, string Step);

/// <summary>One indicator with its score.</summary>
/// <param name="Kind">X or O.</param>
/// <param name="Base">n, interval and what it is judged by, in words; or why there is no figure.</param>
sealed record BadgeView(string Name, string Kind, string KindName, string Tone, string? Figure, string Base, string? Change, string ChangeSign, string ChangeTitle, string? Href);

sealed record LaneView(string Key, string Name, IReadOnlyList<RowView> Rows, string NewRow);

sealed record RowView(string Code, string Node, string? Role, string? Action, string? Channel, BadgeView? Indicator, string EditHref)
{
    public string Step => "row:" + Code;
}
