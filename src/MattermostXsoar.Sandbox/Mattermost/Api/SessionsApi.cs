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
                    world.Locked(() =>
                        Json.Bytes(user, (writer, it) => world.UserJson.Write(writer, it, UserView.Self))
                    )
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
                return world.Version.LogoutClearsCookies
                    ? Answer.StatusOk with
                    {
                        Headers = [new("Set-Cookie", "MMAUTHTOKEN=; Path=/; Max-Age=0; HttpOnly")],
                    }
                    : Answer.StatusOk;
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
                        Json.Array(
                            world.Sessions(user).OrderByDescending(static session => session.LastActivityAt),
                            (writer, session) => Write(writer, world, session, user, teams)
                        )
                    )
                );
            }
        );
        routes.Map(
            "GET",
            "/api/v4/users/{}/audits",
            call =>
            {
                var user = Own(world, call, "edit_other_users");
                return new Answer(
                    200,
                    world.Locked(() => Json.Array(user.Audits, (writer, it) => WriteAudit(writer, user, it)))
                );
            }
        );
        if (world.Version.HasNewApis)
            routes.Map("GET", "/api/v4/audits", call => Audits(world, call));
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
                world.RevokeToken(Given(world, call).Token);
                return Answer.StatusOk;
            }
        );
        routes.Map(
            "POST",
            "/api/v4/users/tokens/disable",
            call =>
            {
                Given(world, call).IsDisabled = true;
                return Answer.StatusOk;
            }
        );
        routes.Map(
            "POST",
            "/api/v4/users/tokens/enable",
            call =>
            {
                Given(world, call).IsDisabled = false;
                return Answer.StatusOk;
            }
        );
        routes.Map(
            "GET",
            "/api/v4/users/tokens/{}",
            call =>
            {
                var id = Demand.UrlId(call.Values[0], "token_id");
                return new Answer(
                    200,
                    Json.Bytes(
                        Known(world, call, world.AllSessions.FirstOrDefault(it => it.AccessTokenId == id)),
                        static (writer, it) => WriteToken(writer, it, false)
                    )
                );
            }
        );
        routes.Map(
            "GET",
            "/api/v4/users/tokens",
            call =>
            {
                Demand.SystemAdmin(call, "manage_system");
                var (skip, take) = call.Page();
                return Tokens(
                    world
                        .AllSessions.Where(IsToken)
                        .OrderBy(static it => it.AccessTokenId, StringComparer.Ordinal)
                        .Skip(skip)
                        .Take(take)
                );
            }
        );
        routes.Map(
            "POST",
            "/api/v4/users/tokens/search",
            call =>
            {
                Demand.SystemAdmin(call, "manage_system");
                var term = call.Json?.Text("term") is { Length: > 0 } it
                    ? it
                    : throw MattermostException.BodyParameter("term");
                return Tokens(
                    world.AllSessions.Where(token =>
                        IsToken(token)
                        && (
                            token.AccessTokenId == term
                            || token.UserId == term
                            || Demand
                                .User(world, token.UserId)
                                .Username.Contains(term, StringComparison.OrdinalIgnoreCase)
                        )
                        && token.Description != ""
                    )
                );
            }
        );
        routes.Map(
            "POST",
            "/api/v4/users/{}/sessions/revoke",
            call =>
            {
                var user = Own(world, call, "edit_other_users");
                var id = call.Json?.Text("session_id") ?? throw MattermostException.BodyParameter("session_id");
                var session =
                    world.Sessions(user).FirstOrDefault(it => it.Id == id)
                    ?? throw new MattermostException(
                        400,
                        "app.session.get.app_error",
                        "We encountered an error finding the session.",
                        $"resource: Session id: {id}"
                    );
                world.RevokeToken(session.Token);
                return Answer.StatusOk;
            }
        );
        routes.Map(
            "POST",
            "/api/v4/users/{}/sessions/revoke/all",
            call =>
            {
                // Personal access tokens open a session again with the next call.
                foreach (var session in world.Sessions(Own(world, call, "edit_other_users")).Where(it => !IsToken(it)))
                    world.RevokeToken(session.Token);
                return Answer.StatusOk;
            }
        );
        routes.Map("POST", LoginPath + "/type", static _ => new Answer(404, default));
    }

    private static bool IsToken(SandboxSession session) => session.AccessTokenId is not null;

    private static Answer Tokens(IEnumerable<SandboxSession> tokens) =>
        new(200, Json.Array(tokens.ToArray(), static (writer, it) => WriteToken(writer, it, false)));

    /// <summary>The token that the body names.</summary>
    private static SandboxSession Given(MattermostWorld world, ApiCall call)
    {
        var id = call.Json?.Text("token_id") is { Length: > 0 } it
            ? it
            : throw MattermostException.BodyParameter("token_id");
        return Known(world, call, world.AllSessions.FirstOrDefault(token => token.AccessTokenId == id));
    }

    private static SandboxSession Known(MattermostWorld world, ApiCall call, SandboxSession? token)
    {
        if (token is null)
            throw new MattermostException(
                404,
                "app.user_access_token.get_by_user.app_error",
                "Unable to get the personal access tokens by user."
            );
        if (token.UserId != call.User.Id || world.Version.TokensNeedPermission)
            Demand.SystemAdmin(call, "edit_other_users");
        return token;
    }

    /// <summary>Of all accounts, the newest first.</summary>
    private static Answer Audits(MattermostWorld world, ApiCall call)
    {
        Demand.SystemAdmin(call, "read_audits");
        var (skip, take) = call.Page();
        return world.Locked(() =>
            new Answer(
                200,
                Json.Array(
                    world
                        .Users.SelectMany(static user => user.Audits.Select(audit => (user, audit)))
                        .OrderByDescending(static it => it.audit.CreateAt)
                        .Skip(skip)
                        .Take(take),
                    static (writer, it) => WriteAudit(writer, it.user, it.audit)
                )
            )
        );
    }

    private static void WriteAudit(Utf8JsonWriter writer, SandboxUser user, SandboxAudit audit)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, audit.Id);
        writer.WriteNumber("create_at"u8, audit.CreateAt);
        writer.WriteString("user_id"u8, user.Id);
        writer.WriteString("action"u8, LoginPath);
        writer.WriteString("extra_info"u8, audit.ExtraInfo);
        writer.WriteString("ip_address"u8, "127.0.0.1");
        writer.WriteString("session_id"u8, audit.SessionId);
        writer.WriteEndObject();
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
        writer.WriteBoolean("is_active"u8, !session.IsDisabled);
        writer.WriteEndObject();
    }

    private static void Write(
        Utf8JsonWriter writer,
        MattermostWorld world,
        SandboxSession session,
        SandboxUser user,
        SandboxTeam[] teams
    )
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
        if (session.AccessTokenId is null && world.Version.SessionsNameClients)
        {
            writer.WriteString("browser"u8, "Unknown/0.0");
            writer.WriteString("csrf"u8, session.Csrf);
            writer.WriteString("isMobile"u8, "false");
            writer.WriteString("isOAuthUser"u8, "false");
            writer.WriteString("isSaml"u8, "false");
        }
        writer.WriteString("is_guest"u8, "false");
        if (session.AccessTokenId is null && world.Version.SessionsNameClients)
        {
            writer.WriteString("os"u8, "");
            writer.WriteString("platform"u8, "Unknown");
        }
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
