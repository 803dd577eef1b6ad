using System.Text.Json.Serialization;

namespace MattermostXsoar.Core.Mattermost.Models;

/// <summary>The limits of a server without a license, from 9.8 on (rest-limits-server.json).</summary>
internal sealed class ServerLimits
{
    /// <summary>How many messages of the whole server can be read, the newest ones; 0 for all.</summary>
    [JsonInclude, JsonPropertyName("postHistoryLimit")]
    public long PostHistoryLimit { get; internal set; }

    /// <summary>When the oldest message was written that can be read (ms); 0 if all can be.</summary>
    [JsonInclude, JsonPropertyName("lastAccessiblePostTime")]
    public long LastAccessiblePostTime { get; internal set; }
}
