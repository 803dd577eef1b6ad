using System.Text.Json;
using MattermostXsoar.Core.Platform;

namespace MattermostXsoar.Core.Mattermost.Realtime;

/// <summary>The reaction of a <c>reaction_added</c> or <c>reaction_removed</c>.</summary>
/// <param name="PostId">The post.</param>
/// <param name="UserId">Who reacted; empty if the event does not say.</param>
internal sealed record RealtimeReaction(string PostId, string UserId)
{
    /// <summary>
    /// Reads it; null if it cannot be read. It is a JSON string of its own (ws-reaction_added-*.json).
    /// </summary>
    public static RealtimeReaction? Of(RealtimeEvent realtimeEvent)
    {
        try
        {
            if (
                realtimeEvent.Data.ValueKind != JsonValueKind.Object
                || !realtimeEvent.Data.TryGetProperty("reaction", out var json)
                || json.ValueKind != JsonValueKind.String
            )
                return null;
            using var reaction = JsonDocument.Parse(json.GetString()!);
            if (reaction.RootElement.ValueKind != JsonValueKind.Object)
                return null;
            var postId = Text(reaction.RootElement, "post_id");
            return postId.Length == 0 ? null : new RealtimeReaction(postId, Text(reaction.RootElement, "user_id"));
        }
        catch (Exception exception) when (LenientJson.IsInvalid(exception))
        {
            return null;
        }
    }

    private static string Text(JsonElement reaction, string name) =>
        reaction.TryGetProperty(name, out var value) ? value.TextOrEmpty() : "";
}
