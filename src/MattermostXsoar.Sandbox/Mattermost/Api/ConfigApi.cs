using System.Text.Json;
using MattermostXsoar.Sandbox.Hosting;

namespace MattermostXsoar.Sandbox.Mattermost.Api;

/// <summary>The parts of the server's configuration that clients request.</summary>
internal static class ConfigApi
{
    public const string ClientPath = "/api/v4/config/client";

    /// <summary>The pages of the system console: whoever may read one of them may read the configuration.</summary>
    private static readonly string[] ConsolePages =
    [
        "about_edition_and_license",
        "billing",
        "reporting_site_statistics",
        "reporting_team_statistics",
        "reporting_server_logs",
        "user_management_users",
        "user_management_groups",
        "user_management_teams",
        "user_management_channels",
        "user_management_permissions",
        "user_management_system_roles",
        "environment_web_server",
        "environment_database",
        "environment_elasticsearch",
        "environment_file_storage",
        "environment_image_proxy",
        "environment_smtp",
        "environment_push_notification_server",
        "environment_high_availability",
        "environment_rate_limiting",
        "environment_logging",
        "environment_session_lengths",
        "environment_performance_monitoring",
        "environment_developer",
        "site_customization",
        "site_localization",
        "site_users_and_teams",
        "site_notifications",
        "site_announcement_banner",
        "site_emoji",
        "site_posts",
        "site_file_sharing_and_downloads",
        "site_public_links",
        "site_notices",
        "authentication_signup",
        "authentication_email",
        "authentication_password",
        "authentication_mfa",
        "authentication_ldap",
        "authentication_saml",
        "authentication_openid",
        "authentication_guest_access",
        "plugins",
        "integrations_integration_management",
        "integrations_bot_accounts",
        "integrations_gif",
        "integrations_cors",
        "compliance_data_retention_policy",
        "compliance_compliance_export",
        "compliance_compliance_monitoring",
        "compliance_custom_terms_of_service",
        "experimental_features",
        "experimental_feature_flags",
        "experimental_bleve",
    ];

    private static readonly string[] NewConsolePages =
    [
        .. ConsolePages.SelectMany(static page =>
            page switch
            {
                "environment_developer" => [page, "environment_mobile_security"],
                "experimental_bleve" => ["products_boards", "site_ip_filters"],
                _ => new[] { page },
            }
        ),
    ];

    private static string Missing(ServerVersion version) =>
        string.Join(
            ',',
            (version.HasNewApis ? NewConsolePages : ConsolePages).Select(static page => "sysconsole_read_" + page)
        );

    public static void Map(RouteTable routes, MattermostWorld world)
    {
        routes.Map(
            "GET",
            "/api/v4/config",
            call =>
            {
                Demand.SystemAdmin(call, Missing(world.Version));
                return Configuration(world);
            }
        );
        if (world.Version.HasNewApis)
            foreach (var path in new[] { "/api/v4/config", "/api/v4/config/patch" })
                routes.Map("PUT", path, call => Change(world, call));
        routes.Map(
            "GET",
            ClientPath,
            call => new Answer(
                200,
                Json.Bytes(
                    world.Version.HasNewApis ? Settings(world, call.Caller is not null) : OldSettings(world),
                    static (writer, it) =>
                    {
                        writer.WriteStartObject();
                        foreach (var (name, value) in it)
                            writer.WriteString(name, value);
                        writer.WriteEndObject();
                    }
                )
            )
        );
    }

    private static Answer Configuration(MattermostWorld world) =>
        new(
            200,
            Json.Bytes(
                world,
                static (writer, it) =>
                {
                    writer.WriteStartObject();
                    writer.WriteStartObject("ServiceSettings"u8);
                    writer.WriteBoolean("EnableDeveloper"u8, it.Options.DeveloperMode);
                    writer.WriteEndObject();
                    writer.WriteStartObject("FileSettings"u8);
                    writer.WriteNumber("MaxFileSize"u8, it.MaxFileSize);
                    writer.WriteEndObject();
                    writer.WriteEndObject();
                }
            )
        );

    /// <summary>Of what an administrator changes, the sandbox has the largest file.</summary>
    private static Answer Change(MattermostWorld world, ApiCall call)
    {
        Demand.SystemAdmin(call, "manage_system");
        if (call.Json is not { ValueKind: JsonValueKind.Object } json)
            throw MattermostException.BodyParameter("config");
        if (
            json.TryGetProperty("FileSettings", out var files)
            && files.ValueKind == JsonValueKind.Object
            && files.TryGetProperty("MaxFileSize", out var size)
            && size.TryGetInt64(out var bytes)
        )
            world.MaxFileSize = bytes;
        return Configuration(world);
    }

    /// <summary>The few settings that a client needs, without a token too.</summary>
    private static SortedDictionary<string, string> OldSettings(MattermostWorld world) =>
        new(StringComparer.Ordinal)
        {
            ["EnableDeveloper"] = world.Options.DeveloperMode ? "true" : "false",
            ["MaxFileSize"] = Text(world.MaxFileSize),
            ["MaxPostSize"] = Text(world.MaxPostSize),
            ["SiteURL"] = world.SiteUrl,
            ["Version"] = world.Options.MattermostVersion,
        };

    private static SortedDictionary<string, string> Settings(MattermostWorld world, bool isLoggedIn)
    {
        var settings = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var known = ServerData.ClientConfig;
        foreach (var part in isLoggedIn ? new[] { "open", "users" } : ["open"])
        foreach (var setting in known.GetProperty(part).EnumerateObject())
            settings[setting.Name] = setting.Value.GetString()!;
        settings["SiteURL"] = world.SiteUrl.Length > 0 ? world.SiteUrl : world.Site;
        settings["DiagnosticId"] = settings["TelemetryId"] = world.ServerId;
        settings["Version"] = settings["BuildNumber"] = world.Options.MattermostVersion;
        settings["HasImageProxy"] = world.Options.ImageProxy ? "true" : "false";
        if (!isLoggedIn)
            return settings;
        settings["InstallationDate"] = Text(world.InstalledAt);
        settings["MaxFileSize"] = Text(world.MaxFileSize);
        settings["MaxPostSize"] = Text(world.MaxPostSize);
        settings["EnableDeveloper"] = world.Options.DeveloperMode ? "true" : "false";
        return settings;
    }

    private static string Text(long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
