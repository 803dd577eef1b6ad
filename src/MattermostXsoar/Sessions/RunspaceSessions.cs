using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using MattermostXsoar.Core.Errors;

namespace MattermostXsoar.Sessions;

/// <summary>
/// The sessions of one runspace. Runspaces do not share sessions, so that parallel runbooks do not affect each other.
/// </summary>
internal sealed class RunspaceSessions
{
    private static readonly ConditionalWeakTable<Runspace, RunspaceSessions> All = new();

    private readonly object _gate = new();
    private readonly List<MattermostSession> _sessions = [];
    private int _lastId;
    private bool _viewsLoaded;

    /// <summary>Those of the current thread's runspace.</summary>
    public static RunspaceSessions Current => All.GetValue(Runspace.DefaultRunspace, Create);

    /// <summary>The newest connected session.</summary>
    /// <exception cref="MattermostXsoarException">NotConnected if there is none.</exception>
    public MattermostSession Default
    {
        get
        {
            lock (_gate)
            {
                return _sessions.Count > 0
                    ? _sessions[_sessions.Count - 1]
                    : throw new MattermostXsoarException(
                        ErrorIds.NotConnected,
                        ErrorKind.InvalidOperation,
                        "There is no Mattermost session.",
                        "Connect first, with Connect-Mattermost."
                    );
            }
        }
    }

    /// <summary>The sessions in the order in which they were connected.</summary>
    public IReadOnlyList<MattermostSession> List()
    {
        lock (_gate)
            return [.. _sessions];
    }

    /// <summary>Adds a session, which becomes the default.</summary>
    public void Add(MattermostSession session)
    {
        lock (_gate)
        {
            session.Id = ++_lastId;
            _sessions.Add(session);
        }
    }

    /// <summary>Ends a session and its listener.</summary>
    public async Task CloseAsync(MattermostSession session)
    {
        lock (_gate)
            _sessions.Remove(session);
        await session.CloseAsync();
    }

    public Task CloseAllAsync() => Task.WhenAll(List().Select(CloseAsync));

    /// <summary>
    /// Loads the aliases and table views of the types with the first session and not at import: they would take more
    /// than half of its time, and there are no objects to display before that.
    /// </summary>
    public void LoadViews(PSCmdlet cmdlet)
    {
        if (_viewsLoaded || cmdlet.MyInvocation.MyCommand.Module is not { } module)
            return;
        // In the module's scope, so that the views belong to it and are removed with it.
        module.Invoke(
            ScriptBlock.Create("param($views) Import-Module $views -Verbose:$false"),
            Path.Combine(module.ModuleBase, "views", "MattermostXsoar.Views.psd1")
        );
        _viewsLoaded = true;
    }

    public void ForgetViews() => _viewsLoaded = false;

    private static RunspaceSessions Create(Runspace runspace)
    {
        var sessions = new RunspaceSessions();
        runspace.StateChanged += (_, change) =>
        {
            if (change.RunspaceStateInfo.State is RunspaceState.Closing or RunspaceState.Closed or RunspaceState.Broken)
                _ = sessions.CloseAllAsync();
        };
        return sessions;
    }
}
