using MattermostXsoar.Core.Http;
using MattermostXsoar.Core.People.Models;

namespace MattermostXsoar.Sessions;

/// <summary>The settings of a session. Its tokens are registered with the environment's redactor already.</summary>
internal sealed record SessionOptions
{
    public required Uri Uri { get; init; }

    public required AccessToken BotToken { get; init; }

    public required AccessToken PersonalToken { get; init; }

    public required string Team { get; init; }

    public string? NotificationChannel { get; init; }

    public Uri? XsoarUri { get; init; }

    public AccessToken? XsoarApiKey { get; init; }

    /// <summary>The id of the API key for XSOAR 8; null for 6.x.</summary>
    public string? XsoarApiKeyId { get; init; }

    public bool NoMirroring { get; init; }

    public bool NoListener { get; init; }

    public bool AllowExternalIncidents { get; init; }

    public string? IncidentType { get; init; }

    public IReadOnlyList<ChatCommand> AllowedChatCommands { get; init; } = [];

    public IReadOnlyList<string> PermittedNotifications { get; init; } = [];

    /// <summary>The state file or its folder; null for the default path.</summary>
    public string? StatePath { get; init; }

    public TransportOptions Transport { get; init; } = new();

    public required ClientEnvironment Environment { get; init; }
}
