namespace MattermostXsoar.Configuration;

/// <summary>
/// The names of the configuration's keys: those of the original integration, both the internal and the displayed ones,
/// and those of this module.
/// </summary>
internal static class ConfigurationKeys
{
    private static readonly Dictionary<string, ConfigurationKey> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["url"] = ConfigurationKey.Url,
        ["Server URL"] = ConfigurationKey.Url,
        ["bot_access_token"] = ConfigurationKey.BotAccessToken,
        ["Bot Access Token"] = ConfigurationKey.BotAccessToken,
        ["personal_access_token"] = ConfigurationKey.PersonalAccessToken,
        ["Personal Access Token"] = ConfigurationKey.PersonalAccessToken,
        ["team_name"] = ConfigurationKey.TeamName,
        ["Team Name"] = ConfigurationKey.TeamName,
        ["notification_channel"] = ConfigurationKey.NotificationChannel,
        ["Default Notifications Channel"] = ConfigurationKey.NotificationChannel,
        ["mirroring"] = ConfigurationKey.Mirroring,
        ["Enable Incident Mirroring"] = ConfigurationKey.Mirroring,
        ["longRunning"] = ConfigurationKey.LongRunning,
        ["Long running instance. Required for investigation mirroring and direct messages."] =
            ConfigurationKey.LongRunning,
        ["allow_incidents"] = ConfigurationKey.AllowIncidents,
        ["Allow external users to create incidents via DM."] = ConfigurationKey.AllowIncidents,
        ["permitted_notifications"] = ConfigurationKey.PermittedNotifications,
        ["Types of Notifications to Send"] = ConfigurationKey.PermittedNotifications,
        ["insecure"] = ConfigurationKey.Insecure,
        ["Trust any certificate (not secure)"] = ConfigurationKey.Insecure,
        ["proxy"] = ConfigurationKey.Proxy,
        ["Use system proxy settings"] = ConfigurationKey.Proxy,
        ["incidentType"] = ConfigurationKey.IncidentType,
        ["Incident type"] = ConfigurationKey.IncidentType,
        ["xsoar_url"] = ConfigurationKey.XsoarUrl,
        ["xsoar_api_key"] = ConfigurationKey.XsoarApiKey,
        ["xsoar_api_key_id"] = ConfigurationKey.XsoarApiKeyId,
        ["state_path"] = ConfigurationKey.StatePath,
        ["allow_chat_command"] = ConfigurationKey.AllowChatCommand,
    };

    public static ConfigurationKey? Find(string name) => Names.TryGetValue(name.Trim(), out var key) ? key : null;

    /// <summary>The name of a key in messages.</summary>
    public static string NameOf(ConfigurationKey key) => Names.First(name => name.Value == key).Key;
}
