using System.Runtime.CompilerServices;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost.Models;

namespace MattermostXsoar.Core.Mattermost.Posting;

/// <summary>Writes a message of any length: what does not fit into one post follows as replies to the first.</summary>
internal static class PostSeries
{
    /// <summary>Writes the posts one after the other; each is returned when it was created.</summary>
    /// <param name="channelId">The channel.</param>
    /// <param name="message">The whole text.</param>
    /// <param name="fileIds">The files of the first post.</param>
    /// <param name="rootId">The thread to reply to; null for none: several posts then begin one.</param>
    /// <param name="postSize">
    /// The most characters that the server allows in a post; called only for a text that not every server takes.
    /// </param>
    /// <param name="post">Writes a post.</param>
    /// <param name="cancellationToken">Ends the series between two posts.</param>
    /// <exception cref="MattermostXsoarException">
    /// ServerError if the server did not attach all files: it answers such a post with success.
    /// </exception>
    public static async IAsyncEnumerable<MattermostPost> WriteAsync(
        string channelId,
        string message,
        IReadOnlyList<string> fileIds,
        string? rootId,
        Func<CancellationToken, Task<int>> postSize,
        Func<NewPost, Task<MattermostPost>> post,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        var isFirst = true;
        var limit = MessageSplitter.Fits(message, PostSize.Smallest)
            ? PostSize.Smallest
            : await postSize(cancellationToken);
        foreach (var part in MessageSplitter.Split(message, limit))
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
                $"Mattermost created the post {written.Id}, but did not attach {missing} of its {files.Count} files.",
                "Check the post, and send the missing files again."
            );
    }
}
