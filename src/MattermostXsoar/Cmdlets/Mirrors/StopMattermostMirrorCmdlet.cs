using System.Management.Automation;
using MattermostXsoar.Binding;
using MattermostXsoar.Completion;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mirroring.Channels;
using MattermostXsoar.Core.Mirroring.Diagnostics;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Sessions;

namespace MattermostXsoar.Cmdlets.Mirrors;

/// <summary>
/// Stops mirrors. They stay listed as stopped; a mirror that is started again continues with what is written from then
/// on.
/// </summary>
[Cmdlet(VerbsLifecycle.Stop, "MattermostMirror", SupportsShouldProcess = true)]
[OutputType(typeof(MattermostMirror))]
public sealed class StopMattermostMirrorCmdlet : ClosingCmdlet
{
    private readonly List<MattermostMirror> _toClose = [];

    /// <summary>The investigations whose mirrors are stopped.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("investigation_id", "IncidentId")]
    [ArgumentCompleter(typeof(MirroredInvestigationCompleter))]
    [NotUnset]
    [IdText]
    public string[]? InvestigationId
    {
        get;
        set => field = value is null ? null : [.. value.Select(id => id.Trim())];
    }

    /// <summary>Stops the mirrors on this channel, by name or id.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("ChannelId")]
    [ArgumentCompleter(typeof(MirroredChannelCompleter))]
    [NotUnset]
    [NumberAsText]
    public ChannelReference? Channel { get; set; }

    /// <summary>Archives the channel as well.</summary>
    [Parameter]
    public SwitchParameter CloseChannel { get; set; }

    private protected override object? ErrorTarget => (object?)InvestigationId ?? Channel;

    private protected override async Task ProcessAsync(MattermostSession session, CancellationToken cancellationToken)
    {
        if (InvestigationId is null && Channel is null)
        {
            throw new MattermostXsoarException(
                ErrorIds.InvalidArgument,
                ErrorKind.InvalidArgument,
                "No mirror to stop is given.",
                "Give -InvestigationId or -Channel; 'Get-MattermostMirror | Stop-MattermostMirror' stops all."
            );
        }

        await ForEachAsync(
            InvestigationId ?? [null!],
            id => StopAsync(session, id, cancellationToken),
            id => id ?? (object?)Channel
        );
    }

    // With -CloseChannel all are known before the first channel is archived.
    private protected override bool WorksAtEnd => true;

    private protected override async Task EndAsync(MattermostSession session, CancellationToken cancellationToken)
    {
        var mirrors = _toClose
            .GroupBy(mirror => (mirror.InvestigationId, mirror.ChannelId))
            .Select(same => same.First())
            .ToList();
        var channels = mirrors.GroupBy(mirror => mirror.ChannelId).Select(same => same.First().ChannelName);
        if (MayArchive([.. channels]))
            await ForEachAsync(
                mirrors,
                mirror => StopAsync(session, mirror, cancellationToken),
                mirror => mirror.InvestigationId
            );
    }

    private async Task StopAsync(
        MattermostSession session,
        string? investigationId,
        CancellationToken cancellationToken
    )
    {
        var mirrors = SessionMirrors.OfInvestigation(session, investigationId, Channel?.IdOrText);
        if (CloseChannel)
        {
            _toClose.AddRange(mirrors);
            return;
        }

        foreach (var mirror in mirrors)
            await StopAsync(session, mirror, cancellationToken);
    }

    private async Task StopAsync(
        MattermostSession session,
        MattermostMirror mirror,
        CancellationToken cancellationToken
    )
    {
        var sharer = CloseChannel ? SessionMirrors.SharerOf(session, mirror) : null;
        var archives = CloseChannel && sharer is null;
        var action = archives
            ? $"Stop mirroring and archive channel '{mirror.ChannelName}'"
            : $"Stop mirroring with channel '{mirror.ChannelName}'";
        if (!await ShouldProcessAsync($"Investigation {mirror.InvestigationId}", action))
            return;
        if (sharer is not null)
            Warn(
                $"Channel '{mirror.ChannelName}' is not archived: investigation {sharer.InvestigationId} is mirrored "
                    + "with it as well. Stop that mirror with -CloseChannel when it is not needed any more."
            );
        using (session.Mirrors.Listener.Log.Subscribe(Report))
            await WriteAsync(
                await session.Mirrors.StopMirrorsAsync(
                    mirror.InvestigationId,
                    mirror.ChannelId,
                    "Stopped by a person.",
                    archives,
                    cancellationToken
                ),
                enumerate: true
            );
    }

    private void Report(ListenerLogRecord record)
    {
        if (record is { Event: ListenerLogEvents.MirrorStopIncomplete, Level: ListenerLogLevel.Warning })
            Warn(record.Message);
    }
}
