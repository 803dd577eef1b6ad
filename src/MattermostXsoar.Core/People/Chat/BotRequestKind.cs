namespace MattermostXsoar.Core.People.Chat;

/// <summary>What a person asks the bot for.</summary>
internal enum BotRequestKind
{
    /// <summary>Nothing that is understood: the answer is the list of commands.</summary>
    Help,

    /// <summary>The incidents that are not closed.</summary>
    ListIncidents,

    /// <summary>Those that the person owns.</summary>
    ListMyIncidents,

    /// <summary>The tasks that wait for the person.</summary>
    ListMyTasks,

    /// <summary>The closed incidents.</summary>
    ListClosedIncidents,

    /// <summary>A new incident, or several.</summary>
    NewIncident,

    /// <summary>A mirror of an incident, with the person in its channel.</summary>
    Mirror,
}
