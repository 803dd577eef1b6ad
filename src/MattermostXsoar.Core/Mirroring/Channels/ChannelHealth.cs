using MattermostXsoar.Core.Concurrency;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Mirroring.Diagnostics;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.Mirroring.Reading;
using MattermostXsoar.Core.Mirroring.Resilience;

namespace MattermostXsoar.Core.Mirroring.Channels;

/// <summary>
/// Whether a mirror's channel can be used: it exists, it is not archived, and the bot is a member. Checked whenever an
/// event or the comparison of all channels indicates a change; a problem is the mirror's reason until it is over,
/// whether or not anybody writes a message meanwhile.
/// </summary>
internal sealed class ChannelHealth
{
    private readonly MattermostAccess _mattermost;
    private readonly MirrorHealth _health;
    private readonly ChannelAccess _channels;
    private readonly RetryLoop _retry;
    private readonly AsyncSignal _signal = new();
    private volatile bool _isUsable = true;
    private volatile bool _isSuspended;

    public ChannelHealth(MattermostAccess mattermost, MirrorRuntime runtime, MirrorHealth health)
    {
        _mattermost = mattermost;
        _health = health;
        _channels = new ChannelAccess(mattermost);
        var log = new RecurringErrorLog(
            runtime.Log,
            runtime.Time,
            ListenerLogEvents.ChannelCheckFailed,
            ListenerLogLevel.Warning,
            () => _health.Identity
        );
        _retry = new RetryLoop(runtime, log);
    }

    /// <summary>The result of the last check; true before the first.</summary>
    public bool IsUsable => _isUsable;

    /// <summary>Something may have changed: has the channel checked. From any thread.</summary>
    public void RequestCheck() => _signal.Set();

    /// <summary>The mirror closes, and archives its channel itself.</summary>
    public void Suspend() => _isSuspended = true;

    /// <summary>The mirror goes on after all.</summary>
    public void Resume()
    {
        _isSuspended = false;
        RequestCheck();
    }

    public async Task RunAsync(CancellationToken stopping)
    {
        while (true)
        {
            await _signal.WaitAsync(stopping).ConfigureAwait(false);
            await _retry.RunAsync(() => CheckAsync(stopping), stopping).ConfigureAwait(false);
        }
    }

    /// <summary>Checks once, and shows the result and who can read the channel; the caller handles errors.</summary>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        // A closed mirror's channel is archived as a rule, and nothing is mirrored.
        var problem =
            _health.IsClosed || _isSuspended ? null : await FindProblemAsync(cancellationToken).ConfigureAwait(false);
        _isUsable = problem is null;
        if (problem is null)
            await _health.SucceededAsync(MirrorPart.Channel).ConfigureAwait(false);
        else
            await _health.PausedAsync(MirrorPart.Channel, problem).ConfigureAwait(false);
    }

    private async Task<string?> FindProblemAsync(CancellationToken cancellationToken)
    {
        MattermostChannel channel;
        try
        {
            channel = await _channels.GetAsync(_health.Mirror.ChannelId, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException exception) when (exception.Kind == ErrorKind.NotFound)
        {
            return $"The channel '{_health.ChannelName}' no longer exists in Mattermost: it was deleted permanently. "
                + "Stop this mirror with Stop-MattermostMirror, or start it on another channel.";
        }
        catch (ApiException exception) when (exception.Kind == ErrorKind.Permission)
        {
            return await NotAMemberAsync(cancellationToken).ConfigureAwait(false);
        }

        await _health.RenameAsync(channel.Name).ConfigureAwait(false);
        if (channel.IsArchived)
        {
            return $"The channel '{channel.Name}' is archived. Restore it in Mattermost and the mirror goes on with "
                + "the messages posted meanwhile, or stop it with Stop-MattermostMirror.";
        }

        var team = (_health.Mirror.TeamId, _health.Mirror.TeamName);
        if (channel.TeamId.Length > 0 && channel.TeamId != team.TeamId)
        {
            var moved = await _channels.GetTeamAsync(channel, cancellationToken).ConfigureAwait(false);
            await _health.MoveAsync(moved).ConfigureAwait(false);
            team = (moved.Id, moved.Name);
        }

        if (!await IsBotInTeamAsync(team.TeamId, cancellationToken).ConfigureAwait(false))
            return NotInTeam(team.TeamName);
        await NoteReadersAsync(channel, cancellationToken).ConfigureAwait(false);
        if (!channel.IsPrivate && !_health.Mirror.AllowsPublic)
            return NowPublic(channel);
        // The bot may post in a public channel without being a member; only members receive its events.
        return
            !_health.Mirror.MirrorsChat
            || await _mattermost
                .BotMembership.IsMemberAsync(_health.Mirror.ChannelId, cancellationToken)
                .ConfigureAwait(false)
            ? null
            : NotInChannel();
    }

    private async Task NoteReadersAsync(MattermostChannel channel, CancellationToken cancellationToken)
    {
        var readers = await _channels.GetReadersAsync(channel, cancellationToken).ConfigureAwait(false);
        await _health.SetReadersAsync(readers).ConfigureAwait(false);
    }

    private string NowPublic(MattermostChannel channel) =>
        $"The channel '{channel.Name}' was made public, so everybody in its team can read it; the mirror was started "
        + "for a private one. Make the channel private again and the mirror goes on with what was written meanwhile; "
        + $"or accept it with: Start-MattermostMirror {_health.Mirror.InvestigationId} -AllowPublic.";

    private async Task<string> NotAMemberAsync(CancellationToken cancellationToken) =>
        await IsBotInTeamAsync(_health.Mirror.TeamId, cancellationToken).ConfigureAwait(false)
            ? NotInChannel()
            : NotInTeam(_health.Mirror.TeamName);

    // An archived team is none of a user's teams.
    private async Task<bool> IsBotInTeamAsync(string teamId, CancellationToken cancellationToken)
    {
        var teams = await _mattermost
            .Bot.Teams.ListForUserAsync(_mattermost.BotUser.Id, cancellationToken)
            .ConfigureAwait(false);
        return teams.Any(team => team.Id == teamId);
    }

    private string NotInChannel() =>
        $"The bot @{_mattermost.BotUser.Username} was removed from the channel '{_health.ChannelName}'. Add it again "
        + $"(/invite @{_mattermost.BotUser.Username}) and the mirror goes on with the messages posted meanwhile."
        + AddedWith("channel");

    private string NotInTeam(string team) =>
        $"The bot @{_mattermost.BotUser.Username} is no longer in the team '{team}', or the team is "
        + $"archived. Add it to the team and to the channel '{_health.ChannelName}' again, or restore the team, and "
        + "the mirror goes on with the messages posted meanwhile."
        + AddedWith("team and the channel");

    // Only when an entry is delivered (BotPosts), and only if the server refuses it: in a public channel the bot may be
    // allowed to post without being a member.
    private string AddedWith(string what) =>
        _health.Mirror.MirrorsWarRoom
            ? " When the server refuses the next entry of the War Room for this reason, the personal token adds the bot "
                + $"to the {what} again, if it is allowed to."
            : "";
}
