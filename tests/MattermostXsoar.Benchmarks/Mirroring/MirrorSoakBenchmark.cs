using System.Globalization;
using MattermostXsoar.Benchmarks.Measuring;

namespace MattermostXsoar.Benchmarks.Mirroring;

/// <summary>Whether a listener's memory grows with the lines that it carries.</summary>
/// <param name="isShort">Whether fewer lines will do.</param>
internal sealed class MirrorSoakBenchmark(bool isShort) : IBenchmark
{
    // A hundred bytes kept of each line are a leak; a buffer of a megabyte that a pool does not give back is none.
    private const double Leak = 100;
    private const double Target = 0.25;
    private const int Collections = 15;

    // The framework's pools give back what nobody took for a minute, if there are collections meanwhile.
    private readonly TimeSpan _rest = TimeSpan.FromSeconds(isShort ? 3 : 90);

    private readonly int _lines = isShort ? 10_000 : 100_000;

    // By then what has a limit is full: most of all the 6,000 newest entries of which the mirror remembers the id.
    private readonly int _first = isShort ? 5_000 : 10_000;

    public string Name => "mirror-soak";

    public string Summary => "memory over 100,000 mirrored lines; --short for 10,000";

    public async Task RunAsync(Report report)
    {
        report.Describe(
            $"{_lines:N0} lines through one mirror, half of them each way, in portions of {SoakServer.Portion:N0}; the sandbox runs in a process of its own. At each tenth, with",
            "all lines carried: managed memory after a full collection, a reading that is under way and the framework's pools included; what the process",
            "has of the machine's memory; the state file and its WAL. Those of a week stay in the state file.",
            $"Floor: managed memory after the first {_first:N0} lines and {_rest.TotalSeconds:0} s of rest, in which the pools let go, the least of {Collections} full collections; above it,",
            $"the same at the end. It is measured against a leak of {Leak} bytes of each line, {PeakMemory.Megabytes((long)((_lines - _first) * Leak)):0.0} MB. With --short the pools have not let go: no ratio."
        );

        await using var server = await SoakServer.StartAsync();
        await using var stage = await SoakStage.StartAsync(server.Address);
        await server.SayAsync("mirrored " + stage.ChannelId);
        var started = TimeProvider.System.GetTimestamp();
        var first = 0.0;
        for (var said = 0; said < _lines; )
        {
            await server.SayAsync("talk");
            said += SoakServer.Portion;
            if (said % (_lines / 10) == 0)
                Show(report, stage, said, started);
            if (said == _first)
                first = await RestAsync(report);
        }

        var last = await RestAsync(report);
        if (!isShort)
            report.Ratio(
                (last - first) * 1024 * 1024 / ((_lines - _first) * Leak),
                Target,
                moreIsBetter: false,
                $"growth over {Leak} bytes a line"
            );
    }

    private static void Show(Report report, SoakStage stage, int said, long started) =>
        report.Say(
            $"{said, 7:N0} lines",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Heap():0.00} MB managed, {PeakMemory.Megabytes(Environment.WorkingSet):0} MB of the machine; state file {PeakMemory.Megabytes(stage.StateBytes):0.0} MB, WAL {PeakMemory.Megabytes(stage.WalBytes):0.0} MB; {TimeProvider.System.GetElapsedTime(started).TotalSeconds:0} s, {stage.View()}"
            )
        );

    private static double Heap() => PeakMemory.Megabytes(GC.GetTotalMemory(forceFullCollection: true));

    private async Task<double> RestAsync(Report report)
    {
        var least = double.MaxValue;
        for (var i = 0; i < Collections; i++)
        {
            await Task.Delay(_rest / Collections, TimeProvider.System);
            least = Math.Min(least, Heap());
        }

        report.Say("at rest", string.Create(CultureInfo.InvariantCulture, $"{least:0.00} MB managed"));
        return least;
    }
}
