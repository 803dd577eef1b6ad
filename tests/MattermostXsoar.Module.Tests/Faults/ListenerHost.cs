using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using MattermostXsoar.Sandbox;

namespace MattermostXsoar.Module.Tests.Faults;

/// <summary>Listener processes, one after the other, all with the same state file: real engines that run the staged
/// module.</summary>
internal sealed class ListenerHost : IDisposable
{
    private const string Script = """
        param($Manifest, $Edition, $Configuration, $State, $What)
        Import-Module $Manifest -ArgumentList $Edition -ErrorAction Stop
        $null = Connect-Mattermost -ConfigurationPath $Configuration -StatePath $State
        if ($What -eq 'Sync') {
            Sync-MattermostMirror -All | ForEach-Object { "$($_.State) $($_.FromChat) $($_.FromWarRoom) $($_.Pending) $($_.Failed)" }
        } else {
            if (-not (Get-MattermostMirror)) { $null = Start-MattermostMirror -InvestigationId 1 -AutoClose:$false }
            Start-MattermostListener -Wait
        }
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mmxs-kill-");
    private readonly ConcurrentQueue<string> _output = new();

    public ListenerHost(SandboxServer sandbox)
    {
        File.WriteAllText(ScriptFile, Script);
        File.WriteAllText(
            ConfigurationFile,
            JsonSerializer.Serialize(
                new Dictionary<string, string>
                {
                    ["url"] = sandbox.MattermostUri.ToString(),
                    ["bot_access_token"] = sandbox.BotToken,
                    ["personal_access_token"] = sandbox.PersonalToken,
                    ["team_name"] = sandbox.TeamName,
                    ["xsoar_url"] = sandbox.XsoarUri.ToString(),
                    ["xsoar_api_key"] = sandbox.XsoarApiKey,
                }
            )
        );
    }

    /// <summary>The newest lines that the processes wrote.</summary>
    public IEnumerable<string> LastOutput => _output.TakeLast(40);

    private string ScriptFile => Path.Combine(_folder.FullName, "listen.ps1");

    private string ConfigurationFile => Path.Combine(_folder.FullName, "settings.json");

    private string[] Arguments =>
        [
            ScriptFile,
            StagedModule.Manifest,
            StagedModule.Edition,
            ConfigurationFile,
            Path.Combine(_folder.FullName, "state.db"),
        ];

    /// <summary>Starts a listener; it must be killed or stopped before the next one begins.</summary>
    /// <param name="stopAt">Where it is killed; see <see cref="HostProcess.Start"/>.</param>
    public Process Start(string? stopAt = null)
    {
        var process = HostProcess.Start(Arguments, stopAt);
        process.OutputDataReceived += (_, written) => Take(process.Id, written.Data);
        process.ErrorDataReceived += (_, written) => Take(process.Id, written.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    /// <summary>One pass in a process of its own.</summary>
    /// <returns>The mirror's state and counters: from chat, from War Room, pending, failed.</returns>
    public async Task<string> SynchronizeAsync()
    {
        var (exitCode, output, errors) = await HostProcess.RunAsync([.. Arguments, "Sync"]);
        Assert.True(exitCode == 0, string.Join('\n', errors));
        return Assert.Single(output);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private void Take(int process, string? line)
    {
        if (line is not null)
            _output.Enqueue($"[{process}] {line}");
    }
}
