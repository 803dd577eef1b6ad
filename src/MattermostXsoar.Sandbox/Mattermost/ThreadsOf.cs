namespace MattermostXsoar.Sandbox.Mattermost;

/// <summary>Of which posts of a page the whole threads are returned with it.</summary>
internal enum ThreadsOf
{
    /// <summary>Of none.</summary>
    None,

    /// <summary>Only the first posts of the replies in the page.</summary>
    Roots,

    /// <summary>Of the replies in the page.</summary>
    Replies,

    /// <summary>Of all posts in the page.</summary>
    All,
}
