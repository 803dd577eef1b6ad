namespace MattermostXsoar.Core.Mirroring.ChatToWarRoom;

/// <summary>What happened to a post.</summary>
internal enum PostEventKind
{
    /// <summary>It was written.</summary>
    Created,

    /// <summary>It was changed in some way, perhaps only pinned.</summary>
    Updated,

    /// <summary>
    /// People attached something to it or removed that, and the event has only the post's id: the post has to be read.
    /// </summary>
    Annotated,

    /// <summary>It was deleted.</summary>
    Deleted,
}
