using System.Text.Json;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Platform;

namespace MattermostXsoar.Core.Mirroring.Outbox;

/// <summary>The files of a post.</summary>
internal static class PostFiles
{
    /// <summary>
    /// The files in the order in which people see them: that in which they were uploaded. The post's list of ids has
    /// another order on some servers; its metadata has the rest (recorded: ws-posted-with-files), if the server sends it.
    /// </summary>
    public static IReadOnlyList<PostFile> Of(MattermostPost post)
    {
        if (post.FileIds.Count == 0)
            return [];
        var described = new Dictionary<string, PostFile>(StringComparer.Ordinal);
        var shown = new List<string>();
        if (
            post.MetadataJson.ValueKind == JsonValueKind.Object
            && post.MetadataJson.TryGetProperty("files", out var files)
            && files.ValueKind == JsonValueKind.Array
        )
        {
            foreach (var file in files.EnumerateArray().Where(file => file.ValueKind == JsonValueKind.Object))
            {
                shown.Add(Text(file, "id"));
                described[shown[^1]] = new PostFile(
                    shown[^1],
                    Text(file, "name"),
                    Number(file, "size"),
                    Number(file, "create_at")
                );
            }
        }

        // Sorting is stable: what the metadata does not have stays in the order of the ids, at the end. Of two files that
        // were uploaded in the same millisecond the server shows the one first that it lists first.
        return
        [
            .. post
                .FileIds.Distinct()
                .Select(id => described.TryGetValue(id, out var file) ? file : new PostFile(id, "", 0, 0))
                .OrderBy(file => file.CreatedAt > 0 ? file.CreatedAt : long.MaxValue)
                .ThenBy(file => shown.IndexOf(file.Id)),
        ];
    }

    private static string Text(JsonElement file, string name) =>
        file.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.TextOrEmpty() : "";

    private static long Number(JsonElement file, string name) =>
        file.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.Number
        && value.TryGetInt64(out var number)
            ? number
            : 0;
}
