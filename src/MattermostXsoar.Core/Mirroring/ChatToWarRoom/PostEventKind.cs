namespace MattermostXsoar.Core.Mirroring.ChatToWarRoom;

/// <summary>What happened to a post.</summary>
internal enum PostEventKind
{
    /// <summary>It was written.</summary>
    Created,

    /// <summary>It was changed in some way; perhaps only pinned.</summary>
    Updated,

    /// <summary>It was deleted.</summary>
    Deleted,
}
