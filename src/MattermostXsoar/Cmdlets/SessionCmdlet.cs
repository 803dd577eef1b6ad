using System.Management.Automation;
using MattermostXsoar.Binding;
using MattermostXsoar.Completion;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Http;
using MattermostXsoar.Sessions;

namespace MattermostXsoar.Cmdlets;

/// <summary>A cmdlet that uses a session: the given one, or the runspace's default.</summary>
public abstract class SessionCmdlet : AsyncCmdlet
{
    // Three requests at once: with more, a server is slower for everybody else.
    private const int MaxPagesAhead = 2;

    private MattermostSession? _session;

    private protected SessionCmdlet() { }

    /// <summary>The session; by default the one connected last.</summary>
    // An empty variable after a failed Connect-Mattermost must not mean another server.
    [Parameter]
    [ValidateNotNull]
    [SessionNumber]
    [ArgumentCompleter(typeof(SessionNumberCompleter))]
    public MattermostSession? Session { get; set; }

    private protected sealed override SecretRedactor? Redactor => _session?.Options.Environment.Redactor;

    /// <summary>The target of an error that concerns no single item of the input.</summary>
    private protected virtual object? ErrorTarget => null;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
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
    protected sealed override void EndProcessing()
    {
        if (WorksAtEnd)
            Run(token => EndAsync(_session!, token), target: null);
    }

    /// <summary>
    /// Collects an input that needs no work yet, on the pipeline's thread: with hundreds of inputs, switching to
    /// another thread and back for each takes long.
    /// </summary>
    private protected virtual bool TryCollect() => false;

    /// <summary>Whether <see cref="EndAsync"/> has anything to do; switching to another thread and back takes long.</summary>
    private protected virtual bool WorksAtEnd => false;

    /// <summary>How many pages of a list to read ahead of the one that is being written.</summary>
    private protected int PagesAhead => _session!.Bot.LimitsRate ? 0 : MaxPagesAhead;

    /// <summary>Processes what was collected, after the last input.</summary>
    private protected virtual Task EndAsync(MattermostSession session, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    /// <summary>Processes one input.</summary>
    private protected abstract Task ProcessAsync(MattermostSession session, CancellationToken cancellationToken);
}
