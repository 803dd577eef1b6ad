using System.Text.Json;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Mattermost.Posting;
using MattermostXsoar.Core.Platform;

namespace MattermostXsoar.Core.Posts;

/// <summary>
/// Adds to posts what the server does not send with them: who wrote them, the name of their channel, their address. Each
/// user and channel is looked up once.
/// </summary>
/// <param name="reading">Both accounts.</param>
/// <param name="knownUsers">Users that need not be looked up.</param>
/// <param name="home">The team in the addresses of direct and group messages.</param>
internal sealed class PostDescriber(ReadingClients reading, IEnumerable<MattermostUser> knownUsers, MattermostTeam home)
{
    private readonly Dictionary<string, MattermostUser?> _users = knownUsers
        .GroupBy(user => user.Id)
        .ToDictionary(same => same.Key, same => (MattermostUser?)same.First(), StringComparer.Ordinal);

    private readonly Dictionary<string, MattermostChannel?> _channels = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _teams = new(StringComparer.Ordinal) { [home.Id] = home.Name };

    /// <summary>A channel that need not be looked up.</summary>
    public void Know(MattermostChannel channel) => _channels[channel.Id] = channel;

    /// <summary>The user; null if the server does not show it.</summary>
    public MattermostUser? UserOf(string userId) => _users.TryGetValue(userId, out var user) ? user : null;

    public async Task DescribeAsync(IReadOnlyCollection<MattermostPost> posts, CancellationToken cancellationToken)
    {
        await LookUpAsync(posts.Select(post => post.UserId), cancellationToken);
        foreach (var post in posts)
        {
            var author = UserOf(post.UserId);
            post.Author = author?.Username ?? post.UserId;
            post.AuthorName = OverriddenName(post) ?? (author?.FullName is { Length: > 0 } name ? name : post.Author);
            var channel = await ChannelAsync(post.ChannelId, cancellationToken);
            post.ChannelName = channel?.Name ?? "";
            post.Permalink = new Uri(
                Permalink.Of(reading.PublicUri, await TeamAsync(channel, cancellationToken), post.Id)
            );
        }
    }

    /// <summary>Looks up users, so that <see cref="UserOf"/> knows them.</summary>
    public async Task LookUpAsync(IEnumerable<string> userIds, CancellationToken cancellationToken)
    {
        var unknown = userIds.Where(id => id.Length > 0 && !_users.ContainsKey(id)).Distinct().ToList();
        if (unknown.Count == 0)
            return;
        try
        {
            foreach (
                var user in await reading.ReadAsync(client => client.Users.GetByIdsAsync(unknown, cancellationToken))
            )
                _users[user.Id] = user;
        }
        catch (ApiException hidden) when (hidden.Kind is ErrorKind.Permission or ErrorKind.NotFound)
        {
            // A post is shown with its author's id rather than not at all.
        }

        foreach (var id in unknown.Where(id => !_users.ContainsKey(id)))
            _users[id] = null;
    }

    public async Task<MattermostChannel?> ChannelAsync(string channelId, CancellationToken cancellationToken)
    {
        if (_channels.TryGetValue(channelId, out var known))
            return known;
        try
        {
            known = await reading.ReadAsync(client => client.Channels.GetAsync(channelId, cancellationToken));
        }
        catch (ApiException hidden) when (hidden.Kind is ErrorKind.Permission or ErrorKind.NotFound)
        {
            known = null;
        }

        _channels[channelId] = known;
        return known;
    }

    private async Task<string> TeamAsync(MattermostChannel? channel, CancellationToken cancellationToken)
    {
        if (channel is not { TeamId.Length: > 0 })
            return home.Name;
        if (_teams.TryGetValue(channel.TeamId, out var known))
            return known;
        try
        {
            var team = await reading.ReadAsync(client => client.Teams.GetAsync(channel.TeamId, cancellationToken));
            known = team.Name;
        }
        catch (ApiException hidden) when (hidden.Kind is ErrorKind.Permission or ErrorKind.NotFound)
        {
            known = home.Name;
        }

        _teams[channel.TeamId] = known;
        return known;
    }

    // A webhook may post under another name than its account's.
    private static string? OverriddenName(MattermostPost post) =>
        post.IsFromWebhook
        && post.PropsJson.ValueKind == JsonValueKind.Object
        && post.PropsJson.TryGetProperty("override_username", out var name)
        && name.TextOrEmpty() is { Length: > 0 } text
            ? text
            : null;
}
