namespace MattermostXsoar.Sandbox.Xsoar;

/// <summary>Which entries survive when more match than a page holds; the real server's choice is not
/// documented.</summary>
public enum WarRoomPageCut
{
    /// <summary>The newest are in the answer.</summary>
    NewestKept,

    /// <summary>The oldest are in the answer.</summary>
    OldestKept,
}
