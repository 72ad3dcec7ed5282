namespace Cem.Tests.Features.Insights.Models.IsotonicCalibration;

public sealed class IsotonicCalibrationTests
{
    [Test]
    public void Rows_of_one_prediction_get_one_value()
    {
        var answer = Ask.Model("isotonic-calibration", """{"p":[0.2,0.9,0.2,0.5],"y":[0,1,1,0]}""");
        Assert.That(answer["calibrated"]!.AsArray().Select(v => v!.GetValue<double>()), Is.EqualTo(new[] { 1 / 3.0, 1 / 3.0, 1 / 3.0, 1 }).Within(1e-12));
    }

    [Test]
    public void Nothing_to_calibrate_is_answered_by_nothing() =>
        Assert.That(Ask.Model("isotonic-calibration", """{"p":[],"y":[]}""")["calibrated"]!.AsArray(), Is.Empty);
}
