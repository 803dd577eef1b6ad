using System.Text.Json;
using MattermostXsoar.Core.Mattermost.Models;

namespace MattermostXsoar.Core.Mattermost.Realtime;

/// <summary>One event of the websocket (recorded: <c>ws-*.json</c>).</summary>
internal sealed class RealtimeEvent
{
    private readonly byte[] _dataUtf8 = [];
    private JsonElement? _data;

    /// <summary>The kind of event, as Mattermost names it: <c>posted</c>, <c>post_edited</c>, <c>user_removed</c>
    /// …</summary>
    public required string Event { get; init; }

    /// <summary>The server's number of this event on its connection.</summary>
    public long Seq { get; init; }

    /// <summary>
    /// The channel that it is about, wherever the event names it (a removed user gets the channel in <c>data</c>, the
    /// channel's members get it in <c>broadcast</c>); empty if there is none.
    /// </summary>
    public string ChannelId { get; init; } = string.Empty;

    /// <summary>The team that it is about; empty if there is none, as for direct messages.</summary>
    public string TeamId { get; init; } = string.Empty;

    /// <summary>The user that it was sent to; empty if it was sent to a channel or team.</summary>
    public string BroadcastUserId { get; init; } = string.Empty;

    /// <summary>
    /// The author of a <c>posted</c> as the server shows it: <c>@user1</c>, or <c>System</c>; else null.
    /// </summary>
    public string? SenderName { get; init; }

    /// <summary>The post, if the event has one; it is a JSON string within the event.</summary>
    public MattermostPost? Post { get; init; }

    /// <summary>The event's <c>data</c>, parsed when it is first read, since most events need it never.</summary>
    public JsonElement Data
    {
        get => _data ??= Parse(_dataUtf8);
        init => _data = value;
    }

    /// <summary>The event's <c>data</c> as it was sent.</summary>
    internal byte[] DataUtf8
    {
        init => _dataUtf8 = value;
    }

    private static JsonElement Parse(byte[] utf8)
    {
        if (utf8.Length == 0)
            return default;

        var reader = new Utf8JsonReader(utf8);
        return JsonElement.ParseValue(ref reader);
    }
}
