namespace MattermostXsoar.Core.State;

/// <summary>
/// The steps between two writes, to disk or to a server, at which a process may end. See <see cref="StopPoints"/>.
/// </summary>
internal enum StopPoint
{
    /// <summary>Messages were read and are not in the store yet.</summary>
    BeforeRecord,

    /// <summary>In the transaction: the deliveries are written, how far their side was read is not.</summary>
    BeforeCursor,

    /// <summary>Deliveries and position are on disk; nothing is sent yet.</summary>
    AfterRecord,

    /// <summary>A delivery is about to be sent.</summary>
    BeforeSend,

    /// <summary>The first part of an entry has arrived and is marked; a further one is about to be sent.</summary>
    BetweenParts,

    /// <summary>An edit or deletion is about to be sent; its message has arrived and is marked.</summary>
    BeforeChange,

    /// <summary>
    /// A file is opened on one side (to the chat: uploaded there), and the post or entry with it is not created yet.
    /// </summary>
    BeforeFileIsShown,

    /// <summary>The other side has returned the id; marking it is not requested yet.</summary>
    AfterSend,

    /// <summary>Marks are collected and not written yet.</summary>
    BeforeMark,

    /// <summary>In the transaction: deliveries are marked, the mirror's counter is not updated.</summary>
    BeforeCount,

    /// <summary>The marks are on disk.</summary>
    AfterMark,

    /// <summary>After a restart: what had arrived was found on the other side and is not marked yet.</summary>
    AfterLookUp,

    /// <summary>
    /// A closed investigation: what could not be added to its War Room is marked, the post that says so is not recorded
    /// yet.
    /// </summary>
    AfterRefused,

    /// <summary>A closed investigation: the last post is recorded, the channel is not archived yet.</summary>
    BeforeArchive,

    /// <summary>The channel is archived, the mirror is not marked as closed yet.</summary>
    AfterArchive,

    /// <summary>
    /// A reopened investigation: the post that says so is recorded, the mirror is not active again yet.
    /// </summary>
    BeforeReopened,

    /// <summary>
    /// A reopened investigation: the mirror is active again, what could not be added while it was closed is not pending
    /// yet.
    /// </summary>
    AfterReopened,

    /// <summary>A message to the bot is recorded; nothing is done for it yet.</summary>
    MessageRecorded,

    /// <summary>What is to be done for a message is on disk; it is about to be done.</summary>
    MessageActing,

    /// <summary>It is done on the other side; that is not on disk yet.</summary>
    MessageActed,

    /// <summary>The answer to a message is on disk; it is about to be posted.</summary>
    BeforeReply,

    /// <summary>The answer is posted; that is not on disk yet.</summary>
    AfterReply,

    /// <summary>A question is recorded and not posted yet.</summary>
    QuestionRecorded,

    /// <summary>A question is posted; its post is not recorded yet.</summary>
    QuestionPosted,

    /// <summary>A question's post is recorded; the bot has not added its reactions yet.</summary>
    QuestionMarked,

    /// <summary>The bot has added its reactions to a question; that is not recorded yet.</summary>
    QuestionReacted,

    /// <summary>A reply that is no option was answered; that is not recorded yet.</summary>
    QuestionHelped,

    /// <summary>How a question ended is recorded; neither the chat nor XSOAR has it yet.</summary>
    QuestionClosed,

    /// <summary>The chat shows how a question ended; that is not recorded yet.</summary>
    QuestionTold,

    /// <summary>An answer is about to be delivered into XSOAR.</summary>
    BeforeAnswer,

    /// <summary>The task is completed, or the entry added; that is not recorded yet.</summary>
    AfterAnswer,

    /// <summary>The entry of an answer is recorded and not tagged yet.</summary>
    BeforeAnswerTag,

    /// <summary>The entry of an answer is tagged; that is not recorded yet.</summary>
    AfterAnswerTag,

    /// <summary>Any transaction, just before its commit.</summary>
    BeforeCommit,

    /// <summary>Any transaction, just after its commit and before the callers are notified.</summary>
    AfterCommit,

    /// <summary>In a step of the migration, before its commit.</summary>
    BeforeMigrated,

    /// <summary>After a step of the migration.</summary>
    AfterMigrated,
}
