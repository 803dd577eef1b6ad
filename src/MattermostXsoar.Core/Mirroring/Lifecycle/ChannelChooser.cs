using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Mirroring.Channels;
using MattermostXsoar.Core.Mirroring.Diagnostics;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.Mirroring.Reading;
using MattermostXsoar.Core.Mirroring.Resilience;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring.Lifecycle;

/// <summary>
/// Chooses a mirror's channel, so that a War Room is shown to nobody whom the user did not mean: a channel that exists
/// is used only if it is this investigation's own, or was named exactly, and is no more open than was asked for. Where
/// a name is merely taken, the channel gets the next one.
/// </summary>
internal sealed class ChannelChooser(
    MattermostAccess mattermost,
    ChannelAccess channels,
    StateStore store,
    MirrorRuntime runtime
)
{
    /// <summary>The plan with the channel that exists, or the name of the one to create. Changes nothing.</summary>
    /// <exception cref="MattermostXsoarException">ChannelMoreOpen, ChannelArchived; ChannelExists for the channel of
    /// another investigation; InvalidArgument for a direct or group message.</exception>
    public async Task<MirrorPlan> ChooseAsync(
        MirrorRequest request,
        IReadOnlyList<MirrorRecord> known,
        CancellationToken cancellationToken
    )
    {
        var plan = new MirrorPlan
        {
            Request = request,
            Team = request.Team,
            Known = known,
            Name = "",
            IsPrivate = request.Private ?? true,
        };
        var current = MirrorPlan.Current(known);
        var channel = current is null
            ? null
            : await GetAsync(current.ChannelId, cancellationToken).ConfigureAwait(false);
        var isMeant =
            channel is not null
            && (request.Channel is not { } asked || ChannelName.Means(asked, channel, request.InvestigationId));
        // While it was stopped, another investigation may have been given its channel.
        var other = isMeant && current!.State == MirrorState.Stopped ? OtherMirror(channel!, plan) : null;
        if (other is not null && (request.Channel is not null || current!.IsNamed))
            Share(channel!, plan, other);
        if (isMeant && (other is null || request.Channel is not null || current!.IsNamed))
            return await UseAsync(plan, channel!, cancellationToken).ConfigureAwait(false);
        // A stopped mirror may be started again on another channel; a running one keeps its channel, which gets the new
        // name.
        if (channel is { IsArchived: false } && current!.State != MirrorState.Stopped)
        {
            var renamed = plan with { NewName = ChannelName.From(request.Channel!) };
            var chosen = await UseAsync(renamed, channel, cancellationToken).ConfigureAwait(false);
            await channels
                .CheckNameAsync(chosen.Team, channel, chosen.NewName!, cancellationToken)
                .ConfigureAwait(false);
            return chosen;
        }

        return request.Channel is { } named
            ? await FindNamedAsync(plan, named, cancellationToken).ConfigureAwait(false)
            : await FindOwnAsync(plan, current?.ChannelName ?? $"incident-{request.InvestigationId}", cancellationToken)
                .ConfigureAwait(false);
    }

    /// <summary>The channel of that id, or null if it was deleted.</summary>
    public async Task<MattermostChannel?> GetAsync(string channelId, CancellationToken cancellationToken)
    {
        try
        {
            return await channels.GetAsync(channelId, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException exception) when (exception.Kind == ErrorKind.NotFound)
        {
            return null;
        }
    }

    private async Task<MirrorPlan> FindNamedAsync(MirrorPlan plan, string asked, CancellationToken cancellationToken)
    {
        var name = ChannelName.From(asked);
        var found = await channels.FindAsync(plan.Team, asked, cancellationToken).ConfigureAwait(false);
        if (found is null)
            return plan with { Name = name, DisplayName = asked };
        if (!ChannelName.IsExactly(asked, found))
            return await NextAsync(plan, found, asked, cancellationToken).ConfigureAwait(false);
        if (OtherMirror(found, plan) is { } other)
            Share(found, plan, other);
        return await UseAsync(plan, found, cancellationToken).ConfigureAwait(false);
    }

    private async Task<MirrorPlan> FindOwnAsync(MirrorPlan plan, string display, CancellationToken cancellationToken)
    {
        var name = ChannelName.From(display);
        var found = await channels.FindByNameAsync(plan.Team, name, cancellationToken).ConfigureAwait(false);
        if (found is null)
            return plan with { Name = name, DisplayName = display };
        return IsOwn(found, plan)
            ? await UseAsync(plan, found, cancellationToken).ConfigureAwait(false)
            : await NextAsync(plan, found, display, cancellationToken).ConfigureAwait(false);
    }

    // The name is taken by a channel that is not meant: the next name that is free, or is that of a channel which was
    // created for this investigation at an earlier start.
    private async Task<MirrorPlan> NextAsync(
        MirrorPlan plan,
        MattermostChannel taken,
        string display,
        CancellationToken cancellationToken
    )
    {
        foreach (var name in ChannelName.Candidates(taken.Name, plan.Request.InvestigationId).Skip(1))
        {
            var found = await channels.FindByNameAsync(plan.Team, name, cancellationToken).ConfigureAwait(false);
            if (found is not null && (!IsOwn(found, plan) || found.IsArchived))
                continue;
            var readers = await channels.GetReadersAsync(taken, cancellationToken).ConfigureAwait(false);
            runtime.Log.Warning(
                ListenerLogEvents.ChannelNameTaken,
                $"The channel '{taken.Name}' exists already ({readers}) and was not created for investigation "
                    + $"{plan.Request.InvestigationId}, so the mirror gets the channel '{name}'. To mirror with a "
                    + "channel that exists, give its exact name or its id with -Channel.",
                new MirrorKey(plan.Request.InvestigationId, "", name)
            );
            return found is null
                ? plan with
                {
                    Name = name,
                    DisplayName = display,
                }
                : await UseAsync(plan, found, cancellationToken).ConfigureAwait(false);
        }

        throw new MattermostXsoarException(
            ErrorIds.ChannelExists,
            ErrorKind.Exists,
            $"Team '{plan.Team.Name}' has a channel '{taken.Name}' already, and channels of all names that are like it.",
            "Give another name with -Channel."
        );
    }

    /// <summary>
    /// Whether the channel was created for the plan's investigation, is no more open than planned, and has no mirror of
    /// another one.
    /// </summary>
    public bool IsOwn(MattermostChannel channel, MirrorPlan plan) =>
        channels.IsOwn(channel, plan.Request.InvestigationId)
        && (channel.IsPrivate || plan.AllowsPublic)
        && OtherMirror(channel, plan) is null;

    private async Task<MirrorPlan> UseAsync(
        MirrorPlan plan,
        MattermostChannel channel,
        CancellationToken cancellationToken
    )
    {
        if (channel.TeamId.Length == 0)
        {
            throw new MattermostXsoarException(
                ErrorIds.InvalidArgument,
                ErrorKind.InvalidArgument,
                $"'{plan.Request.Channel}' is a direct or group message, which cannot be mirrored.",
                "Give a public or private channel of a team with -Channel, or leave it out: then the investigation "
                    + "gets a channel of its own."
            );
        }

        // A channel given by its id, or that of a running mirror, may be in another team than the requested one.
        var team =
            channel.TeamId == plan.Team.Id
                ? plan.Team
                : await mattermost.Personal.Teams.GetAsync(channel.TeamId, cancellationToken).ConfigureAwait(false);
        if (channel.IsArchived)
        {
            throw new MattermostXsoarException(
                ErrorIds.ChannelArchived,
                ErrorKind.Exists,
                $"The channel '{channel.Name}' in team '{team.Name}' is archived, so it cannot be mirrored and its "
                    + "name is taken.",
                "Restore it in Mattermost (channel settings, or 'Archived channels' in the channel browser), or give "
                    + "another name with -Channel."
            );
        }

        var readers = await channels.GetReadersAsync(channel, cancellationToken).ConfigureAwait(false);
        var chosen = plan with { Team = team, Channel = channel, Name = channel.Name, Readers = readers };
        if (!channel.IsPrivate && !chosen.AllowsPublic)
        {
            throw ChannelErrors.MoreOpen(
                channel,
                readers,
                "the mirror is to have a private channel",
                "Make the channel private in Mattermost (channel settings), leave -Channel out for a private channel "
                    + "of its own, or insist with -AllowPublic."
            );
        }

        return chosen;
    }

    // Their members read each other's War Room, so both must have been started with this channel by name.
    private void Share(MattermostChannel channel, MirrorPlan plan, MirrorRecord other)
    {
        if (!other.IsNamed)
        {
            throw new MattermostXsoarException(
                ErrorIds.ChannelExists,
                ErrorKind.Exists,
                $"The channel '{channel.Name}' is that of investigation {other.InvestigationId}; investigation "
                    + $"{plan.Request.InvestigationId} would be shown to its members too.",
                $"Give another -Channel. If both are to share it, name it for both: Start-MattermostMirror "
                    + $"{other.InvestigationId} -Channel {channel.Name}."
            );
        }

        runtime.Log.Warning(
            ListenerLogEvents.ChannelShared,
            $"The channel '{channel.Name}' is also that of investigation {other.InvestigationId}: its members read both "
                + "War Rooms, and what they write goes into both.",
            new MirrorKey(plan.Request.InvestigationId, channel.Id, channel.Name)
        );
    }

    private MirrorRecord? OtherMirror(MattermostChannel channel, MirrorPlan plan) =>
        store
            .ReadMirrors()
            .FirstOrDefault(mirror =>
                mirror.ChannelId == channel.Id
                && mirror.InvestigationId != plan.Request.InvestigationId
                && mirror.State != MirrorState.Stopped
            );
}
