using System.Text.Json;
using MattermostXsoar.Sandbox.Mattermost.Model;

namespace MattermostXsoar.Sandbox.Mattermost.Wire;

/// <summary>Channels and their members as the server writes them.</summary>
internal sealed class ChannelJson(ServerVersion version)
{
    public SortedDictionary<string, string> DefaultNotifyProps { get; } = Defaults(version);

    private static SortedDictionary<string, string> Defaults(ServerVersion version)
    {
        var props = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["desktop"] = "default",
            ["email"] = "default",
            ["ignore_channel_mentions"] = "default",
            ["mark_unread"] = "all",
            ["push"] = "default",
        };
        if (version.HasThreadSettings)
            props["channel_auto_follow_threads"] = "off";
        return props;
    }

    public void Write(Utf8JsonWriter writer, SandboxChannel channel)
    {
        writer.WriteStartObject();
        WriteFields(writer, channel);
        writer.WriteEndObject();
    }

    /// <summary>With its team, as in the list of all channels of the server.</summary>
    public void WriteWithTeam(Utf8JsonWriter writer, (SandboxChannel Channel, SandboxTeam Team) it)
    {
        writer.WriteStartObject();
        WriteFields(writer, it.Channel);
        writer.WriteString("team_display_name"u8, it.Team.DisplayName);
        writer.WriteString("team_name"u8, it.Team.Name);
        writer.WriteNumber("team_update_at"u8, it.Team.UpdateAt);
        writer.WriteEndObject();
    }

    private void WriteFields(Utf8JsonWriter writer, SandboxChannel channel)
    {
        writer.WriteString("id"u8, channel.Id);
        writer.WriteNumber("create_at"u8, channel.CreateAt);
        writer.WriteNumber("update_at"u8, channel.UpdateAt);
        writer.WriteNumber("delete_at"u8, channel.DeleteAt);
        writer.WriteString("team_id"u8, channel.TeamId);
        writer.WriteString("type"u8, channel.Type);
        writer.WriteString("display_name"u8, channel.DisplayName);
        writer.WriteString("name"u8, channel.Name);
        writer.WriteString("header"u8, channel.Header);
        writer.WriteString("purpose"u8, channel.Purpose);
        writer.WriteNumber("last_post_at"u8, channel.LastPostAt);
        writer.WriteNumber("total_msg_count"u8, channel.TotalMessageCount);
        writer.WriteNumber("extra_update_at"u8, 0);
        writer.WriteString("creator_id"u8, channel.CreatorId);
        writer.WriteNull("scheme_id"u8);
        writer.WriteNull("props"u8);
        writer.WriteNull("group_constrained"u8);
        if (channel.Type == "D" || ((channel.Type == "G" || channel.WasGroup) && version.GroupChannelsAreNotShared))
            writer.WriteBoolean("shared"u8, false);
        else
            writer.WriteNull("shared"u8);
        writer.WriteNumber("total_msg_count_root"u8, channel.TotalRootCount);
        writer.WriteNull("policy_id"u8);
        if (!version.HasNewChannelFields)
            return;
        writer.WriteBoolean("autotranslation"u8, false);
        writer.WriteNumber("last_root_post_at"u8, channel.LastRootPostAt);
        writer.WritePropertyName("banner_info"u8);
        writer.WriteRawValue(channel.Banner ?? "null", true);
        writer.WriteBoolean("policy_enforced"u8, false);
        writer.WriteBoolean("policy_is_active"u8, false);
        writer.WriteString("default_category_name"u8, channel.DefaultCategoryName);
    }

    /// <summary>A member as they see themselves.</summary>
    public void WriteMember(Utf8JsonWriter writer, SandboxChannelMember member) =>
        WriteMember(writer, member, member.UserId);

    /// <summary>Members as a user sees them: on a new server only one's own times are returned.</summary>
    public Action<Utf8JsonWriter, SandboxChannelMember> MemberFor(SandboxUser viewer) =>
        (writer, member) => WriteMember(writer, member, viewer.Id);

    /// <summary>A member with the channel's team; null for a direct or group channel.</summary>
    public void WriteMemberWithTeam(Utf8JsonWriter writer, SandboxChannelMember member, SandboxTeam? team)
    {
        writer.WriteStartObject();
        WriteMemberFields(writer, member, member.UserId);
        writer.WriteString("team_display_name"u8, team?.DisplayName ?? "");
        writer.WriteString("team_name"u8, team?.Name ?? "");
        writer.WriteNumber("team_update_at"u8, team?.UpdateAt ?? 0);
        writer.WriteEndObject();
    }

    private void WriteMember(Utf8JsonWriter writer, SandboxChannelMember member, string viewerId)
    {
        writer.WriteStartObject();
        WriteMemberFields(writer, member, viewerId);
        writer.WriteEndObject();
    }

    private void WriteMemberFields(Utf8JsonWriter writer, SandboxChannelMember member, string viewerId)
    {
        var hidden = version.HidesTimesOfMembers && member.UserId != viewerId;
        writer.WriteString("channel_id"u8, member.ChannelId);
        writer.WriteString("user_id"u8, member.UserId);
        writer.WriteString("roles"u8, member.IsAdmin ? "channel_user channel_admin" : "channel_user");
        writer.WriteNumber("last_viewed_at"u8, hidden ? -1 : member.LastViewedAt);
        writer.WriteNumber("msg_count"u8, member.MessageCount);
        writer.WriteNumber("mention_count"u8, member.MentionCount);
        writer.WriteNumber("mention_count_root"u8, member.MentionCountRoot);
        if (version.HasNewChannelFields)
            writer.WriteNumber("urgent_mention_count"u8, 0);
        writer.WriteNumber("msg_count_root"u8, member.RootCount);
        writer.WriteStartObject("notify_props"u8);
        foreach (var (name, value) in member.NotifyProps ?? DefaultNotifyProps)
            writer.WriteString(name, value);
        writer.WriteEndObject();
        writer.WriteNumber("last_update_at"u8, hidden ? -1 : member.LastUpdateAt);
        writer.WriteBoolean("scheme_guest"u8, false);
        writer.WriteBoolean("scheme_user"u8, true);
        writer.WriteBoolean("scheme_admin"u8, member.IsAdmin);
        writer.WriteString("explicit_roles"u8, "");
        if (version.HasNewChannelFields)
            writer.WriteBoolean("autotranslation_disabled"u8, false);
    }
}
