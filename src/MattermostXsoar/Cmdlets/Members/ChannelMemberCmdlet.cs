using System.Management.Automation;
using MattermostXsoar.Binding;
using MattermostXsoar.Completion;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Sessions;

namespace MattermostXsoar.Cmdlets.Members;

/// <summary>
/// Adds, removes or changes members of a channel. Users are looked up together and changed several at once.
/// </summary>
public abstract class ChannelMemberCmdlet : SessionCmdlet
{
    private readonly UserBatch<(ChannelReference Channel, TeamReference? Team)> _batch = new();
    private UserResolver? _users;
    private ChannelResolver? _channels;

    private protected ChannelMemberCmdlet() { }

    /// <summary>The channel, by name, id or as an object.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("channel_id", "channel_name", "ChannelId")]
    [ArgumentCompleter(typeof(ChannelCompleter))]
    [NotUnset]
    [NumberAsText]
    public ChannelReference Channel { get; set; } = null!;

    /// <summary>The users, by id, username (with or without <c>@</c>), e-mail address or as objects.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("user_id", "user_ids", "UserId", "Username", "Email")]
    [ArgumentCompleter(typeof(MemberCompleter))]
    [NotUnset]
    [NumberAsText]
    public UserReference[] User { get; set; } = [];

    /// <summary>The channel's team; by default the session's.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("team_name", "TeamId")]
    [ArgumentCompleter(typeof(TeamCompleter))]
    [NotUnset]
    [NumberAsText]
    public TeamReference? Team { get; set; }

    /// <summary>Writes each membership.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>The action in a channel, for -WhatIf and -Confirm.</summary>
    private protected abstract string ActionIn(MattermostChannel channel);

    /// <summary>The text of the original integration.</summary>
    private protected abstract string SuccessMessage(MattermostChannel channel, MattermostUser user);

    /// <summary>Changes a user, and returns the membership with -PassThru.</summary>
    private protected abstract Task<MattermostChannelMember?> ChangeAsync(
        MattermostSession session,
        MattermostChannel channel,
        MattermostUser user,
        CancellationToken cancellationToken
    );

    private protected sealed override bool TryCollect() => _batch.TryAdd(User, (Channel, Team));

    private protected sealed override Task ProcessAsync(
        MattermostSession session,
        CancellationToken cancellationToken
    ) => _batch.AddAsync(User, (Channel, Team), batch => ChangeAsync(session, batch, cancellationToken));

    private protected sealed override bool WorksAtEnd => true;

    private protected sealed override Task EndAsync(MattermostSession session, CancellationToken cancellationToken) =>
        _batch.FlushAsync(batch => ChangeAsync(session, batch, cancellationToken));

    private async Task ChangeAsync(
        MattermostSession session,
        IReadOnlyList<(UserReference Reference, (ChannelReference Channel, TeamReference? Team) Use)> batch,
        CancellationToken cancellationToken
    )
    {
        await ForEachAtOnceAsync(
            await CheckAsync(session, batch, cancellationToken),
            job => job.Reference,
            job => ChangeOneAsync(session, job.Channel, job.User, cancellationToken),
            async (job, member) =>
            {
                Explain(SuccessMessage(job.Channel, job.User));
                if (PassThru && member is not null)
                    await WriteAsync(member);
            }
        );
    }

    private async Task<MattermostChannelMember?> ChangeOneAsync(
        MattermostSession session,
        MattermostChannel channel,
        MattermostUser user,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await ChangeAsync(session, channel, user, cancellationToken);
        }
        catch (ApiException refused)
            when (ChannelErrors.OfMember(channel, user, refused) is var named && named != refused)
        {
            throw named;
        }
    }

    // All checks and ShouldProcess come before the first change.
    private async Task<List<(UserReference Reference, MattermostChannel Channel, MattermostUser User)>> CheckAsync(
        MattermostSession session,
        IReadOnlyList<(UserReference Reference, (ChannelReference Channel, TeamReference? Team) Use)> batch,
        CancellationToken cancellationToken
    )
    {
        _channels ??= new ChannelResolver(session, Report);
        _users ??= new UserResolver(session);
        var placed = new List<(UserReference Reference, MattermostChannel Channel)>();
        foreach (var (reference, use) in batch)
        {
            if (await _channels.ResolveAsync(use.Channel, use.Team, cancellationToken) is { } channel)
                placed.Add((reference, channel));
        }

        var answers = await _users.ResolveAsync([.. placed.Select(item => item.Reference)], cancellationToken);
        var found = new List<(UserReference Reference, MattermostChannel Channel, MattermostUser User)>();
        for (var i = 0; i < placed.Count; i++)
        {
            if (answers[i].User is { } user)
                found.Add((placed[i].Reference, placed[i].Channel, user));
            else
                Report(answers[i].Error!, placed[i].Reference);
        }

        // In one action of the pipeline's thread.
        return await OnPipelineAsync(() =>
            found.Where(item => ShouldProcess(item.User.ToString(), ActionIn(item.Channel))).ToList()
        );
    }
}
