namespace MattermostXsoar.Core.State;

/// <summary>Which War Room entries are mirrored.</summary>
public enum MirrorType
{
    /// <summary>Every entry.</summary>
    All = 0,

    /// <summary>
    /// What people write: chat messages, notes and files; not commands, results, playbook or system entries.
    /// </summary>
    Chat = 1,

    /// <summary>Nothing: starting a mirror with this type stops it.</summary>
    None = 2,
}
