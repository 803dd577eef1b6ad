using MattermostXsoar.Sandbox.Hosting;

namespace MattermostXsoar.Sandbox.Mattermost.Api;

/// <summary>Ping, license, and what a server without a license says of groups.</summary>
internal static class SystemApi
{
    private const string PingPath = "/api/v4/system/ping";
    private const string LicensePath = "/api/v4/license/client";

    private static readonly byte[] Ping = """{"AndroidLatestVersion":"","AndroidMinVersion":"","DesktopLatestVersion":"","DesktopMinVersion":"","IosLatestVersion":"","IosMinVersion":"","status":"OK"}"""u8.ToArray();
    private static readonly byte[] FullPing = """{"AndroidLatestVersion":"","AndroidMinVersion":"","DesktopLatestVersion":"","DesktopMinVersion":"","IosLatestVersion":"","IosMinVersion":"","database_status":"OK","filestore_status":"OK","status":"OK"}"""u8.ToArray();
    private static readonly byte[] NoLicense = """{"IsLicensed":"false"}"""u8.ToArray();

    public static bool IsOpen(string path) => path is PingPath or LicensePath;

    public static void Map(RouteTable routes, MattermostWorld world)
    {
        _ = world;
        routes.Map("GET", PingPath, static call => new Answer(200, call.Query("get_server_status") == "true" ? FullPing : Ping));
        routes.Map("GET", LicensePath, static _ => new Answer(200, NoLicense));
        foreach (var (method, template) in new[]
        {
            ("GET", "/api/v4/groups"), ("GET", "/api/v4/groups/{}"), ("GET", "/api/v4/groups/{}/members"), ("GET", "/api/v4/groups/{}/stats"),
            ("GET", "/api/v4/users/{}/groups"), ("GET", "/api/v4/teams/{}/groups"), ("GET", "/api/v4/channels/{}/groups"),
        })
        {
            routes.Map(method, template, static _ => throw new MattermostException(501, "api.ldap_groups.license_error", "your license does not support ldap groups"));
        }
    }
}
