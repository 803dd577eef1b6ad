using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Mattermost.Posting;
using MattermostXsoar.Sessions;

namespace MattermostXsoar.Posting;

/// <summary>Uploads files and attaches them to posts, as many to each as the server allows.</summary>
internal sealed class FilePoster(MattermostSession session, PostTarget target, UploadProgress progress)
{
    /// <summary>Called with each error and its file; the other files are still sent.</summary>
    public required Action<MattermostXsoarException, object> Report { get; init; }

    public required Action<string> Explain { get; init; }

    /// <summary>Called with each post after it was created.</summary>
    public required Func<MattermostPost, Task> Posted { get; init; }

    public async Task SendAsync(
        IReadOnlyList<FileToSend> files,
        string message,
        int filesPerPost,
        CancellationToken cancellationToken
    )
    {
        var channel = await target.OpenAsync(session, cancellationToken);
        if (files.Count > filesPerPost)
        {
            var posts = (files.Count + filesPerPost - 1) / filesPerPost;
            Explain(
                $"Mattermost allows {filesPerPost} files in a post: these {files.Count} files are sent in {posts} "
                    + "posts, of which the later ones are replies to the first."
            );
        }

        string? rootId = null;
        for (var next = 0; next < files.Count; next += filesPerPost)
        {
            var sent = new List<MattermostFileInfo>();
            foreach (var file in files.Skip(next).Take(filesPerPost))
            {
                if (await UploadAsync(file, channel, cancellationToken) is { } info)
                    sent.Add(info);
            }

            if (sent.Count > 0)
                rootId = await PostAsync(channel, rootId is null ? message : "", sent, rootId, cancellationToken);
        }
    }

    private async Task<MattermostFileInfo?> UploadAsync(
        FileToSend file,
        MattermostChannel channel,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await file.UseAsync(
                session,
                source =>
                    session.BotMembership.RunAsMemberAsync(
                        ChannelAddress.Of(channel),
                        () =>
                            session.Bot.Files.UploadAsync(
                                channel.Id,
                                source,
                                progress.Begin(source),
                                cancellationToken
                            ),
                        Explain,
                        cancellationToken
                    ),
                cancellationToken
            );
        }
        catch (MattermostXsoarException error)
        {
            Report(error, file.Given);
            return null;
        }
    }

    private async Task<string?> PostAsync(
        MattermostChannel channel,
        string message,
        List<MattermostFileInfo> files,
        string? rootId,
        CancellationToken cancellationToken
    )
    {
        var posts = PostSeries.WriteAsync(
            channel.Id,
            message,
            [.. files.Select(file => file.Id)],
            rootId,
            session.PostSizeAsync,
            post => target.PostAsync(session, post, Explain, cancellationToken),
            cancellationToken
        );
        await foreach (var post in posts)
        {
            rootId ??= post.Id;
            foreach (var file in files.Where(file => post.FileIds.Contains(file.Id)))
                // The original's text.
                Explain($"file {file.Name} was successfully sent to channel {target.Name}");
            await Posted(post);
        }

        return rootId;
    }
}
