using System.Globalization;
using MattermostXsoar.Benchmarks.Measuring;
using MattermostXsoar.Core.Mirroring.Models;

namespace MattermostXsoar.Benchmarks.Mirroring;

/// <summary>Whether a listener's memory grows with the lines that it carries.</summary>
/// <param name="isShort">Whether fewer lines will do.</param>
internal sealed class MirrorSoakBenchmark(bool isShort) : IBenchmark
{
    private const double Target = 1.2;
    private const int Collections = 10;
    private const int Points = 3;

    private static readonly TimeSpan BetweenSamples = TimeSpan.FromMilliseconds(300);

    private readonly int _lines = isShort ? 10_000 : 100_000;

    // By then what has a limit is full: most of all the 6,000 newest entries of which the mirror remembers the id.
    private readonly int _first = isShort ? 5_000 : 10_000;

    public string Name => "mirror-soak";

    public string Summary => "memory over 100,000 mirrored lines; --short for 10,000";

    public async Task RunAsync(Report report)
    {
        report.Describe(
            $"{_lines:N0} lines through one mirror, half of them each way, in portions of {SoakServer.Portion:N0}; the sandbox runs in a process of its own. At each tenth, with",
            $"all lines carried: managed memory, the least of {Collections} full collections over {Collections * BetweenSamples.TotalSeconds:0} s (a reading of the War Room that is under way holds two minutes of",
            "entries for a moment; what is kept is in every sample); what the process has of the machine's memory; the state file and its WAL.",
            $"Floor: the median of the first {Points} such points from {_first:N0} lines on; against it the median of the last {Points} (what the pools of the",
            $"framework hold at the time goes up and down by megabytes). 100 bytes kept of each line would be {(_lines - _first) * 100 / 1048576.0:0.0} MB.");

        await using var server = await SoakServer.StartAsync();
        await using var stage = await SoakStage.StartAsync(server.Address);
        await server.SayAsync("mirrored " + stage.ChannelId);
        var started = TimeProvider.System.GetTimestamp();
        var heaps = new List<double>();
        for (var said = 0; said < _lines;)
        {
            await server.SayAsync("talk");
            said += SoakServer.Portion;
            if (said % (_lines / 10) != 0 && said != _first)
                continue;
            var heap = await HeapAsync();
            if (said >= _first)
                heaps.Add(heap);
            report.Say($"{said,7:N0} lines", string.Create(
                CultureInfo.InvariantCulture,
                $"{heap:0.00} MB managed, {PeakMemory.Megabytes(Environment.WorkingSet):0} MB of the machine; state file {PeakMemory.Megabytes(stage.StateBytes):0.0} MB, WAL {PeakMemory.Megabytes(stage.WalBytes):0.0} MB; {TimeProvider.System.GetElapsedTime(started).TotalSeconds:0} s, {stage.View()}"));
        }

        report.Ratio(Median(heaps.TakeLast(Points)) / Median(heaps.Take(Points)), Target, moreIsBetter: false);
    }

    private static double Median(IEnumerable<double> heaps) => heaps.Order().ElementAt(Points / 2);

    private static async Task<double> HeapAsync()
    {
        var least = double.MaxValue;
        for (var i = 0; i < Collections; i++)
        {
            await Task.Delay(BetweenSamples, TimeProvider.System);
            least = Math.Min(least, PeakMemory.Megabytes(GC.GetTotalMemory(forceFullCollection: true)));
        }

        return least;
    }
}
