using System.Text.Json;

namespace MattermostXsoar.Core.Mirroring.Translation;

/// <summary>What is kept of an entry, or a part of it, until it has been said in the chat: the finished text.</summary>
internal sealed record WarRoomLine
{
    public required string Text { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, PayloadJson.Default.WarRoomLine);

    public static WarRoomLine FromJson(string json) => JsonSerializer.Deserialize(json, PayloadJson.Default.WarRoomLine)
        ?? throw new JsonException("An empty line was stored.");
}
