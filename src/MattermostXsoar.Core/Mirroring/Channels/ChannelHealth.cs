using MattermostXsoar.Core.Concurrency;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Mirroring.Diagnostics;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.Mirroring.Resilience;
using MattermostXsoar.Core.Platform;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring.Channels;

/// <summary>
/// Whether a mirror's channel can be used: it is there, it is not archived, and the bot is in it. Looked at whenever an
/// event or the comparison of all channels gives cause; what is wrong is the mirror's reason until it is over, whether
/// or not anybody writes a line meanwhile.
/// </summary>
internal sealed class ChannelHealth(MirrorContext context, MirrorHealth health)
{
    /// <summary>The part of the mirror that this is; its reason explains those of all others.</summary>
    public const string Part = "Channel";

    private readonly AsyncSignal _signal = new();
    private readonly RecurringErrorLog _trouble = new(
        context.Log,
        context.Time,
        ListenerLogEvents.ChannelCheckFailed,
        ListenerLogLevel.Warning
    );
    private volatile bool _isSound = true;
    private volatile bool _isLeftAlone;

    /// <summary>What was found at the last look; true before the first.</summary>
    public bool IsSound => _isSound;

    /// <summary>Something may have changed.</summary>
    public void Look() => _signal.Set();

    /// <summary>The mirror ends, and archives its channel itself.</summary>
    public void LeaveAlone() => _isLeftAlone = true;

    /// <summary>The mirror goes on after all.</summary>
    public void TakeUp()
    {
        _isLeftAlone = false;
        Look();
    }

    public async Task RunAsync(CancellationToken stopping)
    {
        var backoff = new Backoff(context.Options, context.Random);
        while (true)
        {
            await _signal.WaitAsync(stopping).ConfigureAwait(false);
            try
            {
                await LookAsync(stopping).ConfigureAwait(false);
                backoff.Reset();
                _trouble.Resolve(health.Identity);
            }
            catch (MattermostXsoarException exception)
            {
                _trouble.Report(exception, health.Identity, health.Named(FailurePolicy.Explain(exception)));
                await context.Time.Delay(backoff.Next(), stopping).ConfigureAwait(false);
                _signal.Set();
            }
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        // A closed mirror's channel is archived as a rule, and nothing is carried.
        var wrong =
            health.IsClosed || _isLeftAlone ? null : await WhatIsWrongAsync(cancellationToken).ConfigureAwait(false);
        _isSound = wrong is null;
        if (wrong is null)
            await health.SucceededAsync(Part).ConfigureAwait(false);
        else
            await health.PauseAsync(Part, wrong).ConfigureAwait(false);
    }

    private async Task<string?> WhatIsWrongAsync(CancellationToken cancellationToken)
    {
        MattermostChannel channel;
        try
        {
            channel = await ChannelAccess
                .GetAsync(context, health.Mirror.ChannelId, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (ApiException exception) when (exception.Kind == ErrorKind.NotFound)
        {
            return $"The channel '{health.ChannelName}' is not in Mattermost any more: it was deleted for good. Stop this mirror with "
                + "Stop-MattermostMirror, or start it on another channel.";
        }
        catch (ApiException exception) when (exception.Kind == ErrorKind.Permission)
        {
            return await NotInItAsync(cancellationToken).ConfigureAwait(false);
        }

        await health.RenameAsync(channel.Name).ConfigureAwait(false);
        if (channel.IsArchived)
        {
            return $"The channel '{channel.Name}' is archived. Restore it in Mattermost and the mirror goes on with what was said meanwhile, "
                + "or stop it with Stop-MattermostMirror.";
        }

        if (!await IsBotInTeamAsync(cancellationToken).ConfigureAwait(false))
            return NotInTeam();
        // Into a public channel the bot may write without being in it; what is said there only members hear.
        return
            !health.Mirror.CarriesChat
            || await context
                .BotMembership.IsMemberAsync(health.Mirror.ChannelId, cancellationToken)
                .ConfigureAwait(false)
            ? null
            : NotInChannel();
    }

    private async Task<string> NotInItAsync(CancellationToken cancellationToken) =>
        await IsBotInTeamAsync(cancellationToken).ConfigureAwait(false) ? NotInChannel() : NotInTeam();

    // An archived team is none of a user's teams.
    private async Task<bool> IsBotInTeamAsync(CancellationToken cancellationToken)
    {
        var teams = await context
            .Bot.Teams.ListForUserAsync(context.BotUser.Id, cancellationToken)
            .ConfigureAwait(false);
        return teams.Any(team => team.Id == health.Mirror.TeamId);
    }

    private string NotInChannel() =>
        $"The bot @{context.BotUser.Username} was removed from the channel '{health.ChannelName}'. Add it again (/invite @{context.BotUser.Username}) and the mirror "
        + "goes on with what was said meanwhile; the next line from the War Room has the personal token add it, if it may.";

    private string NotInTeam() =>
        $"The bot @{context.BotUser.Username} is not in the team '{health.Mirror.TeamName}' any more, or the team is archived. Add it to the team and to the channel "
        + $"'{health.ChannelName}' again, or restore the team, and the mirror goes on with what was said meanwhile.";
}
