using System.Text.Json;
using MattermostXsoar.Core.Http;
using MattermostXsoar.Core.Mattermost.Models;

namespace MattermostXsoar.Core.Mattermost;

/// <summary>Users: people and bots.</summary>
internal sealed class UsersClient
{
    private const string Root = MattermostClient.ApiPath + "/users";

    private readonly ApiTransport _transport;

    public UsersClient(ApiTransport transport) => _transport = transport;

    /// <summary>The user of the token.</summary>
    public Task<MattermostUser> GetMeAsync(CancellationToken cancellationToken) =>
        GetAsync("/me", null, cancellationToken);

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
        IReadOnlyCollection<string> userIds,
        CancellationToken cancellationToken
    ) => FindAsync("/ids", userIds, cancellationToken);

    /// <summary>Those of the usernames that exist, in the server's order.</summary>
    public Task<IReadOnlyList<MattermostUser>> GetByUsernamesAsync(
        IReadOnlyCollection<string> usernames,
        CancellationToken cancellationToken
    ) => FindAsync("/usernames", usernames.Select(name => name.TrimStart('@')).ToList(), cancellationToken);

    /// <summary>A page of users by name: of a channel, of a team, or of the server if neither is given.</summary>
    /// <param name="teamId">Only the team's members; ignored if a channel is given, since the server accepts only one
    /// of them.</param>
    /// <param name="channelId">Only the channel's members.</param>
    /// <param name="page">The page, from 0.</param>
    /// <param name="perPage">The size of the page, at most 200.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<IReadOnlyList<MattermostUser>> ListAsync(
        string? teamId,
        string? channelId,
        int page,
        int perPage,
        CancellationToken cancellationToken
    )
    {
        var (kind, subject, filter) = (teamId, channelId) switch
        {
            (_, { } channel) => (ResourceKind.Channel, channel, $"in_channel={Uri.EscapeDataString(channel)}&"),
            ({ } team, null) => (ResourceKind.Team, team, $"in_team={Uri.EscapeDataString(team)}&"),
            _ => (ResourceKind.User, null, ""),
        };
        var request = new ApiRequest(HttpMethod.Get, $"{Root}?{filter}page={page}&per_page={perPage}")
        {
            Answer = AnswerSize.List,
            Kind = kind,
            Subject = subject,
            Permission = kind switch
            {
                ResourceKind.Channel => "read_channel (membership of the channel)",
                ResourceKind.Team => "view_team (membership of the team)",
                _ => null,
            },
        };
        return await _transport.SendAsync(request, MattermostJson.Default.ListMattermostUser, cancellationToken);
    }

    /// <summary>
    /// The users whose name begins with a text, as Mattermost's own clients suggest them; those of the team come first.
    /// </summary>
    public async Task<IReadOnlyList<MattermostUser>> AutocompleteAsync(
        string name,
        string teamId,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var request = new ApiRequest(
            HttpMethod.Get,
            $"{Root}/autocomplete?name={Uri.EscapeDataString(name)}"
                + $"&in_team={Uri.EscapeDataString(teamId)}&limit={limit}"
        )
        {
            Answer = AnswerSize.List,
            Kind = ResourceKind.User,
        };
        return (await _transport.SendAsync(request, MattermostJson.Default.UserSuggestions, cancellationToken)).Users;
    }

    /// <summary>Ends all sessions of a user: every client has to log in again. An access token begins a new one.</summary>
    public Task RevokeSessionsAsync(string userId, CancellationToken cancellationToken) =>
        _transport.SendAsync(
            new ApiRequest(HttpMethod.Post, $"{Root}/{Uri.EscapeDataString(userId)}/sessions/revoke/all")
            {
                Effect = RequestEffect.Idempotent,
                Kind = ResourceKind.User,
                Subject = userId,
                Permission = "edit_other_users",
            },
            cancellationToken
        );

    /// <summary>Activates or deactivates a user's account; doing it twice changes nothing.</summary>
    public Task SetActiveAsync(string userId, bool isActive, CancellationToken cancellationToken) =>
        _transport.SendAsync(
            new ApiRequest(HttpMethod.Put, $"{Root}/{Uri.EscapeDataString(userId)}/active")
            {
                Body = JsonSerializer.SerializeToUtf8Bytes(
                    new NewActivity { Active = isActive },
                    MattermostJson.Default.NewActivity
                ),
                Effect = RequestEffect.Idempotent,
                Kind = ResourceKind.User,
                Subject = userId,
                Permission = "edit_other_users, and manage_system for a system administrator",
            },
            cancellationToken
        );

    private Task<MattermostUser> GetAsync(string path, string? subject, CancellationToken cancellationToken) =>
        _transport.SendAsync(
            new ApiRequest(HttpMethod.Get, Root + path) { Kind = ResourceKind.User, Subject = subject },
            MattermostJson.Default.MattermostUser,
            cancellationToken
        );

    private async Task<IReadOnlyList<MattermostUser>> FindAsync(
        string path,
        IReadOnlyCollection<string> keys,
        CancellationToken cancellationToken
    )
    {
        // The server refuses an empty list (rest-error-400-users-by-ids-empty.json).
        if (keys.Count == 0)
            return [];
        var request = new ApiRequest(HttpMethod.Post, Root + path)
        {
            Body = JsonSerializer.SerializeToUtf8Bytes(keys.ToArray(), MattermostJson.Default.StringArray),
            Effect = RequestEffect.Read,
            Answer = AnswerSize.List,
            Kind = ResourceKind.User,
        };
        return await _transport.SendAsync(request, MattermostJson.Default.ListMattermostUser, cancellationToken);
    }
}
