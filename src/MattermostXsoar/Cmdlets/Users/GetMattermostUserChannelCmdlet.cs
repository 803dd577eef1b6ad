using System.Collections.Concurrent;
using System.Management.Automation;
using MattermostXsoar.Binding;
using MattermostXsoar.Completion;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Sessions;

namespace MattermostXsoar.Cmdlets.Users;

/// <summary>Gets the private channels of a team that users are in, or who is in the given channels.</summary>
// Without a default set, so that an object with a user and a channel binds both.
[Cmdlet(VerbsCommon.Get, "MattermostUserChannel")]
[Alias("mattermost-list-private-channels-for-user")]
[OutputType(typeof(MattermostUserChannel))]
public sealed class GetMattermostUserChannelCmdlet : SessionCmdlet
{
    private const string ByUser = "User";
    private const string ByBoth = "UserAndChannel";
    private const string ByChannel = "Channel";

    private readonly UserBatch<(TeamReference? Team, ChannelReference[]? Channels)> _batch = new();
    private readonly ConcurrentDictionary<
        (string UserId, string TeamId),
        Lazy<Task<IReadOnlyList<MattermostChannel>>>
    > _lists = new();
    private UserResolver? _users;

    /// <summary>
    /// The users, by id, username (with or without <c>@</c>), e-mail address or as objects. A name or address with
    /// wildcards is matched against the users of the server.
    /// </summary>
    [Parameter(
        Mandatory = true,
        Position = 0,
        ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true,
        ParameterSetName = ByUser
    )]
    [Parameter(
        Mandatory = true,
        Position = 0,
        ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true,
        ParameterSetName = ByBoth
    )]
    [Alias("user_id", "UserId", "Username", "Email")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(UserPatternCompleter))]
    [NotUnset]
    [NumberAsText]
    public UserReference[] User { get; set; } = [];

    /// <summary>
    /// Only these channels, public ones too, by name, id or as objects; without users, all members of them.
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ByBoth)]
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ByChannel)]
    [Alias("channel_name", "ChannelId")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ChannelPatternCompleter))]
    [NotUnset]
    [NumberAsText]
    public ChannelReference[]? Channel { get; set; }

    /// <summary>The team, or several by a name with wildcards; by default the session's.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("team_name", "TeamId")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(TeamPatternCompleter))]
    [NotUnset]
    [NumberAsText]
    public TeamReference? Team { get; set; }

    private protected override bool TryCollect() =>
        ParameterSetName != ByChannel && _batch.TryAdd(User, (Team, Channel));

    private protected override Task ProcessAsync(MattermostSession session, CancellationToken cancellationToken) =>
        ParameterSetName != ByChannel
            ? _batch.AddAsync(User, (Team, Channel), batch => WriteAsync(session, batch, cancellationToken))
            : ForEachAsync(Channel!, channel => WriteMembersAsync(session, channel, cancellationToken));

    private protected override bool WorksAtEnd => true;

    private protected override Task EndAsync(MattermostSession session, CancellationToken cancellationToken) =>
        _batch.FlushAsync(batch => WriteAsync(session, batch, cancellationToken));

    private async Task WriteMembersAsync(
        MattermostSession session,
        ChannelReference reference,
        CancellationToken cancellationToken
    )
    {
        if (reference.Pattern is not null)
        {
            throw new MattermostXsoarException(
                ErrorIds.InvalidArgument,
                ErrorKind.InvalidArgument,
                $"The name '{reference}' has wildcards, and no user is given.",
                $"Give -User, or find the channels first: Get-MattermostChannel '{reference}' -IncludePrivate | "
                    + "Get-MattermostUserChannel."
            );
        }

        foreach (var team in await TeamReference.ResolveAllAsync(Team, session, cancellationToken))
        {
            var channel = await reference.ResolveAsync(session, new TeamReference(team), cancellationToken);
            var members = PageWindow.Everything.ReadAsync(
                (page, size, token) => session.Personal.Users.ListAsync(null, channel.Id, page, size, token),
                cancellationToken
            );
            await foreach (var page in members)
                await WriteAsync(page.Select(user => new MattermostUserChannel(user, channel)), enumerate: true);
            if (reference.IdOrText == channel.Id)
                return;
        }
    }

    private async Task WriteAsync(
        MattermostSession session,
        IReadOnlyList<(UserReference Reference, (TeamReference? Team, ChannelReference[]? Channels) Use)> batch,
        CancellationToken cancellationToken
    )
    {
        _users ??= new UserResolver(session);
        // For many channels from the pipeline a user's list is read once.
        _lists.Clear();
        var exact = batch.Select(item => item.Reference).Where(reference => !reference.IsPattern).ToList();
        var answers = new Queue<UserLookupResult>(await _users.ResolveAsync(exact, cancellationToken));
        var ready = new List<Membership>();
        foreach (var (reference, use) in batch)
        {
            if (!reference.IsPattern)
            {
                ready.Add(new Membership(reference, answers.Dequeue(), use.Team, use.Channels));
                continue;
            }

            await WriteAsync(session, ready, cancellationToken);
            ready.Clear();
            await ForEachAsync(
                [reference],
                async pattern =>
                {
                    var matches = pattern.Matcher;
                    var pages = PageWindow.Everything.ReadAsync(
                        (page, size, token) => session.Personal.Users.ListAsync(null, null, page, size, token),
                        cancellationToken
                    );
                    await foreach (var page in pages)
                    {
                        var found = page.Where(matches).Select(user => new UserLookupResult(user, null));
                        await WriteAsync(
                            session,
                            found.Select(user => new Membership(pattern, user, use.Team, use.Channels)),
                            cancellationToken
                        );
                    }
                }
            );
        }

        await WriteAsync(session, ready, cancellationToken);
    }

    private Task WriteAsync(
        MattermostSession session,
        IEnumerable<Membership> memberships,
        CancellationToken cancellationToken
    ) =>
        ForEachAtOnceAsync(
            memberships,
            item => item.Reference,
            async item =>
            {
                var user = item.Answer.User ?? throw item.Answer.Error!;
                var found = new List<MattermostUserChannel>();
                foreach (var team in await TeamReference.ResolveAllAsync(item.Team, session, cancellationToken))
                {
                    var list = _lists.GetOrAdd(
                        (user.Id, team.Id),
                        key => new Lazy<Task<IReadOnlyList<MattermostChannel>>>(() =>
                            session.Personal.Channels.ListForUserAsync(key.UserId, key.TeamId, cancellationToken)
                        )
                    );
                    found.AddRange(
                        (await list.Value)
                            .Where(channel => IsWanted(channel, item.Channels))
                            .Select(channel => new MattermostUserChannel(user, channel))
                    );
                }

                return (user, found);
            },
            (_, of) =>
            {
                // The original's text.
                Explain($"Channels for {of.user.Username}:");
                return WriteAsync(of.found, enumerate: true);
            }
        );

    // Channels that are named may be public, but a list of them is never one of direct messages.
    private static bool IsWanted(MattermostChannel channel, ChannelReference[]? named) =>
        named is null
            ? channel.Type == "P"
            : channel.Type is "P" or "O" && named.Any(reference => reference.IsMatch(channel));

    /// <param name="Reference">The input that named the user.</param>
    /// <param name="Answer">The user.</param>
    /// <param name="Team">The team.</param>
    /// <param name="Channels">The wanted channels; null for the private ones.</param>
    private sealed record Membership(
        UserReference Reference,
        UserLookupResult Answer,
        TeamReference? Team,
        ChannelReference[]? Channels
    );
}
