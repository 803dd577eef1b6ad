using System.Management.Automation;
using MattermostXsoar.Sessions;

namespace MattermostXsoar;

/// <summary>Ends what the module left running in a runspace when it is removed from it.</summary>
public sealed class ModuleCleanup : IModuleAssemblyCleanup
{
    // A listener says good-bye to its store; whoever removes the module does not wait for a dead network.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo)
    {
        var sessions = RunspaceSessions.Current;
        sessions.ForgetViews();
        Task.Run(sessions.CloseAllAsync).Wait(Patience);
    }
}
