using System.Text.Json;
using MattermostXsoar.Core.Http;
using MattermostXsoar.Core.Mattermost.Models;

namespace MattermostXsoar.Core.Mattermost;

/// <summary>Users: people and bots.</summary>
internal sealed class UsersClient
{
    private const string Root = MattermostClient.ApiPath + "/users";

    private readonly HttpFunnel _funnel;

    public UsersClient(HttpFunnel funnel) => _funnel = funnel;

    /// <summary>The user of the token.</summary>
    public Task<MattermostUser> GetMeAsync(CancellationToken cancellationToken) => GetAsync("/me", null, cancellationToken);

    public Task<MattermostUser> GetAsync(string userId, CancellationToken cancellationToken) =>
        GetAsync("/" + Uri.EscapeDataString(userId), userId, cancellationToken);

    /// <param name="username">With or without <c>@</c>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<MattermostUser> GetByUsernameAsync(string username, CancellationToken cancellationToken) =>
        GetAsync("/username/" + Uri.EscapeDataString(username.TrimStart('@')), username, cancellationToken);

    public Task<MattermostUser> GetByEmailAsync(string email, CancellationToken cancellationToken) =>
        GetAsync("/email/" + Uri.EscapeDataString(email), email, cancellationToken);

    /// <summary>Those of the ids that exist, in the server's order.</summary>
    public Task<IReadOnlyList<MattermostUser>> GetByIdsAsync(
        IReadOnlyCollection<string> userIds, CancellationToken cancellationToken) =>
        FindAsync("/ids", userIds, cancellationToken);

    /// <summary>Those of the usernames that exist, in the server's order.</summary>
    public Task<IReadOnlyList<MattermostUser>> GetByUsernamesAsync(
        IReadOnlyCollection<string> usernames, CancellationToken cancellationToken) =>
        FindAsync("/usernames", usernames.Select(name => name.TrimStart('@')).ToList(), cancellationToken);

    private Task<MattermostUser> GetAsync(string path, string? subject, CancellationToken cancellationToken) =>
        _funnel.SendAsync(
            new ApiRequest(HttpMethod.Get, Root + path) { Kind = ResourceKind.User, Subject = subject },
            MattermostJson.Default.MattermostUser, cancellationToken);

    private async Task<IReadOnlyList<MattermostUser>> FindAsync(
        string path, IReadOnlyCollection<string> keys, CancellationToken cancellationToken)
    {
        // The server refuses an empty list (rest-error-400-users-by-ids-empty.json).
        if (keys.Count == 0)
            return [];
        var request = new ApiRequest(HttpMethod.Post, Root + path)
        {
            Body = JsonSerializer.SerializeToUtf8Bytes(keys.ToArray(), MattermostJson.Default.StringArray),
            Effect = RequestEffect.Read,
            Kind = ResourceKind.User,
        };
        return await _funnel.SendAsync(request, MattermostJson.Default.ListMattermostUser, cancellationToken);
    }
}
