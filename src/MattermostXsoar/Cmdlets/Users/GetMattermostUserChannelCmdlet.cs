using System.Management.Automation;
using MattermostXsoar.Binding;
using MattermostXsoar.Completion;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Sessions;

namespace MattermostXsoar.Cmdlets.Users;

/// <summary>Gets the private channels of a team that users are in.</summary>
[Cmdlet(VerbsCommon.Get, "MattermostUserChannel")]
[Alias("mattermost-list-private-channels-for-user")]
[OutputType(typeof(MattermostUserChannels))]
public sealed class GetMattermostUserChannelCmdlet : SessionCmdlet
{
    private readonly UserBatch<TeamReference?> _batch = new();
    private UserResolver? _users;

    /// <summary>The users, by id, username (with or without <c>@</c>), e-mail address or as objects.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("user_id", "UserId", "Username", "Email")]
    [ArgumentCompleter(typeof(UserCompleter))]
    [NotUnset]
    [NumberAsText]
    public UserReference[] User { get; set; } = [];

    /// <summary>The team; by default the session's.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("team_name", "TeamId")]
    [ArgumentCompleter(typeof(TeamCompleter))]
    [NotUnset]
    [NumberAsText]
    public TeamReference? Team { get; set; }

    private protected override bool TryCollect() => _batch.TryAdd(User, Team);

    private protected override Task ProcessAsync(MattermostSession session, CancellationToken cancellationToken) =>
        _batch.AddAsync(User, Team, batch => WriteAsync(session, batch, cancellationToken));

    private protected override Task EndAsync(MattermostSession session, CancellationToken cancellationToken) =>
        _batch.FlushAsync(batch => WriteAsync(session, batch, cancellationToken));

    private async Task WriteAsync(
        MattermostSession session,
        IReadOnlyList<(UserReference Reference, TeamReference? Team)> batch,
        CancellationToken cancellationToken
    )
    {
        _users ??= new UserResolver(session);
        var answers = await _users.ResolveAsync([.. batch.Select(item => item.Reference)], cancellationToken);
        await ForEachAtOnceAsync(
            batch.Zip(answers, (item, answer) => (item.Reference, item.Team, Answer: answer)),
            item => item.Reference,
            async item =>
            {
                var user = item.Answer.User ?? throw item.Answer.Error!;
                var team = await TeamReference.ResolveAsync(item.Team, session, cancellationToken);
                var channels = await session.Personal.Channels.ListForUserAsync(user.Id, team.Id, cancellationToken);
                return new MattermostUserChannels(user, [.. channels.Where(channel => channel.Type == "P")]);
            },
            (_, found) =>
            {
                Explain($"{found}:");
                return WriteAsync(found);
            }
        );
    }
}
