using System.Text.Json;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Http;
using MattermostXsoar.Core.Mattermost.Models;

namespace MattermostXsoar.Core.Mattermost;

/// <summary>Posts.</summary>
internal sealed class PostsClient
{
    private const string Api = MattermostClient.ApiPath;

    private readonly ApiTransport _funnel;

    public PostsClient(ApiTransport funnel) => _funnel = funnel;

    /// <summary>Writes a post. It is never sent a second time when the outcome of the first is unknown.</summary>
    public Task<MattermostPost> CreateAsync(NewPost post, CancellationToken cancellationToken) =>
        _funnel.SendAsync(
            new ApiRequest(HttpMethod.Post, Api + "/posts")
            {
                Body = JsonSerializer.SerializeToUtf8Bytes(post, MattermostJson.Default.NewPost),
                Kind = ResourceKind.Channel,
                Subject = post.ChannelId,
                Permission = "create_post",
            },
            MattermostJson.Default.MattermostPost,
            cancellationToken
        );

    /// <summary>Whether a post was deleted, or never was.</summary>
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
    }

    /// <summary>A post with its thread.</summary>
    public Task<PostList> GetThreadAsync(string postId, CancellationToken cancellationToken) =>
        _funnel.SendAsync(
            new ApiRequest(HttpMethod.Get, $"{Api}/posts/{Uri.EscapeDataString(postId)}/thread")
            {
                Kind = ResourceKind.Post,
                Subject = postId,
                Permission = "read_channel",
            },
            MattermostJson.Default.PostList,
            cancellationToken
        );

    /// <summary>Changes what the patch holds.</summary>
    public Task<MattermostPost> PatchAsync(string postId, PostPatch patch, CancellationToken cancellationToken) =>
        _funnel.SendAsync(
            new ApiRequest(HttpMethod.Put, $"{Api}/posts/{Uri.EscapeDataString(postId)}/patch")
            {
                Body = JsonSerializer.SerializeToUtf8Bytes(patch, MattermostJson.Default.PostPatch),
                Effect = RequestEffect.Idempotent,
                Kind = ResourceKind.Post,
                Subject = postId,
                Permission = "edit_post",
            },
            MattermostJson.Default.MattermostPost,
            cancellationToken
        );

    /// <summary>Deletes a post, and the replies to it with it.</summary>
    /// <remarks>One that is deleted already is refused with 403, as if the right were missing.</remarks>
    public Task DeleteAsync(string postId, CancellationToken cancellationToken) =>
        _funnel.SendAsync(
            new ApiRequest(HttpMethod.Delete, $"{Api}/posts/{Uri.EscapeDataString(postId)}")
            {
                Kind = ResourceKind.Post,
                Subject = postId,
                Permission = "delete_post",
            },
            cancellationToken
        );

    public Task<MattermostPost> GetAsync(string postId, CancellationToken cancellationToken) =>
        _funnel.SendAsync(
            new ApiRequest(HttpMethod.Get, $"{Api}/posts/{Uri.EscapeDataString(postId)}")
            {
                Kind = ResourceKind.Post,
                Subject = postId,
                Permission = "read_channel",
            },
            MattermostJson.Default.MattermostPost,
            cancellationToken
        );

    /// <summary>A page of a channel's posts, page 0 holding the newest; deleted ones are left out.</summary>
    public Task<PostList> ListAsync(string channelId, int page, int perPage, CancellationToken cancellationToken) =>
        ListAsync(channelId, $"page={page}&per_page={perPage}", cancellationToken);

    /// <summary>A page of the posts written after a post, page 0 holding those next to it.</summary>
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

    /// <summary>A page of the posts written before a post, page 0 holding those next to it.</summary>
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

    /// <summary>The posts written, edited or deleted since a time. The server cuts this list at 1000 and does not page
    /// it.</summary>
    public Task<PostList> ListSinceAsync(string channelId, DateTimeOffset since, CancellationToken cancellationToken) =>
        ListAsync(channelId, $"since={since.ToUnixTimeMilliseconds()}", cancellationToken);

    private Task<PostList> ListAsync(string channelId, string query, CancellationToken cancellationToken) =>
        _funnel.SendAsync(
            new ApiRequest(HttpMethod.Get, $"{Api}/channels/{Uri.EscapeDataString(channelId)}/posts?{query}")
            {
                Kind = ResourceKind.Channel,
                Subject = channelId,
                Permission = "read_channel",
            },
            MattermostJson.Default.PostList,
            cancellationToken
        );
}
