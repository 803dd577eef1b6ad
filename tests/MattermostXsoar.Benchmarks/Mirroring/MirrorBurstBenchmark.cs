using System.Globalization;
using MattermostXsoar.Benchmarks.Measuring;
using MattermostXsoar.Sandbox.Faults;

namespace MattermostXsoar.Benchmarks.Mirroring;

/// <summary>Many messages at once in one mirror, each way.</summary>
internal sealed class MirrorBurstBenchmark : IBenchmark
{
    private const int Messages = 2000;
    private const int Repetitions = 15;
    private const int SlowMessages = 400;
    private const int SlowRepetitions = 3;
    private const double Target = 0.8;

    // With fewer, floor and mirror still become faster from one burst to the next, because the JIT compiles both
    // several times.
    private const int WarmUp = 8;

    // Of the order of what was measured on a real server (original-integration.md: floor p50 6.9 ms).
    private static readonly TimeSpan RealServer = TimeSpan.FromMilliseconds(5);

    public string Name => "mirror-burst";

    public string Summary => "messages per second of a burst of 2,000 in one mirror, each way";

    public async Task RunAsync(Report report)
    {
        report.Describe(
            $"Messages per second of {Messages:N0} messages written at once in one mirror ({SlowMessages} with slow "
                + "servers), through a MirrorService with its listener connected, default options and its store on "
                + "disk, fully synchronised.",
            "Each burst has a mirror of its own. Chat to War Room: from before the first post is published until the "
                + "last entry is accepted; this includes the sandbox's publishing, the mirror's recording, and its "
                + "polls of the War Room, which read the burst again.",
            "War Room to chat: from the first message that arrives until the last, since the mirror polls; the "
                + "reading that finds them is requested at once and printed separately.",
            "Floor: the same number of sequential POSTs of the same bodies with one HttpClient. The sandbox runs in "
                + "this process.",
            $"{Repetitions} repetitions ({SlowRepetitions} with slow servers), floor and mirror in turns, after "
                + $"{WarmUp} of warm-up; a ratio is the median of the ratios of the repetitions."
        );

        report.Print(
            "first",
            "servers that take 5 ms per call, as real ones do (XSOAR: all calls; Mattermost: those that create "
                + "posts); then the bare sandbox"
        );
        await CompareAsync(report, RealServer, new BurstSize(SlowMessages, 1, SlowRepetitions), ", servers take 5 ms");
        await CompareAsync(report, TimeSpan.Zero, new BurstSize(Messages, WarmUp, Repetitions), "");
    }

    private static async Task CompareAsync(Report report, TimeSpan serversTake, BurstSize size, string where)
    {
        await using var stage = await MirrorStage.StartAsync(serversTake);
        if (serversTake > TimeSpan.Zero)
            stage.Sandbox.Faults.Add(
                new Fault
                {
                    Server = "mattermost",
                    Method = "POST",
                    PathPattern = "^/api/v4/posts$",
                    Kind = FaultKind.Delay,
                    Delay = serversTake,
                    Count = int.MaxValue,
                }
            );
        using var bursts = new MirrorBursts(stage, size.Messages);
        Samples floorThere = new(),
            mirrorThere = new(),
            there = new(),
            floorBack = new(),
            mirrorBack = new(),
            back = new(),
            found = new();
        for (var i = -size.WarmUp; i < size.Repetitions; i++)
        {
            var (floorRate, mirrorRate) = (await bursts.PostEntriesAsync(), await bursts.WriteInChatAsync());
            var (floorBackRate, mirrorBackRate) = (await bursts.PostPostsAsync(), await bursts.WriteInWarRoomAsync());
            if (i < 0)
                continue;
            floorThere.Add(floorRate);
            mirrorThere.Add(mirrorRate);
            there.Add(mirrorRate / floorRate);
            floorBack.Add(floorBackRate);
            mirrorBack.Add(mirrorBackRate.Rate);
            back.Add(mirrorBackRate.Rate / floorBackRate);
            found.Add(mirrorBackRate.Found.TotalMilliseconds);
        }

        report.Table(
            "messages/s",
            ("chat>room floor", floorThere),
            ("chat>room mirror", mirrorThere),
            ("ratio", there),
            ("room>chat floor", floorBack),
            ("room>chat mirror", mirrorBack),
            ("ratio", back)
        );
        report.Print(
            "War Room read and recorded until the first message arrives",
            string.Create(CultureInfo.InvariantCulture, $"minimum {found.Minimum:0} ms, median {found.Median:0} ms")
        );
        report.Ratio(there.Median, Target, moreIsBetter: true, "chat to War Room" + where);
        report.Ratio(back.Median, Target, moreIsBetter: true, "War Room to chat" + where);
    }

    private sealed record BurstSize(int Messages, int WarmUp, int Repetitions);
}
