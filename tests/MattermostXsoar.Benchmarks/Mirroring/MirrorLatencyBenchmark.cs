using System.Globalization;
using MattermostXsoar.Benchmarks.Measuring;

namespace MattermostXsoar.Benchmarks.Mirroring;

/// <summary>From a post in the chat to its entry in the War Room, one message at a time.</summary>
internal sealed class MirrorLatencyBenchmark : IBenchmark
{
    private const int Repetitions = 5;
    private const int Messages = 500;
    private const int WarmUp = 1000;
    private const int SlowMessages = 100;
    private const int Block = 25;

    // Of the order of what was measured on a real server (original-integration.md: floor p50 6.9 ms).
    private static readonly TimeSpan RealWarRoom = TimeSpan.FromMilliseconds(5);

    // People do not write within the same millisecond; the work for a message is done before the next one is posted.
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(2);

    public string Name => "mirror-latency";

    public string Summary => "a post in the chat until its entry is accepted by the War Room";

    public async Task RunAsync(Report report)
    {
        report.Describe(
            "Time from publishing a post until the XSOAR side has accepted its entry (the entry's time of creation), "
                + "through a MirrorService with its listener connected, default options and its store on disk, fully "
                + "synchronised.",
            "The sandbox runs in this process, for the floor as well. The mirror polls XSOAR all the time.",
            "Floor: a ClientWebSocket that reads frames and finds the post, and one HttpClient POST of the same body.",
            "For information: the same floor with one SQLite commit (WAL, synchronous=FULL) before the POST.",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Repetitions} repetitions of {Messages} messages each way ({SlowMessages} with the slow War Room), "
                    + $"in turns of {Block}; {Pace.TotalMilliseconds} ms between messages; {WarmUp} messages of "
                    + $"warm-up."
            )
        );

        report.Print(
            "first",
            "a War Room that takes 5 ms per call, as a real one does; then the bare sandbox, which takes a tenth of a "
                + "ms"
        );
        await CompareAsync(report, RealWarRoom, SlowMessages, SlowMessages, ", War Room takes 5 ms");
        await CompareAsync(report, TimeSpan.Zero, WarmUp, Messages, "");
    }

    private static async Task CompareAsync(Report report, TimeSpan warRoomTakes, int warmUp, int messages, string where)
    {
        await using var stage = await MirrorStage.StartAsync(warRoomTakes);
        await using var floor = await RawBridge.StartAsync(stage);
        var mirror = await stage.MirrorAsync();
        await MeasureAsync(stage, floor, mirror.ChannelId, mirror.InvestigationId, warmUp);

        Samples[] p50 = [new(), new(), new()];
        Samples[] p99 = [new(), new(), new()];
        for (var i = 0; i < Repetitions; i++)
        {
            var latencies = await MeasureAsync(stage, floor, mirror.ChannelId, mirror.InvestigationId, messages);
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
        report.Print(
            "against the floor with a commit",
            string.Create(
                CultureInfo.InvariantCulture,
                $"p50 {p50[2].Median / p50[1].Median:0.00}, p99 {p99[2].Median / p99[1].Median:0.00}"
            )
        );
        report.Ratio(p50[2].Median / p50[0].Median, 1.15, moreIsBetter: false, "p50" + where);
        report.Ratio(p99[2].Median / p99[0].Median, 1.5, moreIsBetter: false, "p99" + where);
    }

    // In turns, so that other load of the machine affects all three.
    private static async Task<Samples[]> MeasureAsync(
        MirrorStage stage,
        RawBridge floor,
        string channelId,
        string investigationId,
        int messages
    )
    {
        Samples[] latencies = [new(), new(), new()];
        for (var done = 0; done < messages; done += Block)
        {
            floor.Commits = false;
            await PostAsync(stage, floor.ChannelId, floor.InvestigationId, latencies[0]);
            floor.Commits = true;
            await PostAsync(stage, floor.ChannelId, floor.InvestigationId, latencies[1]);
            await PostAsync(stage, channelId, investigationId, latencies[2]);
        }

        return latencies;
    }

    private static async Task PostAsync(MirrorStage stage, string channelId, string investigationId, Samples latencies)
    {
        var entries = stage.Sandbox.Xsoar.Entries(investigationId).Count;
        for (var i = 0; i < Block; i++)
        {
            var posted = stage.Clock.GetUtcNow();
            stage.Sandbox.Mattermost.Post(
                MirrorStage.Person,
                channelId,
                $"The mail gateway has quarantined message {i}; headers are attached to the case."
            );
            await stage.EntriesAsync(investigationId, ++entries);
            latencies.Add(
                (stage.Sandbox.Xsoar.Entries(investigationId)[entries - 1].Created - posted).TotalMicroseconds
            );
            await Task.Delay(Pace, TimeProvider.System);
        }
    }
}
