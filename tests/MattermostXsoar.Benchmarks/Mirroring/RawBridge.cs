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
    private readonly CommitLog? _log;
    private readonly Task _running;
    private readonly Uri _mattermost;
    private readonly string _team;

    private RawBridge(
        (Uri Uri, string Team) mattermost,
        RawClient client,
        RawListener listener,
        string channelId,
        string investigationId,
        CommitLog? log
    )
    {
        (_mattermost, _team) = mattermost;
        _listener = listener;
        _log = log;
        _client = client;
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
            (stage.Sandbox.MattermostUri, stage.Sandbox.TeamName),
            RawClient.ChatToWarRoom(stage.Sandbox),
            listener,
            channel.Id,
            stage.Sandbox.Xsoar.CreateIncident("Floor"),
            new CommitLog(stage.File("floor.db"))
        );
    }

    /// <summary>On a sandbox in another process; without commits.</summary>
    public static async Task<RawBridge> StartAsync(SoakAddress address, string channelId, string investigationId) =>
        new(
            (address.Mattermost, address.Team),
            RawClient.ChatToWarRoom(address.Xsoar, address.ApiKey),
            await RawListener.StartAsync(address.Mattermost, address.PersonalToken),
            channelId,
            investigationId,
            null
        );

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await Task.WhenAny(_running);
        _client.Dispose();
        _log?.Dispose();
    }

    private async Task RunAsync()
    {
        while (true)
        {
            var post = await _listener.NextPostAsync();
            if (post.ChannelId != ChannelId)
                continue;
            var body = RawClient.EntryBody(_mattermost, _team, InvestigationId, post.Id, post.Message);
            if (Commits)
                _log?.Write(body);
            await _client.PostAsync(body);
        }
    }
}
