using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace MattermostXsoar.Core.Mattermost.Models;

/// <summary>A post to create.</summary>
internal sealed record NewPost
{
    public required string ChannelId { get; init; }

    public required string Message { get; init; }

    /// <summary>The first post of the thread to reply in.</summary>
    public string? RootId { get; init; }

    /// <summary>
    /// An id that the client chooses. For a while the server answers a second post with the same id with the first one,
    /// so that a repeated delivery is harmless for that time.
    /// </summary>
    public string? PendingPostId { get; init; }

    /// <summary>Texts that the module attaches.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, string>? Props { get; init; }

    /// <summary>Blocks below the text.</summary>
    [JsonIgnore]
    public IReadOnlyList<MattermostAttachment>? Attachments { get; init; }

    /// <summary>The props and the attachments, as the server takes them.</summary>
    [JsonInclude, JsonPropertyName("props")]
    internal JsonObject? AllProps
    {
        get
        {
            if (Props is not { Count: > 0 } && Attachments is not { Count: > 0 })
                return null;
            var all = new JsonObject();
            foreach (var prop in Props ?? new Dictionary<string, string>())
                all[prop.Key] = JsonValue.Create(prop.Value);
            if (Attachments is { Count: > 0 } attachments)
                all["attachments"] = JsonSerializer.SerializeToNode(
                    attachments,
                    MattermostJson.Default.IReadOnlyListMattermostAttachment
                );
            return all;
        }
    }

    public NewPostMetadata? Metadata { get; init; }

    public IReadOnlyList<string>? FileIds { get; init; }
}
