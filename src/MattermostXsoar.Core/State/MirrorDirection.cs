namespace MattermostXsoar.Core.State;

/// <summary>Which way a mirror carries lines. The names are those that playbooks have used since XSOAR was
/// Demisto.</summary>
public enum MirrorDirection
{
    /// <summary>Both ways.</summary>
    Both = 0,

    /// <summary>Only from the War Room into the chat.</summary>
    FromDemisto = 1,

    /// <summary>Only from the chat into the War Room.</summary>
    ToDemisto = 2,
}
