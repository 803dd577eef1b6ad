namespace MattermostXsoar.Core.Mattermost.Models;

/// <summary>The names under which this module marks its own posts, so that a doubtful delivery can be found
/// again.</summary>
internal static class PostProps
{
    /// <summary>The War Room entry that a post shows.</summary>
    public const string EntryId = "xsoar_entry_id";

    /// <summary>The investigation of that entry.</summary>
    public const string InvestigationId = "xsoar_investigation_id";

    /// <summary>Which part of the entry a post shows.</summary>
    public const string EntryPart = "xsoar_part";

    /// <summary>Which edit of the entry a post was written for, when no post could be changed for it.</summary>
    public const string EntryEdit = "xsoar_edit";
}
