using MattermostXsoar.Core.Xsoar.Models;

namespace MattermostXsoar.Core.Incidents;

/// <summary>Which entries of a War Room to show. It is applied here: what a server's filters mean differs.</summary>
internal sealed record EntryFilter
{
    /// <summary>
    /// The names of XSOAR's filters (xsoar-rest.md 2.3): some are what an entry is, others how it is marked.
    /// </summary>
    public static IReadOnlyList<string> KnownCategories { get; } =
    [
        "chats",
        "notes",
        "attachments",
        "evidence",
        "incidentInfo",
        "commandAndResults",
        "playbookTaskResult",
        "playbookTaskStartAndDone",
        "playbookErrors",
    ];

    /// <summary>One of these; null for all.</summary>
    public IReadOnlyCollection<string>? Categories { get; init; }

    /// <summary>With one of these tags; null for all.</summary>
    public IReadOnlyCollection<string>? Tags { get; init; }

    /// <summary>Written at this time or later.</summary>
    public DateTimeOffset? Since { get; init; }

    public bool IsMatch(XsoarEntry entry) =>
        !entry.Deleted
        && (Since is null || entry.Created >= Since)
        && (Categories is null || Categories.Any(category => IsIn(entry, category)))
        && (Tags is null || entry.Tags.Intersect(Tags, StringComparer.OrdinalIgnoreCase).Any());

    private static bool IsIn(XsoarEntry entry, string category) =>
        category.ToLowerInvariant() switch
        {
            "chat" or "chats" => entry.Category.Equals("chat", StringComparison.OrdinalIgnoreCase)
                || entry.Category.Equals("chats", StringComparison.OrdinalIgnoreCase),
            "note" or "notes" => entry.Note,
            "attachment" or "attachments" => entry.File.Length > 0,
            "evidence" => entry.Pinned,
            _ => entry.Category.Equals(category, StringComparison.OrdinalIgnoreCase),
        };
}
