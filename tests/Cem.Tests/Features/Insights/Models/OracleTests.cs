using System.Text.Json.Nodes;
using Cem.Server.Features.Insights.Models;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Insights.Models;

/// <summary>Every model against figures from independent software and published papers, one test a case.</summary>
public sealed class OracleTests
{
    static readonly (string File, string Model)[] Files =
    [
        ("nps_from_scores", "nps"),
        ("nps_interval", "nps"),
        ("nps_difference", "nps-difference"),
        ("nps_minimum_detectable", "nps-minimum-detectable"),
        ("nps_weighted_clustered", "nps-design"),
        ("wilson_interval", "wilson-interval"),
        ("wilson_published", "wilson-interval"),
        ("wilson_mean_score", "wilson-mean"),
        ("newcombe_difference", "newcombe-difference"),
        ("csat", "csat"),
        ("ces", "ces"),
        ("multiple_testing", "multiple-testing"),
        ("wilson_branch_ranking", "wilson-ranking"),
        ("nps_trend", "nps-trend"),
        ("indicator_tree", "indicator-tree"),
        ("indicator_contribution", "indicator-contribution"),
        ("ahp_weights", "ahp-weights"),
        ("entropy_weights", "entropy-weights"),
        ("odata_normalise", "odata-normalise"),
        ("driver_importance", "key-drivers"),
        ("penalty_reward", "penalty-reward"),
        ("quadrant", "quadrant"),
        ("repurchase_loss_ratio", "repurchase-loss"),
        ("acsi_index", "satisfaction-index"),
        ("auc", "auc"),
        ("isotonic_calibration", "isotonic-calibration"),
        ("firth_logit", "firth-logit"),
        ("ridge_logit", "ridge-logit"),
        ("renewal_logit", "renewal"),
        ("contrast_keywords", "contrast-keywords"),
        ("pls_published", "satisfaction-recommendation"),
        ("pls_ecsi_mobi", "satisfaction-recommendation"),
    ];

    /// <summary>One for each case, with the name of its model.</summary>
    internal static IEnumerable<TestCaseData> Cases() => SharedFiles.Folder is null
        ? [new TestCaseData(null, null).SetName("Oracles are missing")]
        : Files.SelectMany(pair => OracleCase.Of(pair.File).Select(oracle => new TestCaseData(pair.Model, oracle).SetName($"{pair.Model} agrees with {oracle}")));

    /// <summary>Inputs that a model answers, of its oracles.</summary>
    internal static IEnumerable<JsonObject> InputsOf(string model) => SharedFiles.Folder is null
        ? []
        : Files.Where(pair => pair.Model == model).SelectMany(pair => OracleCase.Of(pair.File)).Where(oracle => !oracle.MustBeRefused)
            .Select(oracle => System.Text.Json.JsonSerializer.SerializeToNode(oracle.Input)!.AsObject());

    [TestCaseSource(nameof(Cases))]
    public void A_model_agrees_with_its_oracle(string? model, object? oracle)
    {
        SharedFiles.PathTo("oracles");
        var expected = (OracleCase)oracle!;
        var found = ModelCatalog.Find(model!)!;
        if (expected.MustBeRefused)
        {
            Assert.Throws<ModelRefusal>(() => found.Run(expected.Input));
            return;
        }
        JsonNode answer = found.Run(expected.Input).ToJson();
        Assert.Multiple(() =>
        {
            Assert.That(OracleComparison.Differences(expected, answer), Is.Empty);
            foreach (var field in new[] { "n", "excluded", "method", "warnings", "sentence" })
                Assert.That(((JsonObject)answer).ContainsKey(field), field);
        });
    }

    [Test]
    public void Every_oracle_of_a_model_is_compared()
    {
        var compared = Files.Select(pair => pair.File);
        var present = Directory.GetFiles(SharedFiles.PathTo("oracles"), "*.json").Select(Path.GetFileNameWithoutExtension);
        Assert.That(present.Except(compared), Is.SubsetOf(NoModel));
    }

    // Yardsticks for reading, and oracles whose model does not exist yet.
    static readonly string[] NoModel =
    [
        "b2b_sentiment", "en_vader",                 "sentiment_baselines",
        "zh_segmentation_keywords",
    ];
}
