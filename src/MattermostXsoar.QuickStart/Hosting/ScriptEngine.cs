using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Security;

namespace MattermostXsoar.QuickStart.Hosting;

/// <summary>A real PowerShell engine with the terminal as its host.</summary>
internal sealed class ScriptEngine : IDisposable
{
    private readonly Terminal _terminal;
    private readonly Runspace _runspace;
    private readonly List<string> _errors = [];

    public ScriptEngine(Terminal terminal)
    {
        _terminal = terminal;
        _runspace = RunspaceFactory.CreateRunspace(new TerminalHost(terminal), InitialSessionState.CreateDefault2());
        _runspace.Open();
    }

    /// <summary>The ids of the errors so far.</summary>
    public IReadOnlyList<string> Errors => _errors;

    public void Set(string variable, object value) => _runspace.SessionStateProxy.SetVariable(variable, value);

    public void SetSecret(string variable, string value)
    {
        var secret = new SecureString();
        foreach (var character in value)
            secret.AppendChar(character);
        secret.MakeReadOnly();
        Set(variable, secret);
    }

    /// <summary>Shows a command at a prompt, runs it, and shows its output as the console would.</summary>
    public void Play(string command, CancellationToken cancellationToken)
    {
        _terminal.Prompt(command);
        Run(command, cancellationToken);
    }

    public void Dispose() => _runspace.Dispose();

    private void Run(string command, CancellationToken cancellationToken)
    {
        using var shell = PowerShell.Create(_runspace);
        shell.AddScript(command).AddCommand("Out-Default");
        shell.Commands.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);

        using var stop = cancellationToken.Register(() => shell.BeginStop(null, null));
        try
        {
            shell.Invoke();
        }
        catch (RuntimeException exception) when (exception is not PipelineStoppedException)
        {
            Report(exception.ErrorRecord);
        }
        catch (PipelineStoppedException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw;
        }

        TakeErrors();
    }

    // Out-Default has shown them; they are still in '$error'.
    private void TakeErrors()
    {
        if (_runspace.SessionStateProxy.GetVariable("error") is not System.Collections.ArrayList list)
            return;
        foreach (var record in list.OfType<ErrorRecord>().Reverse())
            _errors.Add(record.FullyQualifiedErrorId.Split(',')[0]);
        list.Clear();
    }

    private void Report(ErrorRecord record) => _terminal.Problem($"{record.FullyQualifiedErrorId}: {record}");
}
