using System.Runtime.CompilerServices;
using System.Text.Json;
using MattermostXsoar.Sandbox.Mattermost.Model;
using MattermostXsoar.Sandbox.Xsoar.Model;

namespace MattermostXsoar.Sandbox.Page;

/// <summary>What one viewer sees, what was sent to them, and the messages with the changes.</summary>
internal sealed class LiveView
{
    private readonly SandboxServer _sandbox;
    private readonly CrossingLedger _ledger;
    private readonly LineViews _lines;
    private readonly LineWindow<SandboxPost> _posts = new(static post => post.Id);
    private readonly LineWindow<SandboxEntry> _entries = new(static entry => entry.Id);
    private readonly Dictionary<string, byte[]> _told = [];
    private readonly SandboxChannel? _channel;
    private readonly SandboxIncident? _incident;
    private bool _isNew = true;

    /// <param name="sandbox">The sandbox that is shown.</param>
    /// <param name="ledger">Which posts and entries belong together.</param>
    /// <param name="channel">Name or id of the channel; null or an unknown one selects the likeliest.</param>
    /// <param name="incident">Id of the incident; null or an unknown one selects the likeliest.</param>
    public LiveView(SandboxServer sandbox, CrossingLedger ledger, string? channel, string? incident)
    {
        (_sandbox, _ledger, _lines) = (sandbox, ledger, new LineViews(sandbox));
        ledger.Update();
        var pair = ledger.Pairs.FirstOrDefault(it =>
            channel is null || it.ChannelId == channel || sandbox.Mattermost.FindChannel(it.ChannelId)?.Name == channel
        );
        _channel =
            Channel(channel)
            ?? Channel(pair?.ChannelId)
            ?? sandbox
                .Options.Seed.PublicChannels.Select(Channel)
                .Concat(sandbox.Mattermost.Channels)
                .FirstOrDefault(static it => it is not null);
        _incident =
            sandbox.Xsoar.Find(incident ?? "")
            ?? sandbox.Xsoar.Find(pair?.IncidentId ?? "")
            ?? sandbox.Xsoar.Incidents.AsEnumerable().FirstOrDefault();
    }

    /// <summary>The messages about changes since the last call, each a line of JSON.</summary>
    public IEnumerable<byte[]> Next()
    {
        _ledger.Update();
        var messages = new List<byte[]?>();
        if (_isNew)
            messages.Add(Json(PageState.Hello(_sandbox, _channel, _incident)));
        messages.Add(IfNew(PageState.Lists(_sandbox)));
        messages.Add(IfNew(PageState.Pairs(_sandbox, _ledger)));
        messages.Add(Posts());
        messages.Add(Entries());
        messages.Add(IfNew(PageState.Faults(_sandbox)));
        messages.Add(IfNew(PageState.Calls(_sandbox)));
        _isNew = false;
        return messages.OfType<byte[]>();
    }

    private static byte[] Json(object message) =>
        JsonSerializer.SerializeToUtf8Bytes(message, JsonSerializerOptions.Web);

    private SandboxChannel? Channel(string? nameOrId) =>
        nameOrId is null
            ? null
            : _sandbox.Mattermost.Channels.FirstOrDefault(it => it.Id == nameOrId || it.Name == nameOrId);

    private byte[]? IfNew((string Type, object Message) it)
    {
        var json = Json(it.Message);
        if (_told.TryGetValue(it.Type, out var before) && before.AsSpan().SequenceEqual(json))
            return null;
        return _told[it.Type] = json;
    }

    private byte[]? Posts()
    {
        if (_channel is null)
            return null;
        var (newest, total) = _sandbox.Mattermost.Locked(() =>
            (_channel.Posts.TakeLast(LineWindow<SandboxPost>.Capacity).ToArray(), _channel.Posts.Count)
        );
        var crossings = newest.ToDictionary(static post => post.Id, _ledger.Of);
        var (changed, gone) = _posts.Next(
            newest,
            post =>
                HashCode.Combine(
                    RuntimeHelpers.GetHashCode(post.Message),
                    post.UpdateAt,
                    post.DeleteAt,
                    post.IsPinned,
                    post.ReplyCount,
                    crossings[post.Id]?.Fingerprint
                )
        );
        return Lines(
            "chat",
            total,
            changed.Select(post => _sandbox.Mattermost.Locked(() => _lines.Of(post, crossings[post.Id]))),
            changed.Count,
            gone
        );
    }

    private byte[]? Entries()
    {
        if (_incident is null)
            return null;
        var (newest, total) = _sandbox.Xsoar.Read(() =>
            (_incident.Entries.TakeLast(LineWindow<SandboxEntry>.Capacity).ToArray(), _incident.Entries.Count)
        );
        var crossings = newest.ToDictionary(static entry => entry.Id, _ledger.Of);
        var (changed, gone) = _entries.Next(
            newest,
            entry =>
                HashCode.Combine(
                    RuntimeHelpers.GetHashCode(entry.Contents),
                    entry.Version,
                    entry.Deleted,
                    entry.Note,
                    entry.Tags.Count,
                    crossings[entry.Id]?.Fingerprint
                )
        );
        return Lines(
            "room",
            total,
            changed.Select(entry => _sandbox.Xsoar.Read(() => LineViews.Of(entry, crossings[entry.Id]))),
            changed.Count,
            gone
        );
    }

    private byte[]? Lines(string type, int total, IEnumerable<object> lines, int count, List<string> gone) =>
        count > 0 || gone.Count > 0 || _isNew
            ? Json(
                new
                {
                    type,
                    total,
                    lines,
                    gone,
                }
            )
            : null;
}
