namespace MattermostXsoar.Configuration;

/// <summary>What a configuration file may say.</summary>
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
}
