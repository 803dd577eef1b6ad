namespace MattermostXsoar.Core.State;

/// <summary>What a line is. The numbers are stored.</summary>
internal enum DeliveryKind
{
    /// <summary>A message or entry that a person wrote.</summary>
    Message = 0,

    /// <summary>Something the mirror itself says, such as that the investigation was closed.</summary>
    Notice = 1,

    /// <summary>What a line says now, after it was edited.</summary>
    Edit = 2,

    /// <summary>That a line, or a part of it, is no longer there.</summary>
    Deletion = 3,
}
