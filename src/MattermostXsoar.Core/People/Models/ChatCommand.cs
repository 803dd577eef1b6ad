namespace MattermostXsoar.Core.People.Models;

/// <summary>What users of XSOAR may do to an incident from its mirror's channel, if it is allowed.</summary>
public enum ChatCommand
{
    /// <summary><c>@bot owner @jane</c>: the incident gets an owner.</summary>
    Owner,

    /// <summary><c>@bot severity high</c>: it gets a severity.</summary>
    Severity,

    /// <summary><c>@bot assign 43 @jane</c>: a playbook task is assigned.</summary>
    Assign,

    /// <summary><c>@bot close reason</c>: it is closed.</summary>
    Close,

    /// <summary><c>@bot note text</c>: a note is added to the War Room.</summary>
    Note,

    /// <summary><c>@bot status</c>: what is known of it.</summary>
    Status,
}
