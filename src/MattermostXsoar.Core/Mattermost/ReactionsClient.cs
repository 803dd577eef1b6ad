using System.Text.Json;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Http;
using MattermostXsoar.Core.Mattermost.Models;

namespace MattermostXsoar.Core.Mattermost;

/// <summary>Reactions to posts.</summary>
internal sealed class ReactionsClient
{
    private const string Api = MattermostClient.ApiPath;

    private readonly ApiTransport _transport;

    public ReactionsClient(ApiTransport transport) => _transport = transport;

    /// <summary>Adds a reaction of the token's user; nothing changes if it is there already.</summary>
    /// <exception cref="MattermostXsoarException">Among others PostNotFound, and InvalidRequest for an emoji that the
    /// server does not know.</exception>
    public Task AddAsync(NewReaction reaction, CancellationToken cancellationToken) =>
        _transport.SendAsync(
            new ApiRequest(HttpMethod.Post, Api + "/reactions")
            {
                Body = JsonSerializer.SerializeToUtf8Bytes(reaction, MattermostJson.Default.NewReaction),
                Effect = RequestEffect.Idempotent,
                Kind = ResourceKind.Post,
                Subject = reaction.PostId,
                Permission = "add_reaction",
            },
            cancellationToken
        );

    /// <summary>
    /// Removes a reaction; nothing changes if it is not there (recorded: rest-reactions-remove-not-there).
    /// </summary>
    public Task RemoveAsync(NewReaction reaction, CancellationToken cancellationToken) =>
        _transport.SendAsync(
            new ApiRequest(
                HttpMethod.Delete,
                $"{Api}/users/{Uri.EscapeDataString(reaction.UserId)}/posts/{Uri.EscapeDataString(reaction.PostId)}"
                    + $"/reactions/{Uri.EscapeDataString(reaction.EmojiName)}"
            )
            {
                Kind = ResourceKind.Post,
                Subject = reaction.PostId,
                Permission = "remove_reaction",
            },
            cancellationToken
        );
}
