using System.Management.Automation;
using MattermostXsoar.Binding;
using MattermostXsoar.Completion;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Sessions;

namespace MattermostXsoar.Cmdlets.Users;

/// <summary>Gets users by name, e-mail address or id, or lists those of the server, a team or a channel.</summary>
[Cmdlet(VerbsCommon.Get, "MattermostUser")]
[Alias("mattermost-list-users")]
[OutputType(typeof(MattermostUser))]
public sealed class GetMattermostUserCmdlet : PagedCmdlet
{
    private readonly UserBatch<bool> _batch = new();
    private UserResolver? _users;

    /// <summary>
    /// The users, by id, username (with or without <c>@</c>), e-mail address or as objects. A name or address with
    /// wildcards is matched against the users of the server.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("user_id", "user_ids", "UserId", "Username", "Email")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(UserPatternCompleter))]
    [NotUnset]
    [NumberAsText]
    public UserReference[]? User { get; set; }

    /// <summary>Lists the members of this team, or of several by a name with wildcards.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("team_name", "TeamId")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(TeamPatternCompleter))]
    [NotUnset]
    [NumberAsText]
    public TeamReference? Team { get; set; }

    /// <summary>Lists the members of this channel, which is looked up in the given team or the session's.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("channel_name", "ChannelId")]
    [ArgumentCompleter(typeof(ChannelCompleter))]
    [NotUnset]
    [NumberAsText]
    public ChannelReference? Channel { get; set; }

    private protected override object? ErrorTarget => (object?)Channel ?? Team;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        // Of a pipeline's objects with both properties the user is meant.
        var given = MyInvocation.BoundParameters;
        if (given.ContainsKey(nameof(User)) && (given.ContainsKey(nameof(Channel)) || given.ContainsKey(nameof(Team))))
        {
            ThrowTerminatingError(
                RecordOf(
                    new MattermostXsoarException(
                        ErrorIds.InvalidArgument,
                        ErrorKind.InvalidArgument,
                        "-User gets users, and -Channel and -Team list members: only one of them can be given.",
                        "Omit -User to list the members, or -Channel and -Team to get the users."
                    ),
                    User
                )
            );
        }
    }

    private protected override bool TryCollect() => User is not null && _batch.TryAdd(User, use: true);

    private protected override Task ProcessAsync(MattermostSession session, CancellationToken cancellationToken) =>
        User is null
            ? ListAsync(session, cancellationToken)
            : _batch.AddAsync(User, use: true, batch => WriteAsync(session, batch, cancellationToken));

    private protected override bool WorksAtEnd => true;

    private protected override Task EndAsync(MattermostSession session, CancellationToken cancellationToken) =>
        _batch.FlushAsync(batch => WriteAsync(session, batch, cancellationToken));

    private async Task WriteAsync(
        MattermostSession session,
        IReadOnlyList<(UserReference Reference, bool Use)> batch,
        CancellationToken cancellationToken
    )
    {
        _users ??= new UserResolver(session);
        var exact = batch.Select(item => item.Reference).Where(reference => !reference.IsPattern).ToList();
        var answers = new Queue<UserLookupResult>(await _users.ResolveAsync(exact, cancellationToken));
        foreach (var (reference, _) in batch)
        {
            if (IsFull)
                return;
            if (reference.IsPattern)
                await ForEachAsync(
                    [reference],
                    pattern =>
                        WriteMatchesAsync(
                            (page, size, token) => session.Personal.Users.ListAsync(null, null, page, size, token),
                            pattern.Matcher,
                            cancellationToken
                        )
                );
            else if (answers.Dequeue() is var answer && answer.User is { } user)
                await WriteOneAsync(user);
            else
                Report(answer.Error!, reference);
        }
    }

    private async Task ListAsync(MattermostSession session, CancellationToken cancellationToken)
    {
        if (Team is null && Channel is null)
        {
            await WriteListAsync(
                (page, size, token) => session.Personal.Users.ListAsync(null, null, page, size, token),
                cancellationToken
            );
            return;
        }

        var written = new HashSet<string>(StringComparer.Ordinal);
        foreach (var team in await TeamReference.ResolveAllAsync(Team, session, cancellationToken))
        {
            // Only one of the two: with both the server would list the members of either.
            var channelId = Channel is null
                ? null
                : (await Channel.ResolveAsync(session, new TeamReference(team), cancellationToken)).Id;
            await WriteListAsync(
                (page, size, token) =>
                    session.Personal.Users.ListAsync(channelId is null ? team.Id : null, channelId, page, size, token),
                user => written.Add(user.Id),
                cancellationToken
            );
        }
    }
}
