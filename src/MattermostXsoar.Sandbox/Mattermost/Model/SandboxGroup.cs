namespace MattermostXsoar.Sandbox.Mattermost.Model;

/// <summary>A user group: a custom one, or one from a directory.</summary>
public sealed class SandboxGroup
{
    /// <summary>The id.</summary>
    public required string Id { get; init; }

    /// <summary>The name used for mentions; null if a directory group has none.</summary>
    public string? Name { get; set; }

    /// <summary>The display name.</summary>
    public string DisplayName { get; set; } = "";

    /// <summary>The description.</summary>
    public string Description { get; set; } = "";

    /// <summary><c>custom</c> or <c>ldap</c>.</summary>
    public string Source { get; init; } = "custom";

    /// <summary>The directory's id; null for a custom group.</summary>
    public string? RemoteId { get; init; }

    /// <summary>Whether every user may mention it.</summary>
    public bool AllowReference { get; set; } = true;

    /// <summary>Creation, in ms since the epoch.</summary>
    public long CreateAt { get; init; }

    /// <summary>Last change, in ms since the epoch.</summary>
    public long UpdateAt { get; set; }

    /// <summary>Deletion, in ms since the epoch; 0 while it is not deleted.</summary>
    public long DeleteAt { get; set; }

    /// <summary>Ids of the members.</summary>
    public IReadOnlyCollection<string> MemberIds => [.. Members.Keys];

    /// <summary>Members with the time they were added, in ms since the epoch.</summary>
    internal OrderedDictionary<string, long> Members { get; } = [];

    /// <summary>The teams and channels whose membership follows the group, by id.</summary>
    internal OrderedDictionary<string, SandboxGroupLink> Links { get; } = [];
}
