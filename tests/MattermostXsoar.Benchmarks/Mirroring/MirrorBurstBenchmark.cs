using System.Globalization;
using MattermostXsoar.Benchmarks.Measuring;
using MattermostXsoar.Sandbox.Faults;

namespace MattermostXsoar.Benchmarks.Mirroring;

/// <summary>Many lines at once in one mirror, each way.</summary>
internal sealed class MirrorBurstBenchmark : IBenchmark
{
    private const int Lines = 2000;
    private const int Repetitions = 15;
    private const int SlowLines = 400;
    private const int SlowRepetitions = 3;
    private const double Target = 0.8;

    // With fewer, floor and mirror still become faster from one burst to the next: the JIT compiles both several times
    // over.
    private const int WarmUp = 8;

    // Of the order of what was measured on a real server (original-integration.md: floor p50 6.9 ms).
    private static readonly TimeSpan RealServer = TimeSpan.FromMilliseconds(5);

    public string Name => "mirror-burst";

    public string Summary => "lines per second of a burst of 2,000 in one mirror, each way";

    public async Task RunAsync(Report report)
    {
        report.Describe(
            $"Lines per second of {Lines:N0} lines said at once in one mirror ({SlowLines} with slow servers), through a MirrorService with its",
            "listener connected, its options as delivered and its store on the disk, fully synchronised. Each burst has a mirror of its own.",
            "Chat to War Room: from before the first post is published until the last entry is accepted; the sandbox's work of publishing, the",
            "mirror's of recording, and its polls of the War Room, which bring the burst back to it, are counted. War Room to chat: from the",
            "first line that arrives until the last, since the mirror polls; the reading that finds them is asked for at once and printed apart.",
            "Floor: as many sequential POSTs of the same bodies with one HttpClient, nothing else going on. The sandbox runs in this process.",
            $"{Repetitions} repetitions ({SlowRepetitions} with slow servers), floor and mirror in turns, after {WarmUp} of warm-up; a ratio is the median of the repetitions' own."
        );

        report.Say(
            "first",
            "servers that take 5 ms a call, as real ones do (XSOAR: all calls; Mattermost: those that write posts); then the bare sandbox"
        );
        await CompareAsync(report, RealServer, new BurstSize(SlowLines, 1, SlowRepetitions), ", servers take 5 ms");
        await CompareAsync(report, TimeSpan.Zero, new BurstSize(Lines, WarmUp, Repetitions), "");
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
        using var bursts = new MirrorBursts(stage, size.Lines);
        Samples floorThere = new(),
            mirrorThere = new(),
            there = new(),
            floorBack = new(),
            mirrorBack = new(),
            back = new(),
            found = new();
        for (var i = -size.WarmUp; i < size.Repetitions; i++)
        {
            var (floorRate, mirrorRate) = (await bursts.PostEntriesAsync(), await bursts.SayInChatAsync());
            var (floorBackRate, mirrorBackRate) = (await bursts.PostPostsAsync(), await bursts.SayInWarRoomAsync());
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
            "lines/s",
            ("chat>room floor", floorThere),
            ("chat>room mirror", mirrorThere),
            ("ratio", there),
            ("room>chat floor", floorBack),
            ("room>chat mirror", mirrorBack),
            ("ratio", back)
        );
        report.Say(
            "War Room read and recorded until the first line arrives",
            string.Create(CultureInfo.InvariantCulture, $"minimum {found.Minimum:0} ms, median {found.Median:0} ms")
        );
        report.Ratio(there.Median, Target, moreIsBetter: true, "chat to War Room" + where);
        report.Ratio(back.Median, Target, moreIsBetter: true, "War Room to chat" + where);
    }

    private sealed record BurstSize(int Lines, int WarmUp, int Repetitions);
}
