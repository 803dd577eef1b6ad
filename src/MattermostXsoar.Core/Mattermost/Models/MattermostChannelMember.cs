using System.Text.Json.Serialization;

namespace MattermostXsoar.Core.Mattermost.Models;

/// <summary>A user's membership in a channel.</summary>
public sealed class MattermostChannelMember : MattermostMembership
{
    /// <summary>The channel's id.</summary>
    [JsonInclude]
    public string ChannelId
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>
    /// When the user last looked at the channel, in milliseconds since 1970 (UTC); 0 when it never happened.
    /// </summary>
    [JsonInclude, JsonPropertyName("last_viewed_at")]
    public long LastViewedAtMs
    {
        get;
        internal set => field = EpochTime.Limit(value);
    }

    /// <summary>The number of posts that the user has seen.</summary>
    [JsonInclude]
    public long MsgCount { get; internal set; }

    /// <summary>The number of mentions since then.</summary>
    [JsonInclude]
    public long MentionCount { get; internal set; }

    /// <summary>The number of mentions since then in first posts.</summary>
    [JsonInclude]
    public long MentionCountRoot { get; internal set; }

    /// <summary>The number of first posts that the user has seen.</summary>
    [JsonInclude]
    public long MsgCountRoot { get; internal set; }

    /// <summary>The notification settings of the user in this channel.</summary>
    [JsonInclude]
    public IReadOnlyDictionary<string, string>? NotifyProps { get; internal set; }

    /// <summary>
    /// When the membership was last changed, in milliseconds since 1970 (UTC); 0 when it never happened.
    /// </summary>
    [JsonInclude, JsonPropertyName("last_update_at")]
    public long LastUpdateAtMs
    {
        get;
        internal set => field = EpochTime.Limit(value);
    }

    /// <summary>When the user last looked at the channel; null when it never happened.</summary>
    [JsonIgnore]
    public DateTimeOffset? LastViewedAt => EpochTime.FromMilliseconds(LastViewedAtMs);

    /// <summary>When the membership was last changed; null when it never happened.</summary>
    [JsonIgnore]
    public DateTimeOffset? LastUpdateAt => EpochTime.FromMilliseconds(LastUpdateAtMs);

    /// <summary>Whether the user administers the channel.</summary>
    [JsonIgnore]
    public bool IsAdmin => SchemeAdmin || Roles.Split(' ').Contains("channel_admin");
}
