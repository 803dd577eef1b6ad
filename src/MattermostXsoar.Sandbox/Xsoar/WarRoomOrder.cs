namespace MattermostXsoar.Sandbox.Xsoar;

/// <summary>In which order entries come; the real server's is not documented.</summary>
public enum WarRoomOrder
{
    /// <summary>The oldest first.</summary>
    Ascending,

    /// <summary>The newest first.</summary>
    Descending,

    /// <summary>In no order of time, but always the same one.</summary>
    Mixed,
}
