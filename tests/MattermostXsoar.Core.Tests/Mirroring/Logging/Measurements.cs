using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using MattermostXsoar.Core.Mirroring.Diagnostics;
using Xunit;
using Xunit.Sdk;

namespace MattermostXsoar.Core.Tests.Mirroring.Logging;

/// <summary>What the module's meter measures from now on in the running test: other tests measure at the same time.
/// Gauges are of the whole process.</summary>
internal sealed class Measurements : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly ITest? _test = TestContext.Current.Test;
    private readonly Signal _measured = new();

    public Measurements()
    {
        _listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name != MirrorMetrics.MeterName)
                return;
            Instruments[instrument.Name] = true;
            self.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>The names of the instruments that are there.</summary>
    public ConcurrentDictionary<string, bool> Instruments { get; } = new(StringComparer.Ordinal);

    /// <summary>The tags that were measured with, as <c>key=value</c>.</summary>
    public ConcurrentDictionary<string, bool> Tags { get; } = new(StringComparer.Ordinal);

    /// <summary>What was measured with each instrument and its tags' values, added up:
    /// <c>name(value,value)</c>.</summary>
    public ConcurrentDictionary<string, double> Sums { get; } = new(StringComparer.Ordinal);

    /// <summary>Each measurement as text.</summary>
    public IReadOnlyCollection<string> Lines => _lines;

    /// <summary>Has the gauges measured now.</summary>
    public void ReadGauges() => _listener.RecordObservableInstruments();

    /// <summary>Waits until so much was measured, in sum, with an instrument and its tags' values.</summary>
    public Task WhenAsync(string name, Func<double, bool> condition, CancellationToken cancellationToken) =>
        _measured.WhenAsync(() => Sums.TryGetValue(name, out var sum) && condition(sum), cancellationToken);

    public void Dispose() => _listener.Dispose();

    private void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (TestContext.Current.Test != _test)
            return;
        var values = new List<string>();
        foreach (var tag in tags)
        {
            Tags[$"{tag.Key}={tag.Value}"] = true;
            values.Add(tag.Value?.ToString() ?? "");
        }

        Sums.AddOrUpdate($"{instrument.Name}({string.Join(",", values)})", value, (_, sum) => sum + value);
        _lines.Enqueue(
            string.Create(CultureInfo.InvariantCulture, $"{instrument.Name} {value} {string.Join(",", tags.ToArray())}")
        );
        _measured.Pulse();
    }
}
