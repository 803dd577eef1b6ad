using System.Text.Json;
using MattermostXsoar.Core.Platform;

namespace MattermostXsoar.Core.Mattermost.Models;

/// <summary>What the metadata of a post says. What has another shape than expected is left out.</summary>
internal static class PostMetadata
{
    /// <summary>The attached files.</summary>
    public static IReadOnlyList<MattermostFileInfo> FilesOf(JsonElement metadata) =>
        List(metadata, "files")
            .Select(ReadFile)
            .OfType<MattermostFileInfo>()
            .Where(file => file.Id.Length > 0)
            .ToList();

    /// <summary>The priority as the server writes it, such as <c>urgent</c>; empty for none.</summary>
    public static string PriorityOf(JsonElement metadata) =>
        Priority(metadata) is { } priority && priority.TryGetProperty("priority", out var word)
            ? word.TextOrEmpty()
            : "";

    /// <summary>Whether the readers are asked to acknowledge the post.</summary>
    public static bool RequestsAcknowledgement(JsonElement metadata) =>
        Priority(metadata) is { } priority
        && priority.TryGetProperty("requested_ack", out var requested)
        && requested.ValueKind == JsonValueKind.True;

    /// <summary>Who acknowledged the post, and when (posts.yaml: PostAcknowledgement).</summary>
    public static IReadOnlyList<(string UserId, long AtMs)> AcknowledgementsOf(JsonElement metadata) =>
        List(metadata, "acknowledgements")
            .Where(one => one.ValueKind == JsonValueKind.Object)
            .Select(one =>
                (
                    one.TryGetProperty("user_id", out var user) ? user.TextOrEmpty() : "",
                    one.TryGetProperty("acknowledged_at", out var at)
                    && at.ValueKind == JsonValueKind.Number
                    && at.TryGetInt64(out var time)
                        ? EpochTime.Limit(time)
                        : 0
                )
            )
            .Where(one => one.Item1.Length > 0 && one.Item2 > 0)
            .ToList();

    private static MattermostFileInfo? ReadFile(JsonElement file)
    {
        try
        {
            return file.Deserialize(MattermostJson.Default.MattermostFileInfo);
        }
        catch (Exception exception) when (LenientJson.IsInvalid(exception))
        {
            return null;
        }
    }

    private static JsonElement? Priority(JsonElement metadata) =>
        metadata.ValueKind == JsonValueKind.Object
        && metadata.TryGetProperty("priority", out var priority)
        && priority.ValueKind == JsonValueKind.Object
            ? priority
            : null;

    private static JsonElement.ArrayEnumerator List(JsonElement metadata, string name) =>
        metadata.ValueKind == JsonValueKind.Object
        && metadata.TryGetProperty(name, out var list)
        && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray()
            : default;
}
