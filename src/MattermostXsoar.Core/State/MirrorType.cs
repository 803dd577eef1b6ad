namespace MattermostXsoar.Core.State;

/// <summary>Which War Room entries a mirror carries.</summary>
public enum MirrorType
{
    /// <summary>Every entry.</summary>
    All = 0,

    /// <summary>What people say: chat lines, notes and files; not commands, results, playbook or system
    /// entries.</summary>
    Chat = 1,

    /// <summary>Nothing: starting a mirror with this type stops it.</summary>
    None = 2,
}
