using System.Text.Json;
using MattermostXsoar.Core.Mattermost.Models;

namespace MattermostXsoar.Core.Mattermost.Realtime;

/// <summary>One event of the websocket (recorded: <c>ws-*.json</c>).</summary>
internal sealed class RealtimeEvent
{
    private readonly byte[] _dataUtf8 = [];
    private JsonElement? _data;

    /// <summary>What happened, in Mattermost's words: <c>posted</c>, <c>post_edited</c>, <c>user_removed</c>
    /// …</summary>
    public required string Event { get; init; }

    /// <summary>The server's number of this event on its connection.</summary>
    public long Seq { get; init; }

    /// <summary>
    /// The channel it is about, wherever the event names it (a removed user gets the channel in <c>data</c>, the
    /// channel's members get it in <c>broadcast</c>); empty where it is about none.
    /// </summary>
    public string ChannelId { get; init; } = string.Empty;

    /// <summary>The team it is about; empty where it is about none, as in direct messages.</summary>
    public string TeamId { get; init; } = string.Empty;

    /// <summary>The only user it was sent to; empty if it went to a channel or team.</summary>
    public string BroadcastUserId { get; init; } = string.Empty;

    /// <summary>The author of a <c>posted</c> as the server shows it: <c>@user1</c>, or <c>System</c>; else
    /// null.</summary>
    public string? SenderName { get; init; }

    /// <summary>The post, where the event carries one; it travels as a JSON string inside the event.</summary>
    public MattermostPost? Post { get; init; }

    /// <summary>The event's <c>data</c>, read when first asked for: most events pass without anybody asking.</summary>
    public JsonElement Data
    {
        get => _data ??= Parse(_dataUtf8);
        init => _data = value;
    }

    /// <summary>The event's <c>data</c> as sent.</summary>
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
