using System.Text.Json;
using MattermostXsoar.Sandbox.Hosting;
using MattermostXsoar.Sandbox.Mattermost.Model;
using MattermostXsoar.Sandbox.Mattermost.Wire;

namespace MattermostXsoar.Sandbox.Mattermost.Api;

/// <summary>Teams: change, archive, delete; members: add several, remove.</summary>
internal static class TeamAdministrationApi
{
    public static void Map(RouteTable routes, MattermostWorld world)
    {
        routes.Map(
            "PUT",
            "/api/v4/teams/{}/patch",
            call =>
            {
                var team = Managed(world, call, "manage_team");
                var json = call.Json is { ValueKind: JsonValueKind.Object } it
                    ? it
                    : throw MattermostException.BodyParameter("team");
                world.Change(team, it => Set(it, json));
                return One(world, team);
            }
        );
        routes.Map(
            "PUT",
            "/api/v4/teams/{}",
            call =>
            {
                var team = Managed(world, call, "manage_team");
                var json =
                    call.Json is { ValueKind: JsonValueKind.Object } it && it.Text("id") == team.Id
                        ? it
                        : throw MattermostException.BodyParameter("id");
                world.Change(team, it => Set(it, json));
                return One(world, team);
            }
        );
        routes.Map(
            "POST",
            "/api/v4/teams/{}/regenerate_invite_id",
            call =>
            {
                var team = Managed(world, call, "manage_team");
                world.Change(team, static it => it.InviteId = Ids.New());
                return One(world, team);
            }
        );
        routes.Map("GET", "/api/v4/teams/invite/{}", call => Invited(world, call));
        routes.Map("POST", "/api/v4/teams/members/invite", call => Join(world, call));
        routes.Map(
            "PUT",
            "/api/v4/teams/{}/privacy",
            call =>
            {
                var team = Managed(world, call, "manage_team");
                var privacy = call.Json?.Text("privacy") is "O" or "I"
                    ? call.Json.Value.Text("privacy")!
                    : throw MattermostException.BodyParameter("privacy");
                world.Change(team, it => (it.Type, it.AllowOpenInvite) = (privacy, privacy == "O"));
                return One(world, team);
            }
        );
        routes.Map("POST", "/api/v4/teams/{}/members/batch", call => AddMany(world, call));
        routes.Map(
            "DELETE",
            "/api/v4/teams/{}",
            call =>
            {
                var team = Managed(world, call, "manage_team");
                if (call.Query("permanent") == "true" && call.User.IsSystemAdmin)
                    world.Erase(team);
                else
                    world.SetArchived(team, true);
                return Answer.StatusOk;
            }
        );
        routes.Map(
            "POST",
            "/api/v4/teams/{}/restore",
            call =>
            {
                var team = Managed(world, call, "manage_team");
                world.SetArchived(team, false);
                return One(world, team);
            }
        );
        routes.Map(
            "GET",
            "/api/v4/teams/{}/stats",
            call =>
            {
                var team = TeamsApi.ById(world, call);
                if (!Demand.InTeam(world, call.User, team.Id))
                    throw MattermostException.Forbidden(call.User.Id, "view_team");
                return world.Locked(() =>
                    new Answer(
                        200,
                        Json.Bytes(
                            (team, Active: team.Members.Keys.Count(id => Demand.User(world, id).DeleteAt == 0)),
                            static (writer, it) =>
                            {
                                writer.WriteStartObject();
                                writer.WriteString("team_id"u8, it.team.Id);
                                writer.WriteNumber("total_member_count"u8, it.team.Members.Count);
                                writer.WriteNumber("active_member_count"u8, it.Active);
                                writer.WriteEndObject();
                            }
                        )
                    )
                );
            }
        );
        routes.Map(
            "GET",
            "/api/v4/users/{}/teams/members",
            call =>
            {
                var userId = Demand.UserId(call, 0);
                return world.Locked(() =>
                    new Answer(
                        200,
                        Json.Array(
                            world.Teams.Where(team => team.Members.ContainsKey(userId)),
                            (writer, team) => TeamJson.WriteMember(writer, (team.Id, userId, team.Members[userId]))
                        )
                    )
                );
            }
        );
        routes.Map(
            "POST",
            "/api/v4/teams/{}/members/ids",
            call =>
            {
                var team = TeamsApi.ById(world, call);
                var ids = UsersApi.Strings(call, "user_ids");
                return world.Locked(() =>
                    new Answer(
                        200,
                        Json.Array(
                            ids.Where(team.Members.ContainsKey).Distinct(),
                            (writer, id) => TeamJson.WriteMember(writer, (team.Id, id, team.Members[id]))
                        )
                    )
                );
            }
        );
        routes.Map(
            "DELETE",
            "/api/v4/teams/{}/members/{}",
            call =>
            {
                var team = TeamsApi.ById(world, call);
                var userId = Demand.UserId(call, 1);
                if (userId != call.User.Id && !Manages(team, call.User))
                    throw MattermostException.Forbidden(call.User.Id, "remove_user_from_team");
                world.RemoveFromTeam(team.Id, Demand.User(world, userId).Id, call.User.Id);
                return Answer.StatusOk;
            }
        );
        routes.Map(
            "PUT",
            "/api/v4/teams/{}/members/{}/roles",
            call =>
            {
                var team = Managed(world, call, "manage_team_roles");
                var roles = (call.Json?.Text("roles") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
                if (roles.Length == 0 || !roles.All(static role => role is "team_user" or "team_admin"))
                    throw MattermostException.BodyParameter("team_member_roles");
                world.SetTeamAdmin(team, Demand.UserId(call, 1), roles.Contains("team_admin"));
                return Answer.StatusOk;
            }
        );
        routes.Map(
            "PUT",
            "/api/v4/teams/{}/members/{}/schemeRoles",
            call =>
            {
                var team = Managed(world, call, "manage_team_roles");
                world.SetTeamAdmin(
                    team,
                    Demand.UserId(call, 1),
                    call.Json is { } json
                        && json.TryGetProperty("scheme_admin", out var admin)
                        && admin.ValueKind == JsonValueKind.True
                );
                return Answer.StatusOk;
            }
        );
    }

    private static void Set(SandboxTeam team, JsonElement json)
    {
        team.DisplayName = json.Text("display_name") ?? team.DisplayName;
        team.Description = json.Text("description") ?? team.Description;
        team.CompanyName = json.Text("company_name") ?? team.CompanyName;
        team.AllowedDomains = json.Text("allowed_domains") ?? team.AllowedDomains;
        team.AllowOpenInvite = json.Flag("allow_open_invite") ?? team.AllowOpenInvite;
    }

    /// <summary>What somebody sees of a team who has a link to join it.</summary>
    private static Answer Invited(MattermostWorld world, ApiCall call)
    {
        var team = ByInvitation(world, call.Values[0]);
        return new Answer(
            200,
            Json.Bytes(
                team,
                static (writer, it) =>
                {
                    writer.WriteStartObject();
                    writer.WriteString("display_name"u8, it.DisplayName);
                    writer.WriteString("description"u8, it.Description);
                    writer.WriteString("name"u8, it.Name);
                    writer.WriteString("id"u8, it.Id);
                    writer.WriteEndObject();
                }
            )
        );
    }

    private static Answer Join(MattermostWorld world, ApiCall call)
    {
        var team = ByInvitation(world, call.Query("invite_id") ?? "");
        world.AddToTeam(team.Id, call.User.Id);
        return new Answer(
            201,
            world.Locked(() => Json.Bytes((team.Id, call.User.Id, team.Members[call.User.Id]), TeamJson.WriteMember))
        );
    }

    private static SandboxTeam ByInvitation(MattermostWorld world, string inviteId) =>
        world.Teams.FirstOrDefault(it => it.InviteId == inviteId)
        ?? throw new MattermostException(
            404,
            "app.team.get_by_invite_id.finding.app_error",
            "Unable to find the existing team."
        );

    /// <summary>Adds several members; with <c>graceful</c> each has a result of its own.</summary>
    private static Answer AddMany(MattermostWorld world, ApiCall call)
    {
        var team = TeamsApi.ById(world, call);
        if (!call.User.IsSystemAdmin && !team.Members.ContainsKey(call.User.Id))
            throw MattermostException.Forbidden(call.User.Id, "add_user_to_team");
        var ids = call.Json is { ValueKind: JsonValueKind.Array } list
            ? list.EnumerateArray().Select(static it => it.Text("user_id") ?? "").ToList()
            : throw MattermostException.BodyParameter("members");
        var graceful = call.Query("graceful") == "true";
        var errors = new Dictionary<string, MattermostException>();
        foreach (var id in ids)
        {
            try
            {
                world.AddToTeam(team.Id, Demand.User(world, id).Id);
            }
            catch (MattermostException error) when (graceful)
            {
                errors[id] = error;
            }
        }
        return world.Locked(() =>
            new Answer(
                201,
                Json.Array(
                    ids,
                    (writer, id) =>
                    {
                        if (!graceful)
                            TeamJson.WriteMember(writer, (team.Id, id, team.Members[id]));
                        else
                            WriteResult(writer, team, id, errors.GetValueOrDefault(id));
                    }
                )
            )
        );
    }

    private static void WriteResult(Utf8JsonWriter writer, SandboxTeam team, string id, MattermostException? error)
    {
        writer.WriteStartObject();
        writer.WriteString("user_id"u8, id);
        writer.WritePropertyName("member"u8);
        if (error is null)
            TeamJson.WriteMember(writer, (team.Id, id, team.Members[id]));
        else
            writer.WriteNullValue();
        writer.WritePropertyName("error"u8);
        if (error is null)
        {
            writer.WriteNullValue();
        }
        else
        {
            writer.WriteStartObject();
            writer.WriteString("id"u8, error.Id);
            writer.WriteString("message"u8, error.Message);
            writer.WriteString("detailed_error"u8, "");
            writer.WriteNumber("status_code"u8, error.Status);
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
    }

    private static Answer One(MattermostWorld world, SandboxTeam team) =>
        new(200, world.Locked(() => Json.Bytes(team, world.TeamJson.Write)));

    private static SandboxTeam Managed(MattermostWorld world, ApiCall call, string permission)
    {
        var team = TeamsApi.ById(world, call);
        return Manages(team, call.User) ? team : throw MattermostException.Forbidden(call.User.Id, permission);
    }

    private static bool Manages(SandboxTeam team, SandboxUser user) =>
        user.IsSystemAdmin || team.Members.GetValueOrDefault(user.Id);
}
