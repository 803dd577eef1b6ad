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

    /// <summary>What was checked: <c>BotToken</c>, <c>PersonalToken</c>, <c>Team</c>, <c>NotificationChannel</c> or
    /// <c>Xsoar</c>.</summary>
    public string Check { get; }

    /// <summary>Whether it is well.</summary>
    public bool Ok { get; }

    /// <summary>What was found, or what is wrong.</summary>
    public string Message { get; }

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; }
}
