using System.Text;
using MattermostXsoar.Sandbox.Hosting;

namespace MattermostXsoar.Sandbox.Mattermost.Api;

/// <summary>Ping and license.</summary>
internal static class SystemApi
{
    private const string PingPath = "/api/v4/system/ping";
    private const string LicensePath = "/api/v4/license/client";

    private const string Versions =
        "\"AndroidLatestVersion\":\"\",\"AndroidMinVersion\":\"\","
        + "\"DesktopLatestVersion\":\"\",\"DesktopMinVersion\":\"\","
        + "\"IosLatestVersion\":\"\",\"IosMinVersion\":\"\"";

    private static readonly byte[] Ping = Encoding.UTF8.GetBytes($$"""{{{Versions}},"status":"OK"}""");
    private static readonly byte[] FullPing = Encoding.UTF8.GetBytes(
        $$"""{{{Versions}},"database_status":"OK","filestore_status":"OK","status":"OK"}"""
    );
    private static readonly byte[] NoLicense = """{"IsLicensed":"false"}"""u8.ToArray();
    private static readonly byte[] Professional =
        """{"IsLicensed":"true","LDAPGroups":"true","SkuShortName":"professional"}"""u8.ToArray();

    public static bool IsOpen(string path) =>
        path is PingPath or LicensePath or ConfigApi.ClientPath or SessionsApi.LoginPath
        || path.StartsWith("/hooks/", StringComparison.Ordinal);

    public static void Map(RouteTable routes, MattermostWorld world)
    {
        routes.Map(
            "GET",
            PingPath,
            static call =>
                call.Query("get_server_status") == "true"
                    ? new Answer(200, FullPing)
                    {
                        Headers = [new("Status", "OK"), new("Database_status", "OK"), new("Filestore_status", "OK")],
                    }
                    : new Answer(200, Ping)
        );
        routes.Map("GET", LicensePath, _ => new Answer(200, world.Options.GroupsLicensed ? Professional : NoLicense));
    }
}
