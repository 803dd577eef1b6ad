using System.Text.Json;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Platform;

namespace MattermostXsoar.Core.Mirroring.Outbox;

/// <summary>
/// What a post's metadata has of its files (recorded: ws-posted-with-files); newer servers may omit it.
/// </summary>
internal static class PostFiles
{
    public static (string Name, long Size) Describe(MattermostPost post, string fileId)
    {
        if (
            post.MetadataJson.ValueKind != JsonValueKind.Object
            || !post.MetadataJson.TryGetProperty("files", out var files)
            || files.ValueKind != JsonValueKind.Array
        )
        {
            return ("", 0);
        }

        foreach (var file in files.EnumerateArray())
        {
            if (Text(file, "id") == fileId)
                return (
                    Text(file, "name"),
                    file.TryGetProperty("size", out var size)
                    && size.ValueKind == JsonValueKind.Number
                    && size.TryGetInt64(out var bytes)
                        ? bytes
                        : 0
                );
        }

        return ("", 0);
    }

    private static string Text(JsonElement file, string name) =>
        file.ValueKind == JsonValueKind.Object
        && file.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.TextOrEmpty()
            : "";
}
