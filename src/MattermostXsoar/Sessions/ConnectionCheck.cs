namespace MattermostXsoar.Sessions;

/// <summary>The result of one check of a connection.</summary>
public sealed class ConnectionCheck
{
    internal ConnectionCheck(string check, bool ok, string message, TimeSpan duration)
    {
        Check = check;
        Ok = ok;
        Message = message;
        Duration = duration;
    }

    /// <summary>
    /// The check: <c>Server</c>, <c>BotToken</c>, <c>PersonalToken</c>, <c>Team</c>, <c>NotificationChannel</c> or <c>Xsoar</c>.
    /// </summary>
    public string Check { get; }

    /// <summary>Whether it succeeded.</summary>
    public bool Ok { get; }

    /// <summary>What was found, or the error.</summary>
    public string Message { get; }

    /// <summary>The duration.</summary>
    public TimeSpan Duration { get; }
}
