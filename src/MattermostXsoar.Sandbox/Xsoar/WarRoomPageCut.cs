namespace MattermostXsoar.Sandbox.Xsoar;

/// <summary>Which entries are kept if more match than a page holds; that of the real server is not
/// documented.</summary>
public enum WarRoomPageCut
{
    /// <summary>The newest are in the answer.</summary>
    NewestKept,

    /// <summary>The oldest are in the answer.</summary>
    OldestKept,
}
