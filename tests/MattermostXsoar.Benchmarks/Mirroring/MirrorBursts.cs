using MattermostXsoar.Core.Mirroring.Models;

namespace MattermostXsoar.Benchmarks.Mirroring;

/// <summary>Bursts of messages on a stage, through a mirror and by plain POSTs; each returns its messages per
/// second.</summary>
internal sealed class MirrorBursts(MirrorStage stage, int messages) : IDisposable
{
    private readonly RawClient _toWarRoom = RawClient.ChatToWarRoom(stage.Sandbox);
    private readonly RawClient _toChat = RawClient.WarRoomToChat(stage.Sandbox);

    /// <summary>The floor: the entries of a burst in the chat.</summary>
    public Task<double> PostEntriesAsync()
    {
        var investigationId = stage.Sandbox.Xsoar.CreateIncident("Floor");
        return PostAllAsync(
            _toWarRoom,
            i => RawClient.EntryBody(stage.Sandbox, investigationId, "jgdk8imjmpnktg3pzr1w1nz1cy", Text(i))
        );
    }

    /// <summary>The floor: the posts of a burst in the War Room.</summary>
    public Task<double> PostPostsAsync()
    {
        var investigationId = stage.Sandbox.Xsoar.CreateIncident("Floor");
        var channel = stage.Sandbox.Mattermost.CreateChannel("admin", "floor-" + investigationId, "Floor", "P");
        stage.Sandbox.Mattermost.AddMember(channel.Id, "xsoarbot");
        return PostAllAsync(
            _toChat,
            i => RawClient.PostBody(channel.Id, investigationId, $"{i}@{investigationId}", "admin", Text(i))
        );
    }

    /// <summary>A burst in the chat, until it is in the War Room.</summary>
    public async Task<double> WriteInChatAsync()
    {
        var mirror = await stage.MirrorAsync();
        var before = stage.Sandbox.Xsoar.Entries(mirror.InvestigationId).Count;
        var started = stage.Clock.GetUtcNow();
        for (var i = 0; i < messages; i++)
            stage.Sandbox.Mattermost.Post(MirrorStage.Person, mirror.ChannelId, Text(i));
        await WhenAsync(() => stage.Sandbox.Xsoar.Entries(mirror.InvestigationId).Count >= before + messages);
        var rate = Rate(stage.Sandbox.Xsoar.Entries(mirror.InvestigationId)[before + messages - 1].Created - started);
        await stage.EndAsync(mirror);
        return rate;
    }

    /// <summary>A burst in the War Room, from the first message that arrives in the chat to the last; and how long it
    /// took until the first one arrived.</summary>
    public async Task<(double Rate, TimeSpan Found)> WriteInWarRoomAsync()
    {
        var mirror = await stage.MirrorAsync();
        var before = Arrived(mirror);
        for (var i = 0; i < messages; i++)
            stage.Sandbox.Xsoar.AddEntry(mirror.InvestigationId, "admin", Text(i));
        var started = stage.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        var synchronizing = stage.SynchronizeAsync(mirror.InvestigationId);
        await WhenAsync(() => Arrived(mirror) >= before + messages);
        await synchronizing;
        await stage.EndAsync(mirror);
        var arrived = stage.Sandbox.Mattermost.Messages(mirror.ChannelId).TakeLast(messages).ToList();
        var rate = Rate(TimeSpan.FromMilliseconds(arrived[^1].CreateAt - arrived[0].CreateAt));
        return (rate, TimeSpan.FromMilliseconds(arrived[0].CreateAt - started));
    }

    public void Dispose()
    {
        _toWarRoom.Dispose();
        _toChat.Dispose();
    }

    private static string Text(int number) =>
        $"Message {number}: the mail gateway has quarantined a message; headers are attached to the case.";

    // Polls: a notification about every message would be work that the floor does not have.
    private static async Task WhenAsync(Func<bool> condition)
    {
        while (!condition())
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
    }

    private async Task<double> PostAllAsync(RawClient client, Func<int, byte[]> body)
    {
        var bodies = Enumerable.Range(0, messages).Select(body).ToList();
        var started = TimeProvider.System.GetTimestamp();
        foreach (var one in bodies)
            await client.PostAsync(one);
        return Rate(TimeProvider.System.GetElapsedTime(started));
    }

    private double Rate(TimeSpan time) => messages / time.TotalSeconds;

    private long Arrived(MattermostMirror mirror) =>
        stage.Sandbox.Mattermost.Channel(mirror.ChannelId).TotalMessageCount;
}
