namespace MattermostXsoar.Sandbox.Xsoar;

/// <summary>The order of entries in an answer; that of the real server is not documented.</summary>
public enum WarRoomOrder
{
    /// <summary>The oldest first.</summary>
    Ascending,

    /// <summary>The newest first.</summary>
    Descending,

    /// <summary>In no order of time, but always the same one.</summary>
    Mixed,
}
