namespace MattermostXsoar.Core.Mattermost.Models;

/// <summary>
/// The props with which this module marks its own posts, so that a delivery of unknown outcome can be looked up.
/// </summary>
internal static class PostProps
{
    /// <summary>The War Room entry that a post shows.</summary>
    public const string EntryId = "xsoar_entry_id";

    /// <summary>
    /// When that entry was written (ms since 1970), if the server gave the id of an earlier entry again.
    /// </summary>
    public const string EntryCreated = "xsoar_created";

    /// <summary>The investigation of that entry.</summary>
    public const string InvestigationId = "xsoar_investigation_id";

    /// <summary>The part of the entry that a post shows.</summary>
    public const string EntryPart = "xsoar_part";

    /// <summary>
    /// The change of the entry that a post was written for, if there was no post to change for it: the version of an
    /// edit, or <see cref="Deleted"/>.
    /// </summary>
    public const string EntryEdit = "xsoar_edit";

    /// <summary>The value of <see cref="EntryEdit"/> for a deletion.</summary>
    public const string Deleted = "deleted";

    /// <summary>The question that a post belongs to: a code that only its state file can make.</summary>
    public const string Question = "xsoar_question";

    /// <summary>What a post of a question is: it asks, helps, thanks or says how the question ended.</summary>
    public const string QuestionPart = "xsoar_question_part";

    /// <summary>The message that a post of the bot answers.</summary>
    public const string ReplyTo = "xsoar_reply_to";
}
