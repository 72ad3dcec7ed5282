using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;
using Cem.Kernel.Web;

namespace Cem.Server.Features.Housekeeping.ServeMetrics;

/// <summary>Listens to the meters of the server and sums up what they say; histograms are kept as count and sum.</summary>
sealed class Meters : IDisposable
{
    static readonly string[] Heard = ["Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime", "Cem.Kernel"];

    readonly ConcurrentDictionary<(string Name, string Suffix, string Labels), double> values = new();
    readonly ConcurrentDictionary<string, string> kinds = new();
    readonly MeterListener listener = new();

    public Meters()
    {
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (Heard.Contains(instrument.Meter.Name))
                listening.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument, value, tags));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Take(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Take(instrument, value, tags));
        listener.Start();
    }

    public IReadOnlyList<Series> Snapshot()
    {
        listener.RecordObservableInstruments();
        return [.. values.OrderBy(pair => pair.Key).Select(pair => new Series(pair.Key.Name, pair.Key.Suffix, pair.Key.Labels, kinds[pair.Key.Name], pair.Value))];
    }

    public void Dispose() => listener.Dispose();

    void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var name = instrument.Name.Replace('.', '_').Replace('-', '_');
        var labels = Labels(tags);
        var isHistogram = instrument.GetType().Name.StartsWith("Histogram", StringComparison.Ordinal);
        var observed = instrument.IsObservable;
        kinds.TryAdd(name, isHistogram ? "summary" : instrument.GetType().Name.Contains("Gauge", StringComparison.Ordinal) || instrument.GetType().Name.Contains("UpDown", StringComparison.Ordinal) ? "gauge" : "counter");
        if (isHistogram)
        {
            values.AddOrUpdate((name, "_count", labels), 1, (_, sum) => sum + 1);
            values.AddOrUpdate((name, "_sum", labels), value, (_, sum) => sum + value);
        }
        else if (observed)
            values[(name, "", labels)] = value;
        else
            values.AddOrUpdate((name, "", labels), value, (_, sum) => sum + value);
    }

    static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.Length == 0)
            return "";
        var text = new StringBuilder("{");
        foreach (var (name, value) in tags)
            text.Append(text.Length > 1 ? "," : "").Append(name.Replace('.', '_')).Append("=\"")
                .Append(value?.ToString()?.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)).Append('"');
        return text.Append('}').ToString();
    }

    public sealed record Series(string Name, string Suffix, string Labels, string Kind, double Value);
}

/// <summary>Begins to listen with the server, not with the first reader.</summary>
sealed class StartListening(Meters meters) : IWarmUp
{
    public void Run() => GC.KeepAlive(meters);
}
