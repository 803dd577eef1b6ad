using System.Text.Json.Serialization;
using MattermostXsoar.Core.Platform;

namespace MattermostXsoar.Core.Mattermost.Models;

/// <summary>
/// An object of Mattermost with an id: a team, a channel, a user, a group, a post or a file. Each time is given in
/// milliseconds since 1970 (UTC), as the server sends it, and as a <see cref="DateTimeOffset"/>.
/// </summary>
public abstract class MattermostResource : MattermostObject, IAnswer
{
    bool IAnswer.IsComplete => Id.Length > 0;

    private protected MattermostResource() { }

    /// <summary>The 26-character id.</summary>
    [JsonInclude]
    public string Id
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>When it was created, in milliseconds since 1970 (UTC); 0 when it never happened.</summary>
    [JsonInclude, JsonPropertyName("create_at")]
    public long CreateAtMs
    {
        get;
        internal set => field = EpochTime.Limit(value);
    }

    /// <summary>
    /// When it was last changed in any way, in milliseconds since 1970 (UTC); 0 when it never happened.
    /// </summary>
    [JsonInclude, JsonPropertyName("update_at")]
    public long UpdateAtMs
    {
        get;
        internal set => field = EpochTime.Limit(value);
    }

    /// <summary>
    /// When it was archived, deactivated or deleted, in milliseconds since 1970 (UTC); 0 when it never happened.
    /// </summary>
    [JsonInclude, JsonPropertyName("delete_at")]
    public long DeleteAtMs
    {
        get;
        internal set => field = EpochTime.Limit(value);
    }

    /// <summary>When it was created; null when it never happened.</summary>
    [JsonIgnore]
    public DateTimeOffset? CreateAt => EpochTime.FromMilliseconds(CreateAtMs);

    /// <summary>When it was last changed in any way; null when it never happened.</summary>
    [JsonIgnore]
    public DateTimeOffset? UpdateAt => EpochTime.FromMilliseconds(UpdateAtMs);

    /// <summary>When it was archived, deactivated or deleted; null when it never happened.</summary>
    [JsonIgnore]
    public DateTimeOffset? DeleteAt => EpochTime.FromMilliseconds(DeleteAtMs);
}
