using System.Globalization;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Mattermost.Posting;
using MattermostXsoar.Core.Platform;

namespace MattermostXsoar.Core.Posts;

/// <summary>Checks a text that has to fit into one post.</summary>
internal static class PostText
{
    /// <param name="text">The text.</param>
    /// <param name="postSize">The most characters that the server allows; called only if not every server takes the
    /// text.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="MattermostXsoarException">InvalidArgument for one that is empty or too long.</exception>
    public static async Task CheckAsync(
        string text,
        Func<CancellationToken, Task<int>> postSize,
        CancellationToken cancellationToken
    )
    {
        if (string.IsNullOrWhiteSpace(text))
            throw Wrong("The text is empty.", "Give a -Message; Remove-MattermostPost deletes a post.");
        if (MessageSplitter.Fits(text, PostSize.Smallest))
            return;
        var limit = await postSize(cancellationToken);
        if (!MessageSplitter.Fits(text, limit))
            throw Wrong(
                string.Format(
                    CultureInfo.InvariantCulture,
                    "The text has {0} characters, and this server allows {1} in a post.",
                    CodePoints.Count(text),
                    limit
                ),
                "Shorten it, or post the rest as a reply with Send-MattermostNotification -RootPost."
            );
    }

    private static MattermostXsoarException Wrong(string message, string advice) =>
        new(ErrorIds.InvalidArgument, ErrorKind.InvalidArgument, message, advice);
}
