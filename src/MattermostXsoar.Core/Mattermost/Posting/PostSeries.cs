using System.Runtime.CompilerServices;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost.Models;

namespace MattermostXsoar.Core.Mattermost.Posting;

/// <summary>A message of any length: what does not fit into one post follows as replies to the first.</summary>
internal static class PostSeries
{
    /// <summary>Writes the posts one after the other; each is given out when it is there.</summary>
    /// <param name="channelId">Where.</param>
    /// <param name="message">The whole text.</param>
    /// <param name="fileIds">What the first post carries.</param>
    /// <param name="rootId">The thread to write in; null begins one where it takes several posts.</param>
    /// <param name="post">Writes one.</param>
    /// <param name="cancellationToken">Ends it between two posts.</param>
    /// <exception cref="MattermostXsoarException">
    /// ServerError when the server left files away: it answers a post whose files it cannot attach with success.
    /// </exception>
    public static async IAsyncEnumerable<MattermostPost> WriteAsync(
        string channelId,
        string message,
        IReadOnlyList<string> fileIds,
        string? rootId,
        Func<NewPost, Task<MattermostPost>> post,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        var isFirst = true;
        foreach (var part in MessageSplitter.Split(message))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var files = isFirst ? fileIds : [];
            isFirst = false;
            var written = await post(
                new NewPost
                {
                    ChannelId = channelId,
                    Message = part,
                    RootId = rootId,
                    FileIds = files.Count > 0 ? files : null,
                }
            );
            rootId ??= written.Id;
            yield return written;
            EnsureAttached(written, files);
        }
    }

    // rest-posts-create-unknown-file-id.json and rest-posts-create-file-already-attached.json.
    private static void EnsureAttached(MattermostPost written, IReadOnlyList<string> files)
    {
        var missing = files.Except(written.FileIds).Count();
        if (missing > 0)
            throw new MattermostXsoarException(
                ErrorIds.ServerError,
                ErrorKind.Unavailable,
                $"Mattermost has written the post {written.Id}, but left {missing} of its {files.Count} files away.",
                "Look at the post, and send the missing files again."
            );
    }
}
