namespace MattermostXsoar.Core.Mirroring.ChatToWarRoom;

/// <summary>What happened to a post.</summary>
internal enum PostEventKind
{
    /// <summary>It was written.</summary>
    Said,

    /// <summary>It was changed in some way; perhaps only pinned.</summary>
    Changed,

    /// <summary>It was deleted.</summary>
    Deleted,
}
