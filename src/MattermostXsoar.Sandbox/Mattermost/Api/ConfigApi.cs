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

    private static readonly string Missing = string.Join(
        ',',
        ConsolePages.Select(static page => "sysconsole_read_" + page)
    );

    public static void Map(RouteTable routes, MattermostWorld world)
    {
        routes.Map(
            "GET",
            "/api/v4/config",
            call =>
            {
                Demand.SystemAdmin(call, Missing);
                return new Answer(
                    200,
                    Json.Bytes(
                        world.Options,
                        static (writer, it) =>
                        {
                            writer.WriteStartObject();
                            writer.WriteStartObject("ServiceSettings"u8);
                            writer.WriteBoolean("EnableDeveloper"u8, it.DeveloperMode);
                            writer.WriteEndObject();
                            writer.WriteStartObject("FileSettings"u8);
                            writer.WriteNumber("MaxFileSize"u8, it.MaxFileSize);
                            writer.WriteEndObject();
                            writer.WriteEndObject();
                        }
                    )
                );
            }
        );
        routes.Map(
            "GET",
            ClientPath,
            _ => new Answer(
                200,
                Json.Bytes(
                    world,
                    static (writer, it) =>
                    {
                        writer.WriteStartObject();
                        writer.WriteString("EnableDeveloper"u8, it.Options.DeveloperMode ? "true" : "false");
                        writer.WriteString(
                            "MaxFileSize"u8,
                            it.MaxFileSize.ToString(System.Globalization.CultureInfo.InvariantCulture)
                        );
                        writer.WriteString(
                            "MaxPostSize"u8,
                            it.MaxPostSize.ToString(System.Globalization.CultureInfo.InvariantCulture)
                        );
                        writer.WriteString("SiteURL"u8, it.SiteUrl);
                        writer.WriteString("Version"u8, it.Options.MattermostVersion);
                        writer.WriteEndObject();
                    }
                )
            )
        );
    }
}
