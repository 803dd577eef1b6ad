namespace MattermostXsoar.Sandbox.Tests.Conformance.Newer;

/// <summary>Why answers differ from those recorded of 11.6.</summary>
internal static class NewerDifferences
{
    private static readonly Dictionary<string, string> Reasons = new(StringComparer.Ordinal)
    {
        ["rest-error-404-users-get-nul-in-name"] = "the sandbox's HTTP library refuses such an address itself",
        ["rest-error-400-users-get-bad-escape"] = "the sandbox's HTTP library accepts such an address",
        ["rest-channels-member-add-again"] =
            "the real server counts the mention of the first addition in the background, a moment later",
        ["rest-teams-unread-with-threads"] =
            "the recorded numbers leave out the channel that `rest-posts-set-unread-collapsed` marked as unread; why is not "
            + "known",
    };

    /// <summary>Lists that are sorted by ids, which differ: by recording and place in the body.</summary>
    private static readonly Dictionary<string, string[]> SortedByIds = new(StringComparer.Ordinal)
    {
        ["rest-teams-members"] = ["$"],
        ["rest-channels-list-all-admin"] = ["$"],
        ["rest-channels-list-of-user-members"] = ["$"],
        ["rest-channels-members"] = ["$"],
        ["rest-channels-members-of-archived"] = ["$"],
        ["rest-users-known"] = ["$"],
        ["rest-posts-files-info"] = ["$"],
        ["rest-error-404-channels-member-counts"] = ["$.message"],
        ["rest-categories-list-as-bot"] = ["$.categories[2].channel_ids"],
        ["rest-categories-list"] = ["$.categories[2].channel_ids"],
        ["rest-roles-list"] = ["$"],
        ["rest-roles-by-names"] = ["$"],
        ["rest-commands-list"] = ["$"],
        ["rest-commands-autocomplete"] = ["$"],
        ["rest-users-channels"] = ["$"],
        ["rest-channels-search-empty"] = ["$"],
        ["rest-channels-list-of-user-last-delete-at"] = ["$"],
        ["rest-posts-by-ids"] = ["$"],
        ["rest-posts-edit-history"] = ["$"],
        ["rest-posts-create-with-files"] = ["$.file_ids"],
        ["rest-posts-create-files-ten"] = ["$.file_ids"],
        ["rest-posts-thread-threaded"] = ["$.order"],
        ["rest-posts-thread-per-page-0"] = ["$.order"],
        ["rest-posts-thread-collapsed"] = ["$.order"],
        ["rest-posts-thread-collapsed-extended"] = ["$.order"],
        ["rest-posts-thread-of-reply"] = ["$.order"],
    };

    /// <summary>Pages of lists that are sorted by ids: which items they hold is a matter of chance.</summary>
    public static IReadOnlySet<string> PagesByIds { get; } =
        new HashSet<string>(StringComparer.Ordinal)
        {
            "rest-users-channel-members",
            "rest-channels-members-per-page-1",
            "rest-posts-thread-per-page-2",
            "rest-tokens-list-all",
        };

    public static IReadOnlySet<string> Unordered(string recording) =>
        SortedByIds.GetValueOrDefault(recording, []).ToHashSet();

    /// <summary>Why an answer differs; null, which fails the run, if there is no reason.</summary>
    public static string? Explanation(string recording) => Reasons.GetValueOrDefault(recording);
}
