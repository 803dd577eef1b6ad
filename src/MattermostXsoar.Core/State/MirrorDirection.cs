namespace MattermostXsoar.Core.State;

/// <summary>
/// The direction of a mirror. The names are those that playbooks have used since XSOAR was called Demisto.
/// </summary>
public enum MirrorDirection
{
    /// <summary>Both ways.</summary>
    Both = 0,

    /// <summary>Only from the War Room into the chat.</summary>
    FromDemisto = 1,

    /// <summary>Only from the chat into the War Room.</summary>
    ToDemisto = 2,
}
