using System.Globalization;
using MattermostXsoar.Benchmarks.Measuring;

namespace MattermostXsoar.Benchmarks.Mirroring;

/// <summary>From a post in the chat to its entry in the War Room, one line at a time.</summary>
internal sealed class MirrorLatencyBenchmark : IBenchmark
{
    private const int Repetitions = 5;
    private const int Lines = 500;
    private const int WarmUp = 1000;
    private const int SlowLines = 100;
    private const int Block = 25;

    // Of the order of what was measured on a real server (original-integration.md: floor p50 6.9 ms).
    private static readonly TimeSpan RealWarRoom = TimeSpan.FromMilliseconds(5);

    // People do not write within the same millisecond; what a line leaves to be done is done before the next one comes.
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(2);

    public string Name => "mirror-latency";

    public string Summary => "a post in the chat until its entry is accepted by the War Room";

    public async Task RunAsync(Report report)
    {
        report.Describe(
            "Time from publishing a post until the XSOAR side has accepted its entry (the time it gives the entry), through a",
            "MirrorService with its listener connected, its options as delivered and its store on the disk, fully synchronised.",
            "The sandbox runs in this process, for the floor as well. The mirror's polls of XSOAR go on all the time.",
            "Floor: a ClientWebSocket that reads frames and finds the post, and one HttpClient POST of the same body.",
            "For information: the same floor with one SQLite commit (WAL, synchronous=FULL) before the POST.",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Repetitions} repetitions of {Lines} lines each way ({SlowLines} with the slow War Room), in turns of {Block}; {Pace.TotalMilliseconds} ms between lines; {WarmUp} lines of warm-up."
            )
        );

        report.Say(
            "first",
            "a War Room that takes 5 ms a call, as a real one does; then the bare sandbox, which takes a tenth of one"
        );
        await CompareAsync(report, RealWarRoom, SlowLines, SlowLines, ", War Room takes 5 ms");
        await CompareAsync(report, TimeSpan.Zero, WarmUp, Lines, "");
    }

    private static async Task CompareAsync(Report report, TimeSpan warRoomTakes, int warmUp, int lines, string where)
    {
        await using var stage = await MirrorStage.StartAsync(warRoomTakes);
        await using var floor = await RawBridge.StartAsync(stage);
        var mirror = await stage.MirrorAsync();
        await MeasureAsync(stage, floor, mirror.ChannelId, mirror.InvestigationId, warmUp);

        Samples[] p50 = [new(), new(), new()];
        Samples[] p99 = [new(), new(), new()];
        for (var i = 0; i < Repetitions; i++)
        {
            var latencies = await MeasureAsync(stage, floor, mirror.ChannelId, mirror.InvestigationId, lines);
            for (var way = 0; way < latencies.Length; way++)
            {
                p50[way].Add(latencies[way].Percentile(50));
                p99[way].Add(latencies[way].Percentile(99));
            }
        }

        report.Table(
            "us",
            ("floor p50", p50[0]),
            ("floor+commit p50", p50[1]),
            ("mirror p50", p50[2]),
            ("floor p99", p99[0]),
            ("floor+commit p99", p99[1]),
            ("mirror p99", p99[2])
        );
        report.Say(
            "against the floor with a commit",
            string.Create(
                CultureInfo.InvariantCulture,
                $"p50 {p50[2].Median / p50[1].Median:0.00}, p99 {p99[2].Median / p99[1].Median:0.00}"
            )
        );
        report.Ratio(p50[2].Median / p50[0].Median, 1.15, moreIsBetter: false, "p50" + where);
        report.Ratio(p99[2].Median / p99[0].Median, 1.5, moreIsBetter: false, "p99" + where);
    }

    // In turns, so that whatever else the machine does meets all three.
    private static async Task<Samples[]> MeasureAsync(
        MirrorStage stage,
        RawBridge floor,
        string channelId,
        string investigationId,
        int lines
    )
    {
        Samples[] latencies = [new(), new(), new()];
        for (var done = 0; done < lines; done += Block)
        {
            floor.Commits = false;
            await SayAsync(stage, floor.ChannelId, floor.InvestigationId, latencies[0]);
            floor.Commits = true;
            await SayAsync(stage, floor.ChannelId, floor.InvestigationId, latencies[1]);
            await SayAsync(stage, channelId, investigationId, latencies[2]);
        }

        return latencies;
    }

    private static async Task SayAsync(MirrorStage stage, string channelId, string investigationId, Samples latencies)
    {
        var entries = stage.Sandbox.Xsoar.Entries(investigationId).Count;
        for (var i = 0; i < Block; i++)
        {
            var said = stage.Clock.GetUtcNow();
            stage.Sandbox.Mattermost.Post(
                MirrorStage.Person,
                channelId,
                $"The mail gateway has quarantined message {i}; headers are attached to the case."
            );
            await stage.EntriesAsync(investigationId, ++entries);
            latencies.Add((stage.Sandbox.Xsoar.Entries(investigationId)[entries - 1].Created - said).TotalMicroseconds);
            await Task.Delay(Pace, TimeProvider.System);
        }
    }
}
