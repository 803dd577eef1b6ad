using System.Text.Json;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Mirroring.Markup;
using MattermostXsoar.Core.Platform;

namespace MattermostXsoar.Core.Mirroring.Outbox;

/// <summary>
/// The priority of a post, from its metadata (recorded of 11.6: rest-posts-create-priority-*, ws-posted-priority): urgent,
/// important or, from a client of its own, any other word; and whether its readers are asked to acknowledge it.
/// </summary>
internal static class PostPriority
{
    private const string Requested = ",ack";

    /// <summary>The priority; empty for none.</summary>
    public static string StateOf(MattermostPost post)
    {
        if (
            post.MetadataJson.ValueKind != JsonValueKind.Object
            || !post.MetadataJson.TryGetProperty("priority", out var priority)
            || priority.ValueKind != JsonValueKind.Object
        )
            return "";
        var word =
            priority.TryGetProperty("priority", out var value) && value.ValueKind == JsonValueKind.String
                ? value.TextOrEmpty()
                : "";
        var isRequested = priority.TryGetProperty("requested_ack", out var ack) && ack.ValueKind == JsonValueKind.True;
        return word + (isRequested ? Requested : "");
    }

    /// <summary>How the War Room shows it: nothing, one or two phrases in Markdown.</summary>
    public static IEnumerable<string> Show(string state)
    {
        var isRequested = state.EndsWith(Requested, StringComparison.Ordinal);
        var word = isRequested ? state.Substring(0, state.Length - Requested.Length) : state;
        if (word.Length > 0)
            yield return $"**{Markdown.Name(char.ToUpperInvariant(word[0]) + word.Substring(1))}**";
        if (isRequested)
            yield return "acknowledgement requested";
    }
}
