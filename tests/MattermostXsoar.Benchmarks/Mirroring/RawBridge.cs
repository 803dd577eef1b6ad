using MattermostXsoar.Sandbox;

namespace MattermostXsoar.Benchmarks.Mirroring;

/// <summary>
/// The floor of the latency: reads frames and writes each post of its channel into a War Room, with nothing in between
/// but an optional commit. It has no state, no retries, and stops at the first error.
/// </summary>
internal sealed class RawBridge : IAsyncDisposable
{
    private readonly RawListener _listener;
    private readonly RawClient _client;
    private readonly CommitLog _log;
    private readonly Task _running;
    private readonly SandboxServer _sandbox;

    private RawBridge(
        SandboxServer sandbox,
        RawListener listener,
        string channelId,
        string investigationId,
        CommitLog log
    )
    {
        _sandbox = sandbox;
        _listener = listener;
        _log = log;
        _client = RawClient.ChatToWarRoom(sandbox);
        ChannelId = channelId;
        InvestigationId = investigationId;
        _running = RunAsync();
    }

    public string ChannelId { get; }

    public string InvestigationId { get; }

    /// <summary>Whether each message is committed before it is sent.</summary>
    public bool Commits { get; set; }

    public static async Task<RawBridge> StartAsync(MirrorStage stage)
    {
        var channel = stage.Sandbox.Mattermost.CreateChannel("admin", "floor", "Floor", "P");
        stage.Sandbox.Mattermost.AddMember(channel.Id, MirrorStage.Person);
        var listener = await RawListener.StartAsync(stage.Sandbox);
        return new RawBridge(
            stage.Sandbox,
            listener,
            channel.Id,
            stage.Sandbox.Xsoar.CreateIncident("Floor"),
            new CommitLog(stage.File("floor.db"))
        );
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await Task.WhenAny(_running);
        _client.Dispose();
        _log.Dispose();
    }

    private async Task RunAsync()
    {
        while (true)
        {
            var post = await _listener.NextPostAsync();
            if (post.ChannelId != ChannelId)
                continue;
            var body = RawClient.EntryBody(_sandbox, InvestigationId, post.Id, post.Message);
            if (Commits)
                _log.Write(body);
            await _client.PostAsync(body);
        }
    }
}
