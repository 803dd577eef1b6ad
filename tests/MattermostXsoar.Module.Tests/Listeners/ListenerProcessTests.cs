using System.Diagnostics;
using System.Globalization;
using MattermostXsoar.Module.Tests.Mirrors;
using MattermostXsoar.Sandbox.Faults;

namespace MattermostXsoar.Module.Tests.Listeners;

/// <summary>A listener in a process of its own, as a service runs it.</summary>
public sealed class ListenerProcessTests
{
    private const string Script = """
        param($Manifest, $Edition, $Folder)
        Import-Module $Manifest -ArgumentList $Edition -ErrorAction Stop
        $session = Connect-Mattermost -ConfigurationPath "$Folder/config.json"
        Start-MattermostListener -Wait
        'after the listener'
        """;

    /// <summary>
    /// SIGINT is what the host turns into a stopped pipeline, as pwsh does with Ctrl+C. SIGTERM reaches the module
    /// itself, whose listener ends by itself and lets the script go on; netstandard2.0 has no way to receive it and ends
    /// at once.
    /// </summary>
    public static TheoryData<string, int, bool> Signals { get; } =
        new()
        {
            { "-INT", 128 + 2, false },
            { "-TERM", StagedModule.Build == "net8.0" ? 0 : 128 + 15, StagedModule.Build == "net8.0" },
        };

    [Theory]
    [MemberData(nameof(Signals))]
    public async Task Ends_when_the_process_is_asked_to(string signal, int exitCode, bool goesOn)
    {
        await using var scene = await MirrorScene.StartAsync();
        var folder = Path.GetDirectoryName(scene.StateFile)!;
        await File.WriteAllTextAsync(Path.Combine(folder, "config.json"), ConfigurationOf(scene), scene.Deadline);
        var script = Path.Combine(folder, "script.ps1");
        await File.WriteAllTextAsync(script, Script, scene.Deadline);
        using var process = HostProcess.Start([script, StagedModule.Manifest, StagedModule.Edition, folder]);
        var errors = process.StandardError.ReadToEndAsync(scene.Deadline);
        while (
            await process.StandardOutput.ReadLineAsync(scene.Deadline) is { } line
            && !line.Contains(" Connected ", StringComparison.Ordinal)
        )
            Assert.NotEqual("after the listener", line);

        using (var kill = Process.Start("kill", [signal, process.Id.ToString(CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync(scene.Deadline);
        var rest = await process.StandardOutput.ReadToEndAsync(scene.Deadline);
        await process.WaitForExitAsync(scene.Deadline);

        Assert.True(process.ExitCode == exitCode, $"exit code {process.ExitCode}\n{rest}\n{await errors}");
        Assert.Equal(goesOn, rest.Contains("after the listener", StringComparison.Ordinal));
        scene.Scene.AssertNoSecretIn(rest + await errors);
        // The lease is free again.
        (await scene.InvokeAsync("Start-MattermostListener")).Succeeded();
    }

    /// <summary>What service managers allow; then they kill.</summary>
    [Fact]
    public async Task Asked_to_end_while_XSOAR_does_not_answer_it_ends_with_0_within_ten_seconds_and_loses_nothing()
    {
        Assert.SkipUnless(
            StagedModule.Build == "net8.0",
            "netstandard2.0 cannot hear SIGTERM: it ends at once (docs/operations.md)."
        );
        await using var scene = await MirrorScene.StartAsync(more: "-NoListener");
        (await scene.InvokeAsync("Start-MattermostMirror 1 -Channel test -AllowPublic")).Succeeded();
        var folder = Path.GetDirectoryName(scene.StateFile)!;
        await File.WriteAllTextAsync(Path.Combine(folder, "config.json"), ConfigurationOf(scene), scene.Deadline);
        var script = Path.Combine(folder, "script.ps1");
        await File.WriteAllTextAsync(script, Script, scene.Deadline);
        using var process = HostProcess.Start([script, StagedModule.Manifest, StagedModule.Edition, folder]);
        var errors = process.StandardError.ReadToEndAsync(scene.Deadline);
        while (
            await process.StandardOutput.ReadLineAsync(scene.Deadline) is { } line
            && !line.Contains(" Connected ", StringComparison.Ordinal)
        )
            Assert.NotEqual("after the listener", line);
        scene.Sandbox.Faults.Add(
            new Fault
            {
                Server = "xsoar",
                Method = "POST",
                PathPattern = "/entry/formatted$",
                Kind = FaultKind.Stall,
                Count = 1,
            }
        );
        for (var i = 0; i < 20; i++)
            scene.Sandbox.Mattermost.Post("user1", "test", $"line {i:D2}");
        await scene.Sandbox.Calls.WaitForAsync(
            call => call.Server == "xsoar" && call.Path.EndsWith("/entry/formatted", StringComparison.Ordinal),
            scene.Deadline
        );

        using (var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync(scene.Deadline);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        var rest = await process.StandardOutput.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);

        Assert.True(process.ExitCode == 0, $"exit code {process.ExitCode}\n{rest}\n{await errors}");
        (await scene.InvokeAsync("Sync-MattermostMirror 1")).Succeeded();
        var texts = scene
            .Sandbox.Xsoar.Entries("1")
            .Select(entry => entry.Contents)
            .Where(text => text.Contains("line ", StringComparison.Ordinal))
            .ToList();
        Assert.Equal(
            Enumerable.Range(0, 20).Select(i => $"line {i:D2}"),
            texts.Select(text => text.Substring(text.IndexOf("line ", StringComparison.Ordinal), 7))
        );
    }

    private static string ConfigurationOf(MirrorScene scene) =>
        $$"""
            {
              "url": "{{scene.Sandbox.MattermostUri}}", "bot_access_token": "{{scene.Sandbox.BotToken}}",
              "personal_access_token": "{{scene.Sandbox.PersonalToken}}", "team_name": "panw", "xsoar_url": "{{scene.Sandbox.XsoarUri}}",
              "xsoar_api_key": "{{scene.Sandbox.XsoarApiKey}}", "state_path": "{{scene.StateFile}}"
            }
            """;
}
