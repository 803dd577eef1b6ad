using System.Text.Json;
using MattermostXsoar.Sandbox.Mattermost.Model;

namespace MattermostXsoar.Sandbox.Mattermost.Wire;

/// <summary>Groups, their members and links as the server writes them.</summary>
internal static class GroupJson
{
    public static void Write(
        Utf8JsonWriter writer,
        SandboxGroup group,
        bool memberCount = false,
        IReadOnlyCollection<string>? userIds = null
    )
    {
        writer.WriteStartObject();
        WriteFields(writer, group, memberCount);
        if (userIds is not null)
        {
            writer.WriteStartArray("user_ids"u8);
            foreach (var id in userIds)
                writer.WriteStringValue(id);
            writer.WriteEndArray();
        }
        writer.WriteEndObject();
    }

    /// <summary>A group of a team or a channel has a flag whether its members are administrators there.</summary>
    public static void WriteLinked(Utf8JsonWriter writer, SandboxGroup group, bool memberCount, bool schemeAdmin)
    {
        writer.WriteStartObject();
        WriteFields(writer, group, memberCount);
        writer.WriteBoolean("scheme_admin"u8, schemeAdmin);
        writer.WriteEndObject();
    }

    public static void WriteMember(
        Utf8JsonWriter writer,
        (string GroupId, string UserId, long CreateAt, long DeleteAt) member
    )
    {
        writer.WriteStartObject();
        writer.WriteString("group_id"u8, member.GroupId);
        writer.WriteString("user_id"u8, member.UserId);
        writer.WriteNumber("create_at"u8, member.CreateAt);
        writer.WriteNumber("delete_at"u8, member.DeleteAt);
        writer.WriteEndObject();
    }

    public static void WriteLink(
        Utf8JsonWriter writer,
        SandboxGroupLink link,
        SandboxTeam? team = null,
        SandboxChannel? channel = null
    )
    {
        writer.WriteStartObject();
        writer.WriteString(link.IsTeam ? "team_id"u8 : "channel_id"u8, link.TargetId);
        if (channel is not null)
        {
            writer.WriteString("channel_display_name"u8, channel.DisplayName);
            writer.WriteString("channel_type"u8, channel.Type);
            writer.WriteString("team_id"u8, channel.TeamId);
        }
        if (team is not null)
        {
            writer.WriteString("team_display_name"u8, team.DisplayName);
            writer.WriteString("team_type"u8, team.Type);
        }
        writer.WriteString("group_id"u8, link.GroupId);
        writer.WriteBoolean("auto_add"u8, link.AutoAdd);
        writer.WriteBoolean("scheme_admin"u8, link.SchemeAdmin);
        writer.WriteNumber("create_at"u8, link.CreateAt);
        writer.WriteNumber("delete_at"u8, 0);
        writer.WriteNumber("update_at"u8, link.UpdateAt);
        writer.WriteEndObject();
    }

    private static void WriteFields(Utf8JsonWriter writer, SandboxGroup group, bool memberCount)
    {
        writer.WriteString("id"u8, group.Id);
        if (group.Name is not null)
            writer.WriteString("name"u8, group.Name);
        writer.WriteString("display_name"u8, group.DisplayName);
        writer.WriteString("description"u8, group.Description);
        writer.WriteString("source"u8, group.Source);
        if (group.RemoteId is null)
            writer.WriteNull("remote_id"u8);
        else
            writer.WriteString("remote_id"u8, group.RemoteId);
        writer.WriteNumber("create_at"u8, group.CreateAt);
        writer.WriteNumber("update_at"u8, group.UpdateAt);
        writer.WriteNumber("delete_at"u8, group.DeleteAt);
        writer.WriteBoolean("has_syncables"u8, group.Links.Count > 0);
        if (memberCount)
            writer.WriteNumber("member_count"u8, group.Members.Count);
        writer.WriteBoolean("allow_reference"u8, group.AllowReference);
    }
}
