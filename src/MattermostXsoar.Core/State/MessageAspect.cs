namespace MattermostXsoar.Core.State;

/// <summary>What of a message a delivery is about. The numbers are stored.</summary>
internal enum MessageAspect
{
    /// <summary>The message itself: its text and files, their edits, its deletion.</summary>
    Content = 0,

    /// <summary>Whether the message is pinned.</summary>
    Pin = 1,

    /// <summary>People's reactions to the message.</summary>
    Reactions = 2,

    /// <summary>What was posted after the message and cannot be read any more.</summary>
    Gap = 3,

    /// <summary>A file that was added to the message later. Its part is only a number among these files.</summary>
    File = 4,

    /// <summary>The priority that its author gave the message.</summary>
    Priority = 5,
}
