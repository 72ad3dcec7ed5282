using Cem.Kernel.Text;

namespace Cem.Server.Features.Journeys;

/// <summary>A customer's way through us, as it travels and as each revision keeps it.</summary>
/// <param name="VariantOf">Code of the journey it is a variant of; null for one that stands by itself.</param>
/// <param name="Variant">What it is a variant for.</param>
sealed record Journey(Wording Name, IReadOnlyList<Stage> Stages, Wording? Description = null, string? VariantOf = null, Variant? Variant = null)
{
    public IEnumerable<Scene> Scenes => Stages.SelectMany(stage => stage.Scenes ?? []);

    public IEnumerable<string> Touchpoints => Scenes.SelectMany(scene => scene.Touchpoints ?? []).Distinct(StringComparer.Ordinal);
}

/// <param name="Channel">As the answers name it: <c>app</c>, <c>wecom</c>; null for any.</param>
/// <param name="Product">As the accounts and events name it; null for any.</param>
sealed record Variant(string? Channel = null, string? Product = null);

/// <param name="Goals">What the customer wants to have reached at its end.</param>
/// <param name="Expectations">What they take for granted, or hope for.</param>
sealed record Stage(string Code, Wording Name, Wording? Goals = null, Wording? Expectations = null, IReadOnlyList<Scene>? Scenes = null, Blueprint? Blueprint = null);

/// <param name="Code">Unique in the journey.</param>
/// <param name="Actions">What the customer does.</param>
/// <param name="Thoughts">What goes through their mind.</param>
/// <param name="Emotion">-2 angry to 2 delighted; null where nobody knows.</param>
/// <param name="Touchpoints">Codes, in the order in which they are met.</param>
sealed record Scene(
    string Code, Wording Name, Wording? Actions = null, Wording? Thoughts = null, int? Emotion = null, bool MomentThatMatters = false, IReadOnlyList<string>? Touchpoints = null);

/// <summary>What we do for it under the line of visibility.</summary>
sealed record Blueprint(IReadOnlyList<BlueprintRow>? FrontStage = null, IReadOnlyList<BlueprintRow>? BackStage = null, IReadOnlyList<BlueprintRow>? Support = null)
{
    public const string Front = "frontStage", Back = "backStage", Under = "support";

    public static readonly IReadOnlyList<string> Lanes = [Front, Back, Under];

    public IReadOnlyList<BlueprintRow> this[string lane] => (lane switch { Front => FrontStage, Back => BackStage, _ => Support }) ?? [];

    public Blueprint With(string lane, IReadOnlyList<BlueprintRow> rows) => lane switch
    {
        Front => this with { FrontStage = rows },
        Back => this with { BackStage = rows },
        _ => this with { Support = rows },
    };
}

/// <param name="Node">The step of the business process.</param>
/// <param name="Role">Who does it.</param>
/// <param name="Action">What they do, and by when.</param>
/// <param name="Channel">By what: a system, the phone, in person.</param>
/// <param name="Indicator">Code of the indicator it is measured by.</param>
/// <param name="Code">Unique in the journey; given by the server where it is missing.</param>
sealed record BlueprintRow(Wording Node, Wording? Role = null, Wording? Action = null, string? Channel = null, string? Indicator = null, string? Code = null);
