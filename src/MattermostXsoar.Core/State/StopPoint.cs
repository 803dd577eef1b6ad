namespace MattermostXsoar.Core.State;

/// <summary>The steps between two writes, to disk or to a server, at which a process may end. See <see
/// cref="StopPoints"/>.</summary>
internal enum StopPoint
{
    /// <summary>Lines were read and are not in the store yet.</summary>
    BeforeRecord,

    /// <summary>In the transaction: the lines are written, how far their side was read is not.</summary>
    BeforeCursor,

    /// <summary>Lines and position are on disk; nobody delivers them yet.</summary>
    AfterRecord,

    /// <summary>A line is about to be sent.</summary>
    BeforeSend,

    /// <summary>The first part of a line has arrived and is marked; a further one is about to be sent.</summary>
    BetweenParts,

    /// <summary>An edit or deletion is about to be sent; the line it concerns has arrived and is marked.</summary>
    BeforeChange,

    /// <summary>A file is opened on one side (to the chat: uploaded there), and what shows it is not made
    /// yet.</summary>
    BeforeFileIsShown,

    /// <summary>The other side has told the line's id; the mark is not asked for yet.</summary>
    AfterSend,

    /// <summary>Marks are gathered and not written yet.</summary>
    BeforeMark,

    /// <summary>In the transaction: lines are marked, the mirror's counter is not.</summary>
    BeforeCount,

    /// <summary>The marks are on disk.</summary>
    AfterMark,

    /// <summary>After a restart: what had arrived was found on the other side and is not marked yet.</summary>
    AfterLookUp,

    /// <summary>A closed investigation: the last post is recorded, the channel is not archived yet.</summary>
    BeforeArchive,

    /// <summary>The channel is archived, the mirror is not marked as closed yet.</summary>
    AfterArchive,

    /// <summary>A reopened investigation: the post that says so is recorded, the mirror is not active again
    /// yet.</summary>
    BeforeReopened,

    /// <summary>Any transaction, just before its commit.</summary>
    BeforeCommit,

    /// <summary>Any transaction, just after its commit and before anybody is told.</summary>
    AfterCommit,

    /// <summary>In a step of the store's layout, before its commit.</summary>
    BeforeMigrated,

    /// <summary>After a step of the store's layout.</summary>
    AfterMigrated,
}
