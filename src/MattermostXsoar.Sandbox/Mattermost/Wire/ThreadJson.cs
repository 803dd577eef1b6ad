using System.Text.Json;
using MattermostXsoar.Sandbox.Mattermost.Model;

namespace MattermostXsoar.Sandbox.Mattermost.Wire;

/// <summary>Threads as a user sees them.</summary>
internal static class ThreadJson
{
    public static void Write(
        Utf8JsonWriter writer,
        MattermostWorld world,
        SandboxPost root,
        SandboxUser viewer,
        bool extended
    )
    {
        var thread = root.Thread!;
        var member = thread.Members.GetValueOrDefault(viewer.Id);
        writer.WriteStartObject();
        writer.WriteString("id"u8, root.Id);
        writer.WriteNumber("reply_count"u8, thread.ReplyCount);
        writer.WriteNumber("last_reply_at"u8, thread.LastReplyAt);
        writer.WriteNumber("last_viewed_at"u8, member?.LastViewedAt ?? 0);
        writer.WritePropertyName("participants"u8);
        WriteParticipants(writer, world, thread, extended, named: true);
        writer.WritePropertyName("post"u8);
        PostJson.Write(writer, root, [], 0, world.Form, new PostExtras { IsBare = true });
        writer.WriteNumber("unread_replies"u8, root.DeleteAt == 0 ? world.UnreadReplies(root, viewer.Id) : 0);
        writer.WriteNumber("unread_mentions"u8, member?.Mentions ?? 0);
        writer.WriteBoolean("is_urgent"u8, false);
        writer.WriteNumber("delete_at"u8, root.DeleteAt);
        writer.WriteEndObject();
    }

    /// <param name="writer">The writer.</param>
    /// <param name="world">The server.</param>
    /// <param name="thread">The thread.</param>
    /// <param name="extended">Whether the whole accounts are written, not only their ids.</param>
    /// <param name="named">Whether an empty <c>auth_data</c> is written, as in lists of threads.</param>
    public static void WriteParticipants(
        Utf8JsonWriter writer,
        MattermostWorld world,
        SandboxThread thread,
        bool extended,
        bool named
    )
    {
        writer.WriteStartArray();
        foreach (var id in thread.Participants)
        {
            if (extended && world.TryUser(id, out var user))
                world.UserJson.Write(writer, user);
            else
                WriteId(writer, id, named);
        }
        writer.WriteEndArray();
    }

    /// <summary>An account of which only the id is known, as the server writes it.</summary>
    private static void WriteId(Utf8JsonWriter writer, string id, bool named)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, id);
        writer.WriteNumber("delete_at"u8, 0);
        writer.WriteString("username"u8, "");
        if (named)
            writer.WriteString("auth_data"u8, "");
        foreach (
            var name in new[]
            {
                "auth_service",
                "email",
                "nickname",
                "first_name",
                "last_name",
                "position",
                "roles",
                "locale",
            }
        )
            writer.WriteString(name, "");
        writer.WriteNull("timezone"u8);
        writer.WriteBoolean("disable_welcome_email"u8, false);
        writer.WriteEndObject();
    }
}
