using System.Management.Automation;
using MattermostXsoar.Sessions;

namespace MattermostXsoar;

/// <summary>Closes the sessions of a runspace when the module is removed from it.</summary>
public sealed class ModuleCleanup : IModuleAssemblyCleanup
{
    // A listener finishes its writes to the store; removing the module does not wait longer for a network that does not
    // respond.
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo)
    {
        var sessions = RunspaceSessions.Current;
        sessions.ForgetViews();
        Task.Run(sessions.CloseAllAsync).Wait(CloseTimeout);
    }
}
