using System.Text.Json;
using MattermostXsoar.Sandbox.Hosting;

namespace MattermostXsoar.Sandbox.Mattermost.Api;

/// <summary>What administrators and clients ask about the server as a whole.</summary>
internal static class ServerInformationApi
{
    public static void Map(RouteTable routes, MattermostWorld world)
    {
        Map(
            routes,
            "/api/v4/config/environment",
            "null",
            "manage_system",
            [new("Cache-Control", "no-cache, no-store, must-revalidate")]
        );
        Map(routes, "/api/v4/license/load_metric", """{"load":0}""", null);
        Map(routes, "/api/v4/usage/posts", """{"count":0}""", null);
        Map(routes, "/api/v4/usage/storage", """{"bytes":0}""", null);
        Map(
            routes,
            "/api/v4/server_busy",
            """{"busy":false,"expires":-62135596800,"expires_ts":"Mon Jan 1 00:00:00 +0000 UTC 0001"}""",
            "manage_system"
        );
        Map(routes, "/api/v4/cluster/status", "[]", "sysconsole_read_environment_high_availability");
        Map(routes, "/api/v4/jobs", "null", "manage_jobs");
        Map(routes, "/api/v4/oauth/apps", "[]", "manage_oauth");
        Map(routes, "/api/v4/users/{}/oauth/apps/authorized", "[]", null);
        Map(routes, "/api/v4/agents", "[]", null);
        Map(
            routes,
            "/api/v4/logs",
            """["{\"timestamp\":\"2026-11-23 14:43:00.000 Z\",\"level\":\"info\",\"msg\":\"Server is listening\"}\n"]""",
            "get_logs"
        );
        Map(routes, "/api/v4/system/notices/{}", "[]", null);
        Map(
            routes,
            "/api/v4/system/onboarding/complete",
            """{"name":"FirstAdminSetupComplete","value":"true"}""",
            "manage_system"
        );
        Map(routes, "/api/v4/system/schema/version", "[]", "manage_system");
        routes.Map(
            "GET",
            "/api/v4/system/timezones",
            static _ => new Answer(
                200,
                Json.Array(ServerData.TimeZones, static (writer, name) => writer.WriteStringValue(name))
            )
        );
        routes.Map("GET", "/api/v4/usage/teams", _ => Usage(world));
        routes.Map("GET", "/api/v4/analytics/old", call => Analytics(world, call));
        foreach (var task in new[] { "caches/invalidate", "database/recycle", "config/reload" })
            routes.Map(
                "POST",
                "/api/v4/" + task,
                static call =>
                {
                    Demand.SystemAdmin(call, "manage_system");
                    return Answer.StatusOk;
                }
            );
        routes.Map("PUT", "/api/v4/system/notices/view", static _ => Answer.StatusOk);
        routes.Map(
            "POST",
            "/api/v4/logs",
            static call =>
                call.Json is { ValueKind: JsonValueKind.Object }
                    ? new Answer(200, call.Body)
                    : throw MattermostException.BodyParameter("log")
        );
        routes.Map("POST", "/api/v4/client_perf", static _ => new Answer(200, default));
        routes.Map("GET", "/api/v4/terms_of_service", static _ => throw NoTerms());
        routes.Map("GET", "/api/v4/brand/image", static _ => new Answer(404, default));
        routes.Map("GET", "/api/v4/redirect_location", static _ => throw MattermostException.BodyParameter("url"));
    }

    private static MattermostException NoTerms() =>
        new(404, "app.terms_of_service.get.no_rows.app_error", "No terms of service found.");

    private static void Map(
        RouteTable routes,
        string template,
        string json,
        string? permission,
        KeyValuePair<string, string>[]? headers = null
    ) =>
        routes.Map(
            "GET",
            template,
            call =>
            {
                if (permission is not null)
                    Demand.SystemAdmin(call, permission);
                return new Answer(200, System.Text.Encoding.UTF8.GetBytes(json)) { Headers = headers ?? [] };
            }
        );

    private static Answer Usage(MattermostWorld world)
    {
        var active = world.Teams.Count(static team => team.DeleteAt == 0);
        return new Answer(
            200,
            Json.Bytes(
                active,
                static (writer, it) =>
                {
                    writer.WriteStartObject();
                    writer.WriteNumber("active"u8, it);
                    writer.WriteNumber("cloud_archived"u8, 0);
                    writer.WriteEndObject();
                }
            )
        );
    }

    private static Answer Analytics(MattermostWorld world, ApiCall call)
    {
        Demand.SystemAdmin(call, "get_analytics");
        var people = world.Users.Where(static user => !user.IsBot).ToList();
        var active = people.Count(static user => user.LastActivityAt > 0);
        (string Name, int Value)[] values =
        [
            ("channel_open_count", world.Channels.Count(static it => it is { Type: "O", DeleteAt: 0 })),
            ("channel_private_count", world.Channels.Count(static it => it is { Type: "P", DeleteAt: 0 })),
            ("post_count", 0),
            ("unique_user_count", people.Count(static user => user.DeleteAt == 0)),
            ("team_count", world.Teams.Count),
            ("total_websocket_connections", world.ConnectionCount),
            ("total_master_db_connections", 5),
            ("total_read_db_connections", 0),
            ("daily_active_users", active),
            ("monthly_active_users", active),
            ("inactive_user_count", people.Count(static user => user.DeleteAt != 0)),
            ("single_channel_guest_count", 0),
        ];
        return new Answer(
            200,
            Json.Array(
                values,
                static (writer, it) =>
                {
                    writer.WriteStartObject();
                    writer.WriteString("name"u8, it.Name);
                    writer.WriteNumber("value"u8, it.Value);
                    writer.WriteEndObject();
                }
            )
        );
    }
}
