using System.Text.Json.Serialization;

namespace MattermostXsoar.Core.Mattermost.Models;

/// <summary>A Mattermost channel.</summary>
public sealed class MattermostChannel : MattermostResource
{
    /// <summary>The team's id; empty for direct and group messages.</summary>
    [JsonInclude]
    public string TeamId
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary><c>O</c> public, <c>P</c> private, <c>D</c> direct message, <c>G</c> group message.</summary>
    [JsonInclude]
    public string Type
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>The name that is displayed.</summary>
    [JsonInclude]
    public string DisplayName
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>The name in links: lower case, unique in the team.</summary>
    [JsonInclude]
    public string Name
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>The header, displayed at the top of the channel.</summary>
    [JsonInclude]
    public string Header
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>What the channel is for.</summary>
    [JsonInclude]
    public string Purpose
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>When the last post was written, in milliseconds since 1970 (UTC); 0 when it never happened.</summary>
    [JsonInclude, JsonPropertyName("last_post_at")]
    public long LastPostAtMs
    {
        get;
        internal set => field = EpochTime.Limit(value);
    }

    /// <summary>The number of posts written in the channel.</summary>
    [JsonInclude]
    public long TotalMsgCount { get; internal set; }

    /// <summary>
    /// Kept by the server for older clients, in milliseconds since 1970 (UTC); 0 when it never happened.
    /// </summary>
    [JsonInclude, JsonPropertyName("extra_update_at")]
    public long ExtraUpdateAtMs
    {
        get;
        internal set => field = EpochTime.Limit(value);
    }

    /// <summary>The id of the user who created it; empty for the default channels of a team.</summary>
    [JsonInclude]
    public string CreatorId
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>The permission scheme; null without one.</summary>
    [JsonInclude]
    public string? SchemeId { get; internal set; }

    /// <summary>Whether membership follows directory groups.</summary>
    [JsonInclude]
    public bool? GroupConstrained { get; internal set; }

    /// <summary>Whether the channel is shared with another server.</summary>
    [JsonInclude]
    public bool? Shared { get; internal set; }

    /// <summary>The number of first posts written in the channel.</summary>
    [JsonInclude]
    public long TotalMsgCountRoot { get; internal set; }

    /// <summary>The retention policy; null without one.</summary>
    [JsonInclude]
    public string? PolicyId { get; internal set; }

    /// <summary>When the last post was written; null when it never happened.</summary>
    [JsonIgnore]
    public DateTimeOffset? LastPostAt => EpochTime.FromMilliseconds(LastPostAtMs);

    /// <summary>Kept by the server for older clients; null when it never happened.</summary>
    [JsonIgnore]
    public DateTimeOffset? ExtraUpdateAt => EpochTime.FromMilliseconds(ExtraUpdateAtMs);

    /// <summary>Whether only members can read the channel: a private channel, a direct or a group message.</summary>
    [JsonIgnore]
    public bool IsPrivate => Type != "O";

    /// <summary>Whether the channel is archived.</summary>
    [JsonIgnore]
    public bool IsArchived => DeleteAtMs != 0;

    /// <summary>
    /// Whether it is the channel that every member of the team is in, Town Square: it is always public, and the server
    /// does not archive it (recorded of 5.37 and 11.6: 400 <c>api.channel.delete_channel.cannot.app_error</c>).
    /// </summary>
    [JsonIgnore]
    internal bool IsTeamDefault => Name == "town-square";

    /// <summary>The display name and the name.</summary>
    public override string ToString() => $"{DisplayName} ({Name})";
}
