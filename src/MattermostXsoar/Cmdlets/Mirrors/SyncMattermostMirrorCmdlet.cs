using System.Management.Automation;
using MattermostXsoar.Binding;
using MattermostXsoar.Completion;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Errors;
using MattermostXsoar.Sessions;

namespace MattermostXsoar.Cmdlets.Mirrors;

/// <summary>
/// Delivers everything that exists now, in both directions, once, and returns: for runbooks without a listener. What
/// could not be delivered stays recorded for the next time.
/// </summary>
[Cmdlet(VerbsData.Sync, "MattermostMirror", SupportsShouldProcess = true, DefaultParameterSetName = Some)]
[OutputType(typeof(MattermostMirror))]
public sealed class SyncMattermostMirrorCmdlet : SessionCmdlet
{
    private const string Some = "Investigation";
    private const string Every = "All";

    // Several mirrors of one investigation are several inputs of the pipeline; one pass synchronizes them all.
    private readonly HashSet<string> _done = new(StringComparer.Ordinal);

    /// <summary>The investigations whose mirrors are synchronized.</summary>
    [Parameter(
        Mandatory = true,
        Position = 0,
        ParameterSetName = Some,
        ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true
    )]
    [Alias("investigation_id", "IncidentId")]
    [ArgumentCompleter(typeof(MirroredInvestigationCompleter))]
    [NotUnset]
    [IdText]
    public string[] InvestigationId
    {
        get;
        set => field = [.. value.Select(id => id.Trim())];
    } = [];

    /// <summary>Synchronizes every mirror that is not stopped or closed.</summary>
    [Parameter(Mandatory = true, ParameterSetName = Every)]
    public SwitchParameter All { get; set; }

    /// <summary>Retries the deliveries that the other side refused first.</summary>
    [Parameter]
    public SwitchParameter RetryFailed { get; set; }

    private protected override object? ErrorTarget => All ? null : InvestigationId;

    private protected override async Task ProcessAsync(MattermostSession session, CancellationToken cancellationToken)
    {
        if (All)
        {
            await SynchronizeAsync(session, null, cancellationToken);
            return;
        }

        await ForEachAsync(
            InvestigationId.Where(_done.Add),
            id =>
            {
                session.Mirrors.FindMirrors(id, null);
                return SynchronizeAsync(session, [id], cancellationToken);
            }
        );
    }

    private async Task SynchronizeAsync(
        MattermostSession session,
        IReadOnlyCollection<string>? ids,
        CancellationToken cancellationToken
    )
    {
        if (
            !await ShouldProcessAsync(
                ids is null ? "Every mirror" : $"Investigation {string.Join(", ", ids)}",
                RetryFailed
                    ? "Retry refused deliveries, and deliver what exists now in both directions"
                    : "Deliver what exists now in both directions"
            )
        )
            return;
        var (mirrors, failures) = RetryFailed
            ? await session.Mirrors.RetryFailedAsync(ids, cancellationToken)
            : await session.Mirrors.SynchronizeAsync(ids, cancellationToken);
        foreach (var failure in failures)
        {
            Report(
                failure.Value as MattermostXsoarException
                    ?? new MattermostXsoarException(
                        ErrorIds.ServerError,
                        ErrorKind.Unexpected,
                        failure.Value.Message,
                        null,
                        failure.Value
                    ),
                failure.Key
            );
        }

        await WriteAsync(mirrors, enumerate: true);
    }
}
