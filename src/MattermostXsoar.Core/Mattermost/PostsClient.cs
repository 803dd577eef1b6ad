using System.Text.Json;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Http;
using MattermostXsoar.Core.Mattermost.Models;

namespace MattermostXsoar.Core.Mattermost;

/// <summary>Posts.</summary>
internal sealed class PostsClient
{
    private const string Api = MattermostClient.ApiPath;

    private readonly ApiTransport _transport;
    private readonly ServerSettingsCache _settings;

    public PostsClient(ApiTransport transport, ServerSettingsCache settings)
    {
        _transport = transport;
        _settings = settings;
    }

    /// <summary>Writes a post. The request is not repeated when its outcome is unknown.</summary>
    public Task<MattermostPost> CreateAsync(NewPost post, CancellationToken cancellationToken) =>
        WriteAsync(
            new ApiRequest(HttpMethod.Post, Api + "/posts")
            {
                Body = JsonSerializer.SerializeToUtf8Bytes(post, MattermostJson.Default.NewPost),
                Kind = ResourceKind.Channel,
                Subject = post.ChannelId,
                Permission = "create_post",
            },
            cancellationToken
        );

    /// <summary>Whether a post was deleted or never existed.</summary>
    public async Task<bool> IsGoneAsync(string postId, CancellationToken cancellationToken)
    {
        try
        {
            return (await GetAsync(postId, cancellationToken)).DeleteAtMs > 0;
        }
        catch (ApiException exception) when (exception.Kind == ErrorKind.NotFound)
        {
            return true;
        }
        catch (ApiException exception) when (exception.ErrorId == ErrorIds.PostHidden)
        {
            return false;
        }
    }

    /// <summary>Whether a post is hidden by the server's limit of the message history.</summary>
    public async Task<bool> IsHiddenAsync(string postId, CancellationToken cancellationToken)
    {
        try
        {
            await GetAsync(postId, cancellationToken);
            return false;
        }
        catch (ApiException exception) when (exception.Kind is ErrorKind.NotFound or ErrorKind.Permission)
        {
            return exception.ErrorId == ErrorIds.PostHidden;
        }
    }

    /// <summary>A post with its thread.</summary>
    public Task<PostList> GetThreadAsync(string postId, CancellationToken cancellationToken) =>
        _transport.SendAsync(
            new ApiRequest(HttpMethod.Get, $"{Api}/posts/{Uri.EscapeDataString(postId)}/thread")
            {
                Answer = AnswerSize.List,
                Kind = ResourceKind.Post,
                Subject = postId,
                Permission = "read_channel",
            },
            MattermostJson.Default.PostList,
            cancellationToken
        );

    /// <summary>Changes the fields that the patch contains.</summary>
    public Task<MattermostPost> PatchAsync(string postId, PostPatch patch, CancellationToken cancellationToken) =>
        WriteAsync(
            new ApiRequest(HttpMethod.Put, $"{Api}/posts/{Uri.EscapeDataString(postId)}/patch")
            {
                Body = JsonSerializer.SerializeToUtf8Bytes(patch, MattermostJson.Default.PostPatch),
                Effect = RequestEffect.Idempotent,
                Kind = ResourceKind.Post,
                Subject = postId,
                Permission = "edit_post",
            },
            cancellationToken
        );

    /// <summary>Deletes a post and its replies.</summary>
    /// <remarks>For a post that is deleted already the server answers 403, as for a missing permission.</remarks>
    public Task DeleteAsync(string postId, CancellationToken cancellationToken) =>
        _transport.SendAsync(
            new ApiRequest(HttpMethod.Delete, $"{Api}/posts/{Uri.EscapeDataString(postId)}")
            {
                Kind = ResourceKind.Post,
                Subject = postId,
                Permission = "delete_post",
            },
            cancellationToken
        );

    /// <summary>Pins a post to its channel, or unpins it; doing it twice changes nothing.</summary>
    public Task SetPinnedAsync(string postId, bool isPinned, CancellationToken cancellationToken) =>
        _transport.SendAsync(
            new ApiRequest(
                HttpMethod.Post,
                $"{Api}/posts/{Uri.EscapeDataString(postId)}/{(isPinned ? "pin" : "unpin")}"
            )
            {
                Effect = RequestEffect.Idempotent,
                Kind = ResourceKind.Post,
                Subject = postId,
                Permission = "read_channel (membership of the channel)",
            },
            cancellationToken
        );

    /// <summary>
    /// A page of the posts that a search finds, the newest first, in the channels of a team that the user is in. Without
    /// a search engine a server may ignore the page.
    /// </summary>
    public Task<PostList> SearchAsync(
        string teamId,
        string terms,
        int page,
        int perPage,
        CancellationToken cancellationToken
    ) =>
        _transport.SendAsync(
            new ApiRequest(HttpMethod.Post, $"{Api}/teams/{Uri.EscapeDataString(teamId)}/posts/search")
            {
                Body = JsonSerializer.SerializeToUtf8Bytes(
                    new PostSearchTerms
                    {
                        Terms = terms,
                        Page = page,
                        PerPage = perPage,
                    },
                    MattermostJson.Default.PostSearchTerms
                ),
                Effect = RequestEffect.Read,
                Answer = AnswerSize.List,
                Kind = ResourceKind.Team,
                Subject = teamId,
                Permission = "view_team",
            },
            MattermostJson.Default.PostList,
            cancellationToken
        );

    public Task<MattermostPost> GetAsync(string postId, CancellationToken cancellationToken) =>
        _transport.SendAsync(
            new ApiRequest(HttpMethod.Get, $"{Api}/posts/{Uri.EscapeDataString(postId)}")
            {
                Kind = ResourceKind.Post,
                Subject = postId,
                Permission = "read_channel",
            },
            MattermostJson.Default.MattermostPost,
            cancellationToken
        );

    /// <summary>A page of a channel's posts, beginning with the newest on page 0; without deleted ones.</summary>
    public Task<PostList> ListAsync(string channelId, int page, int perPage, CancellationToken cancellationToken) =>
        ListAsync(channelId, $"page={page}&per_page={perPage}", cancellationToken);

    /// <summary>A page of the posts written after a post, beginning with those next to it on page 0.</summary>
    public Task<PostList> ListAfterAsync(
        string channelId,
        string afterPostId,
        int page,
        int perPage,
        CancellationToken cancellationToken
    ) =>
        ListAsync(
            channelId,
            $"after={Uri.EscapeDataString(afterPostId)}&page={page}&per_page={perPage}",
            cancellationToken
        );

    /// <summary>A page of the posts written before a post, beginning with those next to it on page 0.</summary>
    public Task<PostList> ListBeforeAsync(
        string channelId,
        string beforePostId,
        int page,
        int perPage,
        CancellationToken cancellationToken
    ) =>
        ListAsync(
            channelId,
            $"before={Uri.EscapeDataString(beforePostId)}&page={page}&per_page={perPage}",
            cancellationToken
        );

    /// <summary>
    /// The posts written, edited or deleted since a time. The server returns at most 1000 of them, without further
    /// pages.
    /// </summary>
    public Task<PostList> ListSinceAsync(string channelId, DateTimeOffset since, CancellationToken cancellationToken) =>
        ListAsync(channelId, $"since={since.ToUnixTimeMilliseconds()}", cancellationToken);

    // A text that is too long was split by settings that have changed since: the next one must not be.
    private async Task<MattermostPost> WriteAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await _transport.SendAsync(request, MattermostJson.Default.MattermostPost, cancellationToken);
        }
        catch (ApiException refused)
            when (refused.ServerErrorId is ServerErrorIds.InvalidMessage or ServerErrorIds.MessageTooLong)
        {
            await _settings.RenewAsync(cancellationToken);
            throw;
        }
    }

    private Task<PostList> ListAsync(string channelId, string query, CancellationToken cancellationToken) =>
        _transport.SendAsync(
            new ApiRequest(HttpMethod.Get, $"{Api}/channels/{Uri.EscapeDataString(channelId)}/posts?{query}")
            {
                Answer = AnswerSize.List,
                Kind = ResourceKind.Channel,
                Subject = channelId,
                Permission = "read_channel",
            },
            MattermostJson.Default.PostList,
            cancellationToken
        );
}
