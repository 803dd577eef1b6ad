using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace MattermostXsoar.Benchmarks.Importing;

/// <summary>One Import-Module in a runspace of its own.</summary>
internal static class ImportRun
{
    /// <summary>Imports a module.</summary>
    /// <returns>The time of Import-Module.</returns>
    public static TimeSpan Measure(string manifest)
    {
        var state = InitialSessionState.CreateDefault2();
        // No other module can be found, and none is searched for.
        state.EnvironmentVariables.Add(new SessionStateVariableEntry("PSModulePath", "", ""));
        using var runspace = RunspaceFactory.CreateRunspace(state);
        runspace.Open();
        // As at a prompt: the engine has run a command before.
        Invoke(runspace, "function prompt { \"PS $PWD> \" }; prompt");
        runspace.SessionStateProxy.SetVariable("manifest", manifest);
        var started = TimeProvider.System.GetTimestamp();
        Invoke(runspace, "Import-Module $manifest -ErrorAction Stop");
        return TimeProvider.System.GetElapsedTime(started);
    }

    private static void Invoke(Runspace runspace, string script)
    {
        using var powerShell = PowerShell.Create(runspace);
        powerShell.AddScript(script, useLocalScope: false).Invoke();
        if (powerShell.HadErrors)
            throw new InvalidOperationException(string.Join(Environment.NewLine, powerShell.Streams.Error));
    }
}
