using System.Globalization;
using MattermostXsoar.Benchmarks.Measuring;
using MattermostXsoar.Core.Mirroring.Models;

namespace MattermostXsoar.Benchmarks.Mirroring;

/// <summary>Many lines at once in one mirror, each way.</summary>
internal sealed class MirrorBurstBenchmark : IBenchmark
{
    private const int Repetitions = 5;
    private const int Lines = 2000;
    private const double Target = 0.8;

    public string Name => "mirror-burst";

    public string Summary => "lines per second of a burst of 2,000 in one mirror, each way";

    public async Task RunAsync(Report report)
    {
        report.Describe(
            "Lines per second of 2,000 lines said at once in one mirror, through a MirrorService with its listener connected, its",
            "options as delivered and its store on the disk, fully synchronised. Each repetition has a mirror of its own.",
            "Chat to War Room: from the first post on. War Room to chat: from the first line that arrives on, since the mirror polls;",
            "the reading that finds the lines is asked for at once, and its time is printed apart.",
            "Floor: 2,000 sequential POSTs of the same bodies with one HttpClient. The sandbox runs in this process.",
            $"{Repetitions} repetitions, floor and mirror in turns, after one of warm-up.");

        await using var stage = await MirrorStage.StartAsync();
        using var toWarRoom = RawClient.ToWarRoom(stage.Sandbox);
        using var toChat = RawClient.ToChat(stage.Sandbox);
        Samples floorThere = new(), mirrorThere = new(), floorBack = new(), mirrorBack = new(), found = new();
        for (var i = 0; i <= Repetitions; i++)
        {
            var there = (Floor: await PostEntriesAsync(stage, toWarRoom), Mirror: await SayInChatAsync(stage));
            var back = (Floor: await PostPostsAsync(stage, toChat), Mirror: await SayInWarRoomAsync(stage));
            if (i == 0)
                continue;
            floorThere.Add(there.Floor);
            mirrorThere.Add(there.Mirror);
            floorBack.Add(back.Floor);
            mirrorBack.Add(back.Mirror.Rate);
            found.Add(back.Mirror.Found.TotalMilliseconds);
        }

        report.Table("lines/s", ("chat>room floor", floorThere), ("chat>room mirror", mirrorThere), ("room>chat floor", floorBack), ("room>chat mirror", mirrorBack));
        report.Say("War Room read and recorded until the first line arrives", string.Create(
            CultureInfo.InvariantCulture, $"minimum {found.Minimum:0} ms, median {found.Median:0} ms"));
        var chatToWarRoom = mirrorThere.Median / floorThere.Median;
        var warRoomToChat = mirrorBack.Median / floorBack.Median;
        report.Ratio(chatToWarRoom, Target, moreIsBetter: true, "chat to War Room");
        report.Ratio(warRoomToChat, Target, moreIsBetter: true, "War Room to chat");
        report.Ratio(Math.Min(chatToWarRoom, warRoomToChat), Target, moreIsBetter: true);
    }

    private static string Line(int number) => $"Line {number}: the mail gateway has quarantined a message; headers are attached to the case.";

    private static double Rate(TimeSpan time) => Lines / time.TotalSeconds;

    private static async Task<double> PostEntriesAsync(MirrorStage stage, RawClient client)
    {
        var investigationId = stage.Sandbox.Xsoar.CreateIncident("Floor");
        var bodies = Enumerable.Range(0, Lines)
            .Select(i => RawClient.EntryBody(stage.Sandbox, investigationId, "jgdk8imjmpnktg3pzr1w1nz1cy", Line(i)))
            .ToList();
        return await PostAllAsync(client, bodies);
    }

    private static async Task<double> PostPostsAsync(MirrorStage stage, RawClient client)
    {
        var investigationId = stage.Sandbox.Xsoar.CreateIncident("Floor");
        var channel = stage.Sandbox.Mattermost.CreateChannel("admin", "floor-" + investigationId, "Floor", "P");
        stage.Sandbox.Mattermost.AddMember(channel.Id, "xsoarbot");
        var bodies = Enumerable.Range(0, Lines)
            .Select(i => RawClient.PostBody(channel.Id, investigationId, $"{i}@{investigationId}", "admin", Line(i)))
            .ToList();
        return await PostAllAsync(client, bodies);
    }

    private static async Task<double> PostAllAsync(RawClient client, List<byte[]> bodies)
    {
        var started = TimeProvider.System.GetTimestamp();
        foreach (var body in bodies)
            await client.PostAsync(body);
        return Rate(TimeProvider.System.GetElapsedTime(started));
    }

    private static async Task<double> SayInChatAsync(MirrorStage stage)
    {
        var mirror = await stage.MirrorAsync();
        var before = stage.Sandbox.Xsoar.Entries(mirror.InvestigationId).Count;
        var started = stage.Clock.GetUtcNow();
        for (var i = 0; i < Lines; i++)
            stage.Sandbox.Mattermost.Post(MirrorStage.Person, mirror.ChannelId, Line(i));
        await WhenAsync(() => stage.Sandbox.Xsoar.Entries(mirror.InvestigationId).Count >= before + Lines);
        var rate = Rate(stage.Sandbox.Xsoar.Entries(mirror.InvestigationId)[before + Lines - 1].Created - started);
        await stage.EndAsync(mirror);
        return rate;
    }

    private static async Task<(double Rate, TimeSpan Found)> SayInWarRoomAsync(MirrorStage stage)
    {
        var mirror = await stage.MirrorAsync();
        var before = Arrived(stage, mirror);
        for (var i = 0; i < Lines; i++)
            stage.Sandbox.Xsoar.AddEntry(mirror.InvestigationId, "admin", Line(i));
        var started = stage.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        var synchronizing = stage.SynchronizeAsync(mirror.InvestigationId);
        await WhenAsync(() => Arrived(stage, mirror) >= before + Lines);
        await synchronizing;
        await stage.EndAsync(mirror);
        var arrived = stage.Sandbox.Mattermost.Messages(mirror.ChannelId).TakeLast(Lines).ToList();
        var rate = Rate(TimeSpan.FromMilliseconds(arrived[^1].CreateAt - arrived[0].CreateAt));
        return (rate, TimeSpan.FromMilliseconds(arrived[0].CreateAt - started));
    }

    // Looks now and then: to be told of every line would be work that the floor has not.
    private static async Task WhenAsync(Func<bool> condition)
    {
        while (!condition())
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
    }

    private static long Arrived(MirrorStage stage, MattermostMirror mirror) => stage.Sandbox.Mattermost.Channel(mirror.ChannelId).TotalMessageCount;
}
