using System.Management.Automation;
using MattermostXsoar.Binding;
using MattermostXsoar.Completion;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Sessions;

namespace MattermostXsoar.Cmdlets.Mirrors;

/// <summary>
/// Gets the mirrors of the session's state file: the state of each, what it has delivered, and its errors.
/// </summary>
[Cmdlet(VerbsCommon.Get, "MattermostMirror")]
[OutputType(typeof(MattermostMirror), typeof(MattermostFailedDelivery))]
public sealed class GetMattermostMirrorCmdlet : SessionCmdlet
{
    /// <summary>Only the mirrors of these investigations.</summary>
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

    /// <summary>Only the mirrors on this channel, by name or id.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("ChannelId")]
    [ArgumentCompleter(typeof(MirroredChannelCompleter))]
    [NotUnset]
    [NumberAsText]
    public ChannelReference? Channel { get; set; }

    /// <summary>
    /// Gets, instead of the mirrors, the deliveries that the other side refused: which, when and why.
    /// </summary>
    [Parameter]
    public SwitchParameter FailedDelivery { get; set; }

    private protected override object? ErrorTarget => InvestigationId;

    private protected override async Task ProcessAsync(MattermostSession session, CancellationToken cancellationToken)
    {
        if (InvestigationId is null)
        {
            var all = Channel is null
                ? session.Mirrors.GetMirrors()
                : session.Mirrors.FindMirrors(null, Channel.IdOrText);
            await WriteAsync(
                FailedDelivery ? session.Mirrors.GetFailedDeliveries(null, Channel?.IdOrText) : all,
                enumerate: true
            );
            return;
        }

        await ForEachAsync(
            InvestigationId,
            id =>
            {
                var mirrors = session.Mirrors.FindMirrors(id, Channel?.IdOrText);
                return WriteAsync(
                    FailedDelivery ? session.Mirrors.GetFailedDeliveries(id, Channel?.IdOrText) : mirrors,
                    enumerate: true
                );
            }
        );
    }
}
