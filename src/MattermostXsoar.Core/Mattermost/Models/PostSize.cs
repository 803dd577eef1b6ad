namespace MattermostXsoar.Core.Mattermost.Models;

/// <summary>How long a post may be, in characters (Unicode code points), as servers count them.</summary>
internal static class PostSize
{
    /// <summary>
    /// What every server takes whose database has the column of 5.0 or later, and the most that is put into a post
    /// (recorded: rest-posts-create-longest, rest-error-400-posts-create-too-long).
    /// </summary>
    public const int Largest = 16383;

    /// <summary>
    /// What every server takes: one with an older column publishes this as its <c>MaxPostSize</c>, and none a lower one
    /// (server/channels/store/sqlstore/post_store.go).
    /// </summary>
    public const int Smallest = 4000;
}
