using System.Diagnostics;
using System.Globalization;
using MattermostXsoar.Benchmarks.Measuring;

namespace MattermostXsoar.Benchmarks.Mirroring;

/// <summary>The cost of idle mirrors.</summary>
/// <param name="isShort">Whether to use fewer mirrors and a shorter time.</param>
internal sealed class MirrorIdleBenchmark(bool isShort) : IBenchmark
{
    private const double MostRequests = 1;
    private const double MostMegabytes = 64;
    private const double MostProcessor = 2;

    private readonly int _mirrors = isShort ? 100 : 1000;
    private readonly TimeSpan _settling = TimeSpan.FromSeconds(isShort ? 3 : 30);
    private readonly TimeSpan _look = TimeSpan.FromSeconds(isShort ? 3 : 60);

    public string Name => "mirror-idle";

    public string Summary => "1,000 idle mirrors: requests, memory, processor; --short for 100 and a few seconds";

    public async Task RunAsync(Report report)
    {
        report.Describe(
            $"A listener with {_mirrors:N0} idle mirrors and default options, measured for {_look.TotalSeconds:0} s "
                + $"after {_settling.TotalSeconds:0} s of settling:",
            "requests to XSOAR, managed memory after a full collection, processor time of the whole process including "
                + "the sandbox.",
            "Floor: a listener with one mirror on the same sandbox, which has all investigations and channels both "
                + "times."
        );

        await using var stage = await MirrorStage.StartAsync(recordedCalls: 100_000);
        var ids = Enumerable.Range(0, _mirrors).Select(_ => stage.Sandbox.Xsoar.CreateIncident("Idle")).ToList();
        await stage.ContinueAsync("many.db", noListener: true);
        foreach (var id in ids)
            await stage.MirrorAsync(id);
        await stage.ContinueAsync("one.db", noListener: true);
        await stage.MirrorAsync(ids[0]);
        var one = await LookAsync(stage, "one.db");
        var many = await LookAsync(stage, "many.db");

        foreach (var (title, figures) in new[] { ("one mirror", one), ($"{_mirrors:N0} mirrors", many) })
        {
            report.Print(
                title,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{figures.ToXsoar:0.00} requests/s to XSOAR, {figures.ToMattermost:0.00} to Mattermost, "
                        + $"{figures.Megabytes:0.0} MB, {figures.Processor:0.00} % of one core"
                )
            );
        }

        report.Ratio(
            many.ToXsoar / MostRequests,
            1,
            moreIsBetter: false,
            $"requests per second to XSOAR over {MostRequests:0}"
        );
        report.Ratio(
            (many.Megabytes - one.Megabytes) / MostMegabytes,
            1,
            moreIsBetter: false,
            $"MB more than one mirror over {MostMegabytes:0}"
        );
        report.Ratio(many.Processor / MostProcessor, 1, moreIsBetter: false, $"% of one core over {MostProcessor:0}");
    }

    private async Task<(double ToXsoar, double ToMattermost, double Megabytes, double Processor)> LookAsync(
        MirrorStage stage,
        string store
    )
    {
        await stage.ContinueAsync(store, noListener: false);
        await stage.ListenAsync();
        await Task.Delay(_settling, TimeProvider.System);
        var calls = stage.Sandbox.Calls;
        var (toXsoar, toMattermost, processor) = (calls.CountOf("xsoar"), calls.CountOf("mattermost"), Processor());
        var started = TimeProvider.System.GetTimestamp();
        await Task.Delay(_look, TimeProvider.System);
        var seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        var used = (Processor() - processor).TotalSeconds;
        return (
            (calls.CountOf("xsoar") - toXsoar) / seconds,
            (calls.CountOf("mattermost") - toMattermost) / seconds,
            GC.GetTotalMemory(forceFullCollection: true) / 1048576.0,
            100 * used / seconds
        );
    }

    private static TimeSpan Processor()
    {
        using var self = Process.GetCurrentProcess();
        return self.TotalProcessorTime;
    }
}
