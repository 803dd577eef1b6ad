using System.Globalization;
using MattermostXsoar.Benchmarks.Measuring;

namespace MattermostXsoar.Benchmarks.Mirroring;

/// <summary>Whether a listener's memory grows with the number of mirrored messages.</summary>
/// <param name="isShort">Whether to use fewer messages.</param>
internal sealed class MirrorSoakBenchmark(bool isShort) : IBenchmark
{
    // A hundred bytes kept per message are a leak; a buffer of a megabyte that stays in a pool is not.
    private const double Leak = 100;
    private const double Target = 0.25;
    private const int Collections = 15;

    // The framework's pools release buffers that were unused for a minute, if there are collections meanwhile.
    private readonly TimeSpan _rest = TimeSpan.FromSeconds(isShort ? 3 : 90);

    private readonly int _messages = isShort ? 10_000 : 100_000;

    // By then everything with a limit is full, in particular the ids of the 6,000 newest entries that the mirror
    // remembers.
    private readonly int _first = isShort ? 5_000 : 10_000;

    public string Name => "mirror-soak";

    public string Summary => "memory over 100,000 mirrored messages; --short for 10,000";

    public async Task RunAsync(Report report)
    {
        report.Describe(
            $"{_messages:N0} messages through one mirror, half of them each way, in portions of "
                + $"{SoakServer.Portion:N0}; the sandbox runs in a process of its own.",
            "At each tenth, with all messages mirrored: managed memory after a full collection, including a reading "
                + "in progress and the framework's pools; the memory of the process; the state file, which keeps a "
                + "week, and its WAL.",
            $"Floor: managed memory after the first {_first:N0} messages and {_rest.TotalSeconds:0} s of rest, in "
                + $"which the pools are trimmed, the least of {Collections} full collections; compared with the same "
                + "at the end.",
            $"The target is relative to a leak of {Leak} bytes per message, "
                + $"{PeakMemory.Megabytes((long)((_messages - _first) * Leak)):0.0} MB. With --short the pools are not "
                + "trimmed: no ratio."
        );

        await using var server = await SoakServer.StartAsync();
        await using var stage = await SoakStage.StartAsync(server.Address);
        await server.SendAsync("mirrored " + stage.ChannelId);
        var started = TimeProvider.System.GetTimestamp();
        var first = 0.0;
        for (var written = 0; written < _messages; )
        {
            await server.SendAsync("write");
            written += SoakServer.Portion;
            if (written % (_messages / 10) == 0)
                Show(report, stage, written, started);
            if (written == _first)
                first = await RestAsync(report);
        }

        var last = await RestAsync(report);
        if (!isShort)
            report.Ratio(
                (last - first) * 1024 * 1024 / ((_messages - _first) * Leak),
                Target,
                moreIsBetter: false,
                $"growth over {Leak} bytes per message"
            );
    }

    private static void Show(Report report, SoakStage stage, int written, long started) =>
        report.Print(
            $"{written, 7:N0} messages",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Heap():0.00} MB managed, {PeakMemory.Megabytes(Environment.WorkingSet):0} MB in the process; state "
                    + $"file {PeakMemory.Megabytes(stage.StateBytes):0.0} MB, WAL "
                    + $"{PeakMemory.Megabytes(stage.WalBytes):0.0} MB; "
                    + $"{TimeProvider.System.GetElapsedTime(started).TotalSeconds:0} s, {stage.View()}"
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

        report.Print("at rest", string.Create(CultureInfo.InvariantCulture, $"{least:0.00} MB managed"));
        return least;
    }
}
