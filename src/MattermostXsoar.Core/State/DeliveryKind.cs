namespace MattermostXsoar.Core.State;

/// <summary>What is delivered. The numbers are stored.</summary>
internal enum DeliveryKind
{
    /// <summary>A message or entry that a person wrote.</summary>
    Message = 0,

    /// <summary>A message of the mirror itself, such as that the investigation was closed.</summary>
    Notice = 1,

    /// <summary>The new text of a message or entry that was edited.</summary>
    Edit = 2,

    /// <summary>The deletion of a message or entry, or of a part of it.</summary>
    Deletion = 3,

    /// <summary>What people attached to a message beside its text; <see cref="MessageAspect"/> says what.</summary>
    Annotation = 4,
}
