using System.Text.Json;

namespace MattermostXsoar.Core.Mirroring.Outbox;

/// <summary>
/// What is stored of an entry, or a part of it, until it has been posted in the chat: the final text.
/// </summary>
internal sealed record EntryPayload
{
    public required string Text { get; init; }

    /// <summary>The entry whose file goes with it; empty for none.</summary>
    public string FileEntryId { get; init; } = "";

    /// <summary>The file's name.</summary>
    public string FileName { get; init; } = "";

    /// <summary>The file's size in bytes; 0 if the entry does not have it.</summary>
    public long FileSize { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, PayloadJson.Default.EntryPayload);

    public static EntryPayload FromJson(string json) =>
        JsonSerializer.Deserialize(json, PayloadJson.Default.EntryPayload)
        ?? throw new JsonException("An empty payload was stored.");
}
