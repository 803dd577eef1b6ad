using System.Text.Json;
using MattermostXsoar.Sandbox.Hosting;
using MattermostXsoar.Sandbox.Mattermost.Model;
using MattermostXsoar.Sandbox.Mattermost.Wire;

namespace MattermostXsoar.Sandbox.Mattermost.Api;

/// <summary>Login, logout, sessions and personal access tokens.</summary>
internal static class SessionsApi
{
    public const string LoginPath = "/api/v4/users/login";

    public static void Map(RouteTable routes, MattermostWorld world)
    {
        routes.Map(
            "POST",
            LoginPath,
            call =>
            {
                var (user, token) = world.Login(call.Json?.Text("login_id") ?? "", call.Json?.Text("password") ?? "");
                return new Answer(
                    200,
                    world.Locked(() => Json.Bytes(user, static (writer, it) => UserJson.Write(writer, it, true)))
                )
                {
                    Headers = [new("Token", token)],
                };
            }
        );
        routes.Map(
            "POST",
            "/api/v4/users/logout",
            call =>
            {
                if (MattermostGate.Token(call.Http) is { } token)
                    world.RevokeToken(token);
                return Answer.StatusOk;
            }
        );
        routes.Map(
            "GET",
            "/api/v4/users/{}/sessions",
            call =>
            {
                var user = Own(world, call, "edit_other_users");
                var teams = world.Teams.Where(team => team.Members.ContainsKey(user.Id)).ToArray();
                return new Answer(
                    200,
                    world.Locked(() =>
                        Json.Array(world.Sessions(user), (writer, session) => Write(writer, session, user, teams))
                    )
                );
            }
        );
        // Audits: the free edition returns none.
        routes.Map(
            "GET",
            "/api/v4/users/{}/audits",
            call =>
            {
                Own(world, call, "edit_other_users");
                return new Answer(200, "[]"u8.ToArray());
            }
        );
        routes.Map(
            "GET",
            "/api/v4/users/{}/tokens",
            call =>
            {
                var user = Own(world, call, "edit_other_users");
                return new Answer(
                    200,
                    world.Locked(() =>
                        Json.Array(
                            world.Sessions(user).Where(static it => it.AccessTokenId is not null),
                            static (writer, it) => WriteToken(writer, it, false)
                        )
                    )
                );
            }
        );
        routes.Map(
            "POST",
            "/api/v4/users/{}/tokens",
            call =>
            {
                var user = Own(world, call, "edit_other_users");
                var description = call.Json?.Text("description") ?? "";
                if (description.Length == 0)
                    throw MattermostException.BodyParameter("description");
                return new Answer(
                    200,
                    Json.Bytes(
                        world.CreateAccessToken(user, description),
                        static (writer, it) => WriteToken(writer, it, true)
                    )
                );
            }
        );
        routes.Map(
            "POST",
            "/api/v4/users/tokens/revoke",
            call =>
            {
                var id = call.Json?.Text("token_id") ?? "";
                var session =
                    world.Users.SelectMany(world.Sessions).FirstOrDefault(it => it.AccessTokenId == id)
                    ?? throw MattermostException.BodyParameter("token_id");
                if (session.UserId != call.User.Id)
                    Demand.SystemAdmin(call, "edit_other_users");
                world.RevokeToken(session.Token);
                return Answer.StatusOk;
            }
        );
    }

    private static SandboxUser Own(MattermostWorld world, ApiCall call, string permission)
    {
        var id = Demand.UserId(call, 0);
        if (id != call.User.Id)
            Demand.SystemAdmin(call, permission);
        return Demand.User(world, id);
    }

    private static void WriteToken(Utf8JsonWriter writer, SandboxSession session, bool fresh)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, session.AccessTokenId);
        // The token itself is returned once, when it is created.
        if (fresh)
            writer.WriteString("token"u8, session.Token);
        writer.WriteString("user_id"u8, session.UserId);
        writer.WriteString("description"u8, session.Description);
        writer.WriteBoolean("is_active"u8, true);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, SandboxSession session, SandboxUser user, SandboxTeam[] teams)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, session.Id);
        writer.WriteString("token"u8, "");
        writer.WriteNumber("create_at"u8, session.CreateAt);
        writer.WriteNumber("expires_at"u8, session.ExpiresAt);
        writer.WriteNumber("last_activity_at"u8, session.LastActivityAt);
        writer.WriteString("user_id"u8, session.UserId);
        writer.WriteString("device_id"u8, "");
        writer.WriteString("roles"u8, user.Roles);
        writer.WriteBoolean("is_oauth"u8, false);
        writer.WriteBoolean("expired_notify"u8, false);
        writer.WriteStartObject("props"u8);
        writer.WriteString("is_guest"u8, "false");
        if (session.AccessTokenId is not null)
        {
            writer.WriteString("type"u8, "UserAccessToken");
            writer.WriteString("user_access_token_id"u8, session.AccessTokenId);
        }
        writer.WriteEndObject();
        writer.WriteStartArray("team_members"u8);
        foreach (var team in teams)
            TeamJson.WriteMember(writer, (team.Id, user.Id, team.Members[user.Id]));
        writer.WriteEndArray();
        writer.WriteBoolean("local"u8, false);
        writer.WriteEndObject();
    }
}
