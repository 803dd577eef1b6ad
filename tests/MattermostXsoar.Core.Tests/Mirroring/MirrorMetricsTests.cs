using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using MattermostXsoar.Core.Mirroring;
using MattermostXsoar.Core.Mirroring.Models;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring;

/// <summary>What can be measured, against what docs/operations.md says of it.</summary>
public sealed class MirrorMetricsTests
{
    private static readonly Regex Documented = new(@"^\| `(mattermostxsoar\.[a-z.]+)` \|", RegexOptions.CultureInvariant | RegexOptions.Multiline);

    [Fact]
    public async Task Each_instrument_is_documented_and_those_of_a_mirror_at_work_count()
    {
        var instruments = new HashSet<string>(StringComparer.Ordinal);
        var measured = new HashSet<string>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name != MirrorMetrics.MeterName)
                    return;
                lock (instruments)
                    instruments.Add(instrument.Name);
                self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, _, _, _) => Note(instrument.Name));
        listener.SetMeasurementEventCallback<double>((instrument, _, _, _) => Note(instrument.Name));
        listener.Start();
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        harness.Sandbox.Mattermost.Post("user1", "incident-1", "one");
        await harness.WarRoomAsync(lines => lines.Count == 1);
        harness.Sandbox.CutWebSockets();
        await harness.Service.WaitListenerAsync(ListenerState.Reconnecting, harness.Token);
        await harness.Service.WaitListenerAsync(ListenerState.Connected, harness.Token);
        listener.RecordObservableInstruments();

        var page = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "docs", "operations.md"), harness.Token);
        lock (instruments)
            Assert.Equal(Documented.Matches(page).Select(match => match.Groups[1].Value).Order(), instruments.Order());
        string[] expected =
        [
            "lines.delivered", "xsoar.polls", "call.duration", "realtime.reconnects", "lines.pending", "lines.refused", "lines.lag", "mirrors",
        ];
        lock (measured)
            Assert.Superset(expected.Select(name => "mattermostxsoar." + name).ToHashSet(StringComparer.Ordinal), measured);

        void Note(string name)
        {
            lock (measured)
                measured.Add(name);
        }
    }
}
