using System.Management.Automation;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Http;
using MattermostXsoar.Sessions;

namespace MattermostXsoar.Cmdlets;

/// <summary>A cmdlet that works in a session: the one given, or the runspace's default.</summary>
public abstract class SessionCmdlet : AsyncCmdlet
{
    private MattermostSession? _session;

    private protected SessionCmdlet() { }

    /// <summary>The session to work in; by default the one connected last.</summary>
    // A variable that a failed Connect-Mattermost left empty is not to mean another server.
    [Parameter]
    [ValidateNotNull]
    public MattermostSession? Session { get; set; }

    private protected sealed override SecretRedactor? Redactor => _session?.Options.Environment.Redactor;

    /// <summary>What an error is about that belongs to no single item of the input.</summary>
    private protected virtual object? ErrorTarget => null;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        try
        {
            var sessions = RunspaceSessions.Current;
            _session = Session ?? sessions.Default;
            _session.EnsureConnected();
            sessions.LoadViews(this);
        }
        catch (MattermostXsoarException error)
        {
            ThrowTerminatingError(RecordOf(error, Session));
        }
    }

    /// <inheritdoc/>
    protected sealed override void ProcessRecord()
    {
        if (!TryCollect())
            Run(token => ProcessAsync(_session!, token), ErrorTarget);
    }

    /// <inheritdoc/>
    protected sealed override void EndProcessing() => Run(token => EndAsync(_session!, token), target: null);

    /// <summary>
    /// Takes an input in where there is nothing to do for it yet. Hundreds of them come down a pipeline, and each way
    /// to the threads that work and back costs time.
    /// </summary>
    private protected virtual bool TryCollect() => false;

    /// <summary>Works on what was collected of the inputs, after the last.</summary>
    private protected virtual Task EndAsync(MattermostSession session, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    /// <summary>Works on one input.</summary>
    private protected abstract Task ProcessAsync(MattermostSession session, CancellationToken cancellationToken);
}
