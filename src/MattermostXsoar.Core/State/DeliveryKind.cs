namespace MattermostXsoar.Core.State;

/// <summary>What a line is. The numbers are stored.</summary>
internal enum DeliveryKind
{
    /// <summary>Something somebody said.</summary>
    Line = 0,

    /// <summary>Something the mirror itself says, such as that the investigation was closed.</summary>
    Notice = 1,
}
