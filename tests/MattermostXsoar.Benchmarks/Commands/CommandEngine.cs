using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using System.Security;

namespace MattermostXsoar.Benchmarks.Commands;

/// <summary>A real PowerShell engine with the staged module, connected to a server.</summary>
internal sealed class CommandEngine : IDisposable
{
    private readonly Runspace _runspace;

    private CommandEngine(Runspace runspace) => _runspace = runspace;

    public static CommandEngine Connect(ServerProcess server)
    {
        var state = InitialSessionState.CreateDefault2();
        // No other module can be found, and none is searched for.
        state.EnvironmentVariables.Add(new SessionStateVariableEntry("PSModulePath", "", ""));
        var engine = new CommandEngine(RunspaceFactory.CreateRunspace(state));
        // As in pwsh: one thread for all commands.
        engine._runspace.ThreadOptions = PSThreadOptions.ReuseThread;
        engine._runspace.Open();
        engine.Set(
            "manifest",
            typeof(CommandEngine)
                .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
                .Single(it => it.Key == "ModuleManifest")
                .Value!
        );
        engine.Set("uri", server.Uri);
        engine.Set("bot", Secret(server.BotToken));
        engine.Set("personal", Secret(server.PersonalToken));
        engine.Set("team", server.Team);
        engine.Run(
            "Import-Module $manifest -ErrorAction Stop; $session = Connect-Mattermost -Uri $uri -BotToken $bot "
                + "-PersonalAccessToken $personal -Team $team -NoListener"
        );
        return engine;
    }

    public void Set(string variable, object value) => _runspace.SessionStateProxy.SetVariable(variable, value);

    /// <summary>Runs a script and returns its output.</summary>
    public Collection<PSObject> Run(string script)
    {
        using var powerShell = PowerShell.Create(_runspace);
        var output = powerShell.AddScript(script, useLocalScope: false).Invoke();
        return !powerShell.HadErrors
            ? output
            : throw new InvalidOperationException(string.Join(Environment.NewLine, powerShell.Streams.Error));
    }

    public void Dispose() => _runspace.Dispose();

    private static SecureString Secret(string text)
    {
        var secret = new SecureString();
        foreach (var character in text)
            secret.AppendChar(character);
        return secret;
    }
}
