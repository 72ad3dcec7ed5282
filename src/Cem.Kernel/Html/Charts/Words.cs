using Cem.Kernel.Text;

namespace Cem.Kernel.Html.Charts;

/// <summary>The words and numbers of a chart in the reader's language.</summary>
readonly struct Words(RenderContext page, Texts texts)
{
    readonly ScopedTexts _texts = texts.For(page.Language, "");

    public Formats Formats => page.Formats;

    public string this[string key] => _texts[key];

    public string Get(string key, params ReadOnlySpan<(string Name, object? Value)> args) => _texts.Get(key, args);

    public string Value(double? value, Unit unit, int decimals) =>
        unit == Unit.Share ? page.Formats.Percent(value, decimals) : page.Formats.Number(value, decimals);

    /// <summary>"42.3 (38.1 to 46.5), n = 312", as far as there is something to say.</summary>
    public string Say(Estimate estimate)
    {
        if (!estimate.HasValue) return _texts["noAnswers"];
        var text = Value(estimate.Value, estimate.Unit, estimate.Decimals);
        if (estimate.HasInterval) text += $" ({Interval(estimate)})";
        text += ", " + _texts.Get("n", ("count", estimate.N));
        return estimate.TooFew ? text + ", " + _texts["tooFew"] : text;
    }

    public string Interval(Estimate estimate) => _texts.Get("interval",
        ("low", Value(estimate.Low, estimate.Unit, estimate.Decimals)), ("high", Value(estimate.High, estimate.Unit, estimate.Decimals)));
}
