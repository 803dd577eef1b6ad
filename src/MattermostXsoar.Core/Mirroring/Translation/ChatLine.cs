using System.Text.Json;
using System.Text.Json.Serialization;
using MattermostXsoar.Core.Mattermost.Models;

namespace MattermostXsoar.Core.Mirroring.Translation;

/// <summary>What is kept of a post until it has been said in the War Room. Names are looked up only when it is said.</summary>
internal sealed record ChatLine
{
    public required string PostId { get; init; }

    public required string UserId { get; init; }

    public string RootId { get; init; } = "";

    public required string Message { get; init; }

    public int Files { get; init; }

    public static ChatLine From(MattermostPost post) => new()
    {
        PostId = post.Id,
        UserId = post.UserId,
        RootId = post.RootId ?? "",
        Message = post.Message,
        Files = post.FileIds?.Count ?? 0,
    };

    public string ToJson() => JsonSerializer.Serialize(this, PayloadJson.Default.ChatLine);

    public static ChatLine FromJson(string json) => JsonSerializer.Deserialize(json, PayloadJson.Default.ChatLine)
        ?? throw new JsonException("An empty line was stored.");
}
