using System.Management.Automation;
using MattermostXsoar.Binding;
using MattermostXsoar.Completion;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Posting;
using MattermostXsoar.Sessions;

namespace MattermostXsoar.Cmdlets.Channels;

/// <summary>A cmdlet that changes channels that exist.</summary>
public abstract class ChannelChangeCmdlet : SessionCmdlet
{
    private protected ChannelChangeCmdlet() { }

    /// <summary>The channels, by name, id or as objects.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("channel_name", "ChannelId")]
    [ArgumentCompleter(typeof(ChannelCompleter))]
    [NotUnset]
    [NumberAsText]
    public ChannelReference[] Channel { get; set; } = [];

    /// <summary>The channel's team; by default the session's.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("team_name", "TeamId")]
    [ArgumentCompleter(typeof(TeamCompleter))]
    [NotUnset]
    [NumberAsText]
    public TeamReference? Team { get; set; }

    /// <summary>Writes each channel as it is then.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override object? ErrorTarget => Channel;

    /// <summary>Checks what can be known before anything is read.</summary>
    private protected virtual void Check(MattermostSession session) { }

    /// <summary>The action for -WhatIf and -Confirm; null if nothing is to do.</summary>
    private protected abstract string? ActionOn(MattermostSession session, MattermostChannel channel);

    /// <summary>Changes a channel with one of the accounts.</summary>
    private protected abstract Task<MattermostChannel> ChangeAsync(
        MattermostClient client,
        MattermostChannel channel,
        CancellationToken cancellationToken
    );

    private protected sealed override Task ProcessAsync(MattermostSession session, CancellationToken cancellationToken)
    {
        Check(session);
        return ForEachAsync(Channel, reference => ChangeAsync(session, reference, cancellationToken));
    }

    private async Task ChangeAsync(
        MattermostSession session,
        ChannelReference reference,
        CancellationToken cancellationToken
    )
    {
        var channel = await ChannelFinder.FindAsync(session, reference, Team, cancellationToken);
        if (ActionOn(session, channel) is { } action)
        {
            if (!await ShouldProcessAsync($"Channel '{channel.Name}'", action))
                return;
            channel = await ChangeAsync(session, channel, cancellationToken);
            session.Completions.Clear();
        }

        if (PassThru)
            await WriteAsync(channel);
    }

    // After kickAdmin only the bot is in a mirror's private channel; the personal token's refusal says what is missing.
    private async Task<MattermostChannel> ChangeAsync(
        MattermostSession session,
        MattermostChannel channel,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await ChangeAsync(session.Personal, channel, cancellationToken);
        }
        catch (ApiException refused) when (refused.ErrorId is ErrorIds.PermissionDenied or ErrorIds.ChannelNotFound)
        {
            try
            {
                return await ChangeAsync(session.Bot, channel, cancellationToken);
            }
            catch (ApiException also) when (also.ErrorId is ErrorIds.PermissionDenied or ErrorIds.ChannelNotFound)
            {
                throw refused;
            }
        }
    }
}
