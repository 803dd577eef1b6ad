using MattermostXsoar.Binding;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Errors;
using MattermostXsoar.Sessions;

namespace MattermostXsoar.Posting;

/// <summary>
/// The target of posts: a channel, or one or several people. Looking it up changes nothing; a channel that does not
/// exist yet is created for the first post.
/// </summary>
internal sealed class PostTarget
{
    private readonly Func<CancellationToken, Task<MattermostChannel>> _open;
    private readonly IReadOnlyList<MattermostUser> _people;
    private MattermostChannel? _channel;

    public PostTarget(
        string name,
        string description,
        Func<CancellationToken, Task<MattermostChannel>> open,
        IReadOnlyList<string>? warnings = null,
        IReadOnlyList<MattermostUser>? people = null
    )
    {
        Name = name;
        Description = description;
        Warnings = warnings ?? [];
        _open = open;
        _people = people ?? [];
    }

    /// <summary>What whoever posts should know, such as that nobody will read it.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>The people of a direct or group message; none for a channel.</summary>
    public IReadOnlyList<MattermostUser> People => _people;

    /// <summary>The channel's name, or the usernames.</summary>
    public string Name { get; }

    /// <summary>The description for -WhatIf and -Confirm.</summary>
    public string Description { get; }

    public static PostTarget Of(MattermostChannel channel) =>
        new(channel.Name, $"Channel '{channel.Name}'", _ => Task.FromResult(channel));

    /// <summary>
    /// The channel of a reference, found with the personal token or, if its user may not see it, with that of the bot.
    /// </summary>
    /// <exception cref="MattermostXsoarException">Among others ChannelNotFound and ChannelArchived.</exception>
    public static async Task<PostTarget> FindAsync(
        MattermostSession session,
        ChannelReference reference,
        TeamReference? team,
        CancellationToken cancellationToken
    )
    {
        var channel = await ChannelFinder.FindAsync(session, reference, team, cancellationToken);
        return channel.IsArchived ? throw ChannelErrors.NoPosts(channel) : Of(channel);
    }

    /// <summary>The direct message with one person, or the group message with several.</summary>
    /// <exception cref="MattermostXsoarException">Among others UserNotFound: then nothing is sent to the others
    /// either.</exception>
    public static async Task<PostTarget> FindAsync(
        MattermostSession session,
        IEnumerable<UserReference> references,
        CancellationToken cancellationToken
    )
    {
        var given = UserReference.Expand(references).ToList();
        var answers = await new UserResolver(session).ResolveAsync(given, cancellationToken);
        for (var i = 0; i < answers.Count; i++)
        {
            if (answers[i].Error is { } error)
                throw error.Concerning(given[i]);
        }

        var people = answers
            .Select(answer => answer.User!)
            .GroupBy(user => user.Id)
            .Select(same => same.First())
            .ToList();
        if (people.Count > 1)
            people.RemoveAll(user => user.Id == session.BotUser.Id);
        if (people.Count >= ChannelsClient.MostInGroup)
        {
            throw new MattermostXsoarException(
                ErrorIds.InvalidArgument,
                ErrorKind.InvalidArgument,
                $"A group message can have at most {ChannelsClient.MostInGroup - 1} people in addition to the bot; "
                    + $"these are {people.Count}.",
                "Create a channel for them with New-MattermostChannel and Add-MattermostChannelMember, and post there."
            );
        }

        var names = string.Join(", ", people.Select(user => user.Username));
        var channels = session.Bot.Channels;
        return new PostTarget(
            names,
            people.Count == 1 ? $"User '{names}'" : $"Users '{names}'",
            token =>
                people.Count == 1
                    ? channels.OpenDirectAsync(session.BotUser.Id, people[0].Id, token)
                    : channels.OpenGroupAsync([session.BotUser.Id, .. people.Select(user => user.Id)], token),
            [
                .. people
                    .Where(user => user.IsDeactivated)
                    .Select(user =>
                        $"The account of '{user.Username}' is deactivated: they will not read the message."
                    ),
            ],
            people
        );
    }

    public async Task<MattermostChannel> OpenAsync(MattermostSession session, CancellationToken cancellationToken) =>
        _channel ??= await ExplainAsync(session, () => _open(cancellationToken), cancellationToken);

    /// <summary>Writes a post in the opened channel.</summary>
    public Task<MattermostPost> PostAsync(
        MattermostSession session,
        NewPost post,
        Action<string>? added,
        CancellationToken cancellationToken
    ) =>
        ExplainAsync(
            session,
            () => session.BotMembership.PostAsync(_channel!, post, added, cancellationToken),
            cancellationToken
        );

    // With whom the server does not allow direct messages it does not say.
    private async Task<T> ExplainAsync<T>(
        MattermostSession session,
        Func<Task<T>> act,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await act();
        }
        catch (ApiException refused)
            when (_people.Count > 0
                && refused.ServerErrorId is ServerErrorIds.NoCommonTeam or ServerErrorIds.NoCommonTeamToPost
            )
        {
            throw ChannelErrors.NoCommonTeam(
                session.BotUser,
                await WithoutCommonTeamAsync(session, cancellationToken),
                refused
            );
        }
    }

    // All of them if that cannot be found out.
    private async Task<IReadOnlyList<MattermostUser>> WithoutCommonTeamAsync(
        MattermostSession session,
        CancellationToken cancellationToken
    )
    {
        var strangers = new List<MattermostUser>();
        try
        {
            var teams = await session.Bot.Teams.ListForUserAsync(session.BotUser.Id, cancellationToken);
            var known = teams.Select(team => team.Id).ToList();
            foreach (var person in _people)
            {
                var theirs = await session.Personal.Teams.ListForUserAsync(person.Id, cancellationToken);
                if (!theirs.Any(team => known.Contains(team.Id)))
                    strangers.Add(person);
            }
        }
        catch (ApiException)
        {
            return _people;
        }

        return strangers.Count > 0 ? strangers : _people;
    }
}
