using System.Text.Json;
using MattermostXsoar.Sandbox.Mattermost.Model;

namespace MattermostXsoar.Sandbox.Mattermost.Wire;

/// <summary>Teams and their members as the server writes them.</summary>
internal sealed class TeamJson(ServerVersion version)
{
    public void Write(Utf8JsonWriter writer, SandboxTeam team) => Write(writer, team, team.Email, team.InviteId);

    /// <summary>Without the e-mail address, which only users who manage the team see.</summary>
    public void WriteForMember(Utf8JsonWriter writer, SandboxTeam team) => Write(writer, team, "", team.InviteId);

    /// <summary>As in events, which are the same for all recipients.</summary>
    public void WriteSanitized(Utf8JsonWriter writer, SandboxTeam team) => Write(writer, team, "", "");

    private void Write(Utf8JsonWriter writer, SandboxTeam team, string email, string inviteId)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, team.Id);
        writer.WriteNumber("create_at"u8, team.CreateAt);
        writer.WriteNumber("update_at"u8, team.UpdateAt);
        writer.WriteNumber("delete_at"u8, team.DeleteAt);
        writer.WriteString("display_name"u8, team.DisplayName);
        writer.WriteString("name"u8, team.Name);
        writer.WriteString("description"u8, team.Description);
        writer.WriteString("email"u8, email);
        writer.WriteString("type"u8, team.Type);
        writer.WriteString("company_name"u8, team.CompanyName);
        writer.WriteString("allowed_domains"u8, team.AllowedDomains);
        writer.WriteString("invite_id"u8, inviteId);
        writer.WriteBoolean("allow_open_invite"u8, team.AllowOpenInvite);
        writer.WriteNull("scheme_id"u8);
        writer.WriteNull("group_constrained"u8);
        writer.WriteNull("policy_id"u8);
        if (version.TeamsHaveCloudLimits)
            writer.WriteBoolean("cloud_limits_archived"u8, false);
        writer.WriteEndObject();
    }

    public static void WriteMember(Utf8JsonWriter writer, (string TeamId, string UserId, bool IsAdmin) member)
    {
        writer.WriteStartObject();
        writer.WriteString("team_id"u8, member.TeamId);
        writer.WriteString("user_id"u8, member.UserId);
        writer.WriteString("roles"u8, member.IsAdmin ? "team_user team_admin" : "team_user");
        writer.WriteNumber("delete_at"u8, 0);
        writer.WriteBoolean("scheme_guest"u8, false);
        writer.WriteBoolean("scheme_user"u8, true);
        writer.WriteBoolean("scheme_admin"u8, member.IsAdmin);
        writer.WriteString("explicit_roles"u8, "");
        writer.WriteEndObject();
    }
}
