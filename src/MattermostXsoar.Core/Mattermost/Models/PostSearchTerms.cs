namespace MattermostXsoar.Core.Mattermost.Models;

/// <summary>A search for posts.</summary>
internal sealed class PostSearchTerms
{
    /// <summary>As people type it: words, phrases in quotes, <c>from:</c>, <c>in:</c>.</summary>
    public required string Terms { get; init; }

    public bool IsOrSearch { get; init; }

    public int Page { get; init; }

    public int PerPage { get; init; }
}
