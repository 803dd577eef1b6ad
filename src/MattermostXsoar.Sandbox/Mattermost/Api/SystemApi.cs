using MattermostXsoar.Sandbox.Hosting;

namespace MattermostXsoar.Sandbox.Mattermost.Api;

/// <summary>Ping and license.</summary>
internal static class SystemApi
{
    private const string PingPath = "/api/v4/system/ping";
    private const string LicensePath = "/api/v4/license/client";

    private static readonly byte[] NoLicense = """{"IsLicensed":"false"}"""u8.ToArray();
    private static readonly byte[] Professional =
        """{"IsLicensed":"true","LDAPGroups":"true","SkuShortName":"professional"}"""u8.ToArray();

    public static bool IsOpen(string path, ServerVersion version) =>
        path is PingPath or LicensePath or ConfigApi.ClientPath or SessionsApi.LoginPath
        || path.StartsWith("/hooks/", StringComparison.Ordinal)
        || (
            version.HasNewApis
            && (
                path is "/api/v4/brand/image" or "/api/v4/users/login/type"
                || path.StartsWith("/files/", StringComparison.Ordinal)
            )
        );

    public static void Map(RouteTable routes, MattermostWorld world)
    {
        routes.Map("GET", PingPath, call => Ping(world.Version, call));
        routes.Map(
            "GET",
            LicensePath,
            call =>
                world.Version.DemandsOldLicenseFormat && call.Query("format") != "old"
                    ? throw new MattermostException(
                        400,
                        "api.license.client.old_format.app_error",
                        "New format for the client license is not supported yet. "
                            + "Please specify format=old in the query string."
                    )
                    : new Answer(200, world.Options.GroupsLicensed ? Professional : NoLicense)
        );
    }

    private static Answer Ping(ServerVersion version, ApiCall call)
    {
        var full = call.Query("get_server_status") == "true";
        var json = Json.Bytes(
            (version, call, full),
            static (writer, it) =>
            {
                writer.WriteStartObject();
                if (it.version.ReportsSearchBackend)
                    writer.WriteString("ActiveSearchBackend"u8, "database");
                writer.WriteString("AndroidLatestVersion"u8, "");
                writer.WriteString("AndroidMinVersion"u8, "");
                // The sandbox sends no notifications to phones.
                if (it.version.ReportsSearchBackend && it.call.Query("device_id") is { Length: > 0 })
                    writer.WriteString("CanReceiveNotifications"u8, "false");
                if (!it.version.ReportsSearchBackend)
                {
                    writer.WriteString("DesktopLatestVersion"u8, "");
                    writer.WriteString("DesktopMinVersion"u8, "");
                }
                writer.WriteString("IosLatestVersion"u8, "");
                writer.WriteString("IosMinVersion"u8, "");
                if (it.full)
                {
                    writer.WriteString("database_status"u8, "OK");
                    writer.WriteString("filestore_status"u8, "OK");
                    if (it.version.ReportsSearchBackend && it.call.Caller is { IsSystemAdmin: true })
                        writer.WriteBoolean("root_status"u8, true);
                }
                writer.WriteString("status"u8, "OK");
                writer.WriteEndObject();
            }
        );
        return full
            ? new Answer(200, json)
            {
                Headers = [new("Status", "OK"), new("Database_status", "OK"), new("Filestore_status", "OK")],
            }
            : new Answer(200, json);
    }
}
