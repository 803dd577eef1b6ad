using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using MattermostXsoar.Module.Tests.Mirrors;

namespace MattermostXsoar.Module.Tests.Listeners;

/// <summary>The script of docs/operations.md, as it is there, under a service manager.</summary>
public sealed class ListenerServiceTests
{
    private const string ConfigurationPath = "/etc/mattermost-xsoar/mattermost.json";

    [Fact]
    public async Task The_documented_script_notifies_systemd_that_it_is_ready_alive_and_stopping_and_writes_a_line_for_each_record()
    {
        Assert.SkipUnless(
            StagedModule.Build == "net8.0",
            "The module's other build is for Windows, where there is no systemd."
        );
        Assert.SkipWhen(OperatingSystem.IsWindows(), "systemd and datagrams over Unix sockets are not on Windows.");
        await using var scene = await MirrorScene.StartAsync(more: "-NoListener");
        (await scene.InvokeAsync("Start-MattermostMirror 1 -Channel test -AllowPublic")).Succeeded();
        using var systemd = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        var notify = Path.Combine(Path.GetDirectoryName(scene.StateFile)!, "notify");
        systemd.Bind(new UnixDomainSocketEndPoint(notify));
        using var process = await StartAsync(
            scene,
            new Dictionary<string, string> { ["NOTIFY_SOCKET"] = notify, ["WATCHDOG_USEC"] = "400000" }
        );
        var output = process.StandardOutput.ReadToEndAsync(scene.Deadline);
        var errors = process.StandardError.ReadToEndAsync(scene.Deadline);

        await HeardAsync(systemd, "READY=1", scene.Deadline);
        await HeardAsync(systemd, "WATCHDOG=1", scene.Deadline);
        scene.Sandbox.Mattermost.Post("user1", "test", "a line");
        await scene.WarRoomHasAsync("a line");
        using (var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync(scene.Deadline);
        await HeardAsync(systemd, "STOPPING=1", scene.Deadline);
        await process.WaitForExitAsync(scene.Deadline);

        var lines = (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(process.ExitCode == 0, await output + await errors);
        Assert.All(
            lines,
            line => Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z (Information|Warning) \w+ ", line)
        );
        Assert.Equal(
            ["Connecting", "Started", "Stopping", "Stopped"],
            lines.Take(2).Concat(lines.TakeLast(2)).Select(line => line.Split(' ')[2])
        );
        Assert.Empty(await errors);
    }

    [Fact]
    public async Task Where_it_cannot_listen_the_documented_script_ends_with_the_error_on_one_line()
    {
        Assert.SkipUnless(
            StagedModule.Build == "net8.0",
            "The script imports the build for this edition of PowerShell."
        );
        await using var scene = await MirrorScene.StartAsync();
        (await scene.InvokeAsync("Start-MattermostListener")).Succeeded();

        using var process = await StartAsync(scene, []);
        var errors = process.StandardError.ReadToEndAsync(scene.Deadline);
        await process.WaitForExitAsync(scene.Deadline);

        var error = Assert.Single((await errors).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("ListenerAlreadyRunning,", error, StringComparison.Ordinal);
        Assert.Contains("Use that listener", error, StringComparison.Ordinal);
    }

    private static async Task<Process> StartAsync(MirrorScene scene, Dictionary<string, string> environment)
    {
        var folder = Path.GetDirectoryName(scene.StateFile)!;
        var configuration = Path.Combine(folder, "mattermost.json");
        await File.WriteAllTextAsync(
            configuration,
            $$"""
            {
              "url": "{{scene.Sandbox.MattermostUri}}", "bot_access_token": "env:MMXS_BOT", "personal_access_token": "env:MMXS_PERSONAL",
              "team_name": "panw", "xsoar_url": "{{scene.Sandbox.XsoarUri}}", "xsoar_api_key": "env:MMXS_KEY", "state_path": "{{scene.StateFile}}"
            }
            """,
            scene.Deadline
        );
        var page = await File.ReadAllTextAsync(
            Path.Combine(StagedModule.HelpPages, "..", "operations.md"),
            scene.Deadline
        );
        var documented = Regex
            .Match(page, @"```powershell\r?\n(# [^\n]*/listen\.ps1\r?\n.*?)```", RegexOptions.Singleline)
            .Groups[1]
            .Value;
        Assert.Contains(ConfigurationPath, documented, StringComparison.Ordinal);
        var script = Path.Combine(folder, "listen.ps1");
        await File.WriteAllTextAsync(
            script,
            documented.Replace(ConfigurationPath, configuration, StringComparison.Ordinal),
            scene.Deadline
        );
        environment["MMXS_BOT"] = scene.Sandbox.BotToken;
        environment["MMXS_PERSONAL"] = scene.Sandbox.PersonalToken;
        environment["MMXS_KEY"] = scene.Sandbox.XsoarApiKey;
        environment["PSModulePath"] = Path.GetFullPath(Path.Combine(StagedModule.Root, "..", ".."));
        return HostProcess.Start([script], environment: environment);
    }

    private static async Task HeardAsync(Socket systemd, string wanted, CancellationToken deadline)
    {
        var buffer = new byte[4096];
        while (Encoding.UTF8.GetString(buffer, 0, await systemd.ReceiveAsync(buffer, deadline)) != wanted)
        {
            // Something else that systemd is notified of.
        }
    }
}
