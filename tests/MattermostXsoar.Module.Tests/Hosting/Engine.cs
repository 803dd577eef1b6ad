using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Text.RegularExpressions;

namespace MattermostXsoar.Module.Tests.Hosting;

/// <summary>A PowerShell runspace of its own that has imported the staged module.</summary>
internal sealed partial class Engine : IAsyncDisposable
{
    /// <summary>How long anything may take before the test counts as failed. Nothing waits for it when all is
    /// well.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly CapturingHost _host = new();
    private readonly Runspace _runspace;

    private Engine()
    {
        var state = InitialSessionState.CreateDefault2();
        // The tests' folder is no module path: nothing but the module under test may be found.
        state.EnvironmentVariables.Add(new SessionStateVariableEntry("PSModulePath", "", ""));
        _runspace = RunspaceFactory.CreateRunspace(_host, state);
    }

    public static async Task<Engine> StartAsync(bool import = true)
    {
        var engine = new Engine();
        await Task.Run(engine._runspace.Open, TestContext.Current.CancellationToken);
        if (import)
            await engine.ImportAsync();
        return engine;
    }

    public async Task ImportAsync()
    {
        Set("manifest", StagedModule.Manifest);
        Set("edition", StagedModule.Edition);
        (await InvokeAsync("Import-Module $manifest -ArgumentList $edition -ErrorAction Stop")).Succeeded();
    }

    public void Set(string variable, object? value) => _runspace.SessionStateProxy.SetVariable(variable, value);

    public object? Get(string variable) => _runspace.SessionStateProxy.GetVariable(variable);

    public async Task<EngineResult> InvokeAsync(string script, TimeSpan? deadline = null)
    {
        using var run = Begin(script);
        return await run.ResultAsync(deadline);
    }

    /// <summary>Runs a script as a person at the prompt does: the result is what they see, without colours.</summary>
    public async Task<string> ShowAsync(string script)
    {
        using var run = Begin(script, show: true);
        return Colours().Replace((await run.ResultAsync()).Screen, "");
    }

    public EngineRun Begin(string script, bool show = false)
    {
        var powerShell = PowerShell.Create(_runspace);
        powerShell.AddScript(script, useLocalScope: false);
        if (show)
        {
            powerShell.AddCommand("Out-Default");
            powerShell.Commands.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        }

        var output = new PSDataCollection<PSObject>();
        return new EngineRun(powerShell, _host.Screen, Finish(powerShell, output), output);
    }

    public async ValueTask DisposeAsync()
    {
        await Task.Run(_runspace.Dispose);
    }

    [GeneratedRegex(@"\e\[[0-9;]*m")]
    private static partial Regex Colours();

    private static async Task<bool> Finish(PowerShell powerShell, PSDataCollection<PSObject> output)
    {
        await powerShell.InvokeAsync<PSObject, PSObject>(null, output);
        return powerShell.HadErrors;
    }
}
