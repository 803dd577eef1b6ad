namespace MattermostXsoar.Configuration;

/// <summary>The settings of a configuration file.</summary>
internal enum ConfigurationKey
{
    Url,
    BotAccessToken,
    PersonalAccessToken,
    TeamName,
    NotificationChannel,
    Mirroring,
    LongRunning,
    AllowIncidents,
    PermittedNotifications,
    Insecure,
    Proxy,
    IncidentType,
    XsoarUrl,
    XsoarApiKey,
    XsoarApiKeyId,
    StatePath,
    AllowChatCommand,
}
