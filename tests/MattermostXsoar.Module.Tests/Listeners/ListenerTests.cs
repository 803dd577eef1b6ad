using System.Management.Automation;
using MattermostXsoar.Module.Tests.Mirrors;

namespace MattermostXsoar.Module.Tests.Listeners;

/// <summary>Start-, Stop-, Get- and Wait-MattermostListener.</summary>
public sealed class ListenerTests
{
    [Fact]
    public async Task It_starts_once_shows_its_state_and_stops()
    {
        await using var scene = await MirrorScene.StartAsync();
        Assert.Equal("Stopped", (await scene.InvokeAsync("Get-MattermostListener")).Single().Get("State")!.ToString());

        (await scene.InvokeAsync("Start-MattermostListener; Start-MattermostListener")).Succeeded();
        var listener = (await scene.InvokeAsync("Wait-MattermostListener -State Connected -TimeoutSec 60")).Single();
        Assert.Equal("Connected", listener.Get("State")!.ToString());
        Assert.NotNull(listener.Get("ConnectedSince"));
        Assert.Equal(1, scene.Sandbox.Mattermost.ConnectionCount);

        Assert.Equal("Stopped", (await scene.InvokeAsync("Stop-MattermostListener")).Single().Get("State")!.ToString());
        await scene.Sandbox.Mattermost.WhenConnectionsAsync(count => count == 0, scene.Deadline);
    }

    [Fact]
    public async Task A_second_listener_on_the_same_state_file_learns_who_holds_it_and_takes_over_later()
    {
        await using var scene = await MirrorScene.StartAsync();
        await scene.InvokeAsync("Start-MattermostListener");
        await scene.InvokeAsync(MirrorScene.Connect.Replace("$session", "$second", StringComparison.Ordinal));

        var error = (await scene.InvokeAsync("Start-MattermostListener -Session $second")).AssertError(
            "ListenerAlreadyRunning",
            ErrorCategory.InvalidOperation
        );
        Assert.Contains($"process {Environment.ProcessId}", error.Exception.Message, StringComparison.Ordinal);

        (
            await scene.InvokeAsync(
                "Stop-MattermostListener -Session $session; Start-MattermostListener -Session $second"
            )
        ).Succeeded();
    }

    [Fact]
    public async Task In_the_foreground_it_writes_log_records_until_it_is_stopped()
    {
        await using var scene = await MirrorScene.StartAsync();
        await scene.InvokeAsync("Start-MattermostMirror 1 -Channel test -AllowPublic; Stop-MattermostListener");
        var running = scene.Scene.Engine.Begin("Start-MattermostListener -Wait");
        await scene.Sandbox.Mattermost.WhenConnectionsAsync(count => count == 1, scene.Deadline);
        scene.Sandbox.Mattermost.Post("user1", "test", "secret words");
        await scene.WarRoomHasAsync("secret words");
        await running.OutputAsync(record => record.Get("Event")!.ToString() == "Connected");

        var result = await running.StopAsync();

        Assert.Contains(result.Output, record => record.Get("Event")!.ToString() == "Connected");
        Assert.DoesNotContain("secret words", result.AllText(), StringComparison.Ordinal);
        scene.Scene.AssertNoSecretIn(result.AllText());
        await scene.Sandbox.Mattermost.WhenConnectionsAsync(count => count == 0, scene.Deadline);
        Assert.Equal("Stopped", (await scene.InvokeAsync("Get-MattermostListener")).Single().Get("State")!.ToString());
    }

    [Theory]
    [InlineData("-LogLevel Verbose", true, false)]
    [InlineData("-LogText", true, true)]
    [InlineData("-LogText -LogLevel Information", false, false)]
    public async Task In_the_foreground_it_logs_each_delivery_on_request_and_its_text_only_on_request(
        string asked,
        bool logsDeliveries,
        bool logsText
    )
    {
        await using var scene = await MirrorScene.StartAsync();
        await scene.InvokeAsync("Start-MattermostMirror 1 -Channel test -AllowPublic; Stop-MattermostListener");
        var running = scene.Scene.Engine.Begin($"Start-MattermostListener -Wait {asked}");
        await scene.Sandbox.Mattermost.WhenConnectionsAsync(count => count == 1, scene.Deadline);
        await running.OutputAsync(record => record.Get("Event")!.ToString() == "Connected");
        var post = scene.Sandbox.Mattermost.Post("user1", "test", $"secret words and {scene.Sandbox.BotToken}");
        await scene.WarRoomHasAsync("secret words");
        if (logsDeliveries)
            await running.OutputAsync(record => record.Get("Event")!.ToString() == "Delivered");

        var result = await running.StopAsync();

        var line = result.Output.FirstOrDefault(record => record.Get("Event")!.ToString() == "Delivered");
        Assert.Equal(logsDeliveries, line is not null);
        Assert.Equal(logsDeliveries ? post.Id : null, line?.Get("SourceId"));
        Assert.Equal(logsText ? "secret words and ***" : null, line?.Get("Text"));
        var lines = string.Join(
            '\n',
            result.Output.Select(record => record.BaseObject.ToString() + record.Methods["ToJson"].Invoke())
        );
        Assert.Equal(logsText, lines.Contains("secret words", StringComparison.Ordinal));
        scene.Scene.AssertNoSecretIn(lines + result.AllText());
    }

    [Theory]
    [InlineData("-LogText")]
    [InlineData("-LogLevel Verbose")]
    [InlineData("-Wait -LogLevel Chatty")]
    public async Task What_the_log_contains_can_be_set_only_where_there_is_one(string asked)
    {
        await using var scene = await MirrorScene.StartAsync();
        var result = await scene.InvokeAsync($"Start-MattermostListener {asked}");
        Assert.NotEmpty(result.Errors);
        Assert.Equal("Stopped", (await scene.InvokeAsync("Get-MattermostListener")).Single().Get("State")!.ToString());
    }

    [Fact]
    public async Task A_wait_that_takes_too_long_reports_the_listeners_state()
    {
        await using var scene = await MirrorScene.StartAsync();
        await scene.InvokeAsync("Start-MattermostListener; Wait-MattermostListener Connected -TimeoutSec 60");
        var error = (await scene.InvokeAsync("Wait-MattermostListener -TimeoutSec 0")).AssertError(
            "RequestTimeout",
            ErrorCategory.OperationTimeout
        );
        Assert.Contains("Connected", error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Disconnecting_and_removing_the_module_end_it()
    {
        await using var scene = await MirrorScene.StartAsync();
        await scene.InvokeAsync(
            "Start-MattermostListener; Wait-MattermostListener Connected -TimeoutSec 60; Disconnect-Mattermost"
        );
        await scene.Sandbox.Mattermost.WhenConnectionsAsync(count => count == 0, scene.Deadline);

        await scene.InvokeAsync(
            MirrorScene.Connect
                + "; Start-MattermostListener; Wait-MattermostListener Connected -TimeoutSec 60; Remove-Module MattermostXsoar"
        );
        await scene.Sandbox.Mattermost.WhenConnectionsAsync(count => count == 0, scene.Deadline);
    }

    [Fact]
    [Trait("Category", "Fault")]
    public async Task A_revoked_token_is_distinguished_from_a_network_fault_and_recovers()
    {
        await using var scene = await MirrorScene.StartAsync();
        await scene.InvokeAsync("Start-MattermostListener; Wait-MattermostListener Connected -TimeoutSec 60");
        scene.Sandbox.Mattermost.RevokeToken(scene.Sandbox.BotToken);
        scene.Sandbox.CutWebSockets();

        var listener = (
            await scene.InvokeAsync(
                "do { $listener = Get-MattermostListener } until ($listener.Reason -like '*Bot Access Token*'); $listener"
            )
        ).Single();

        Assert.Equal("Reconnecting", listener.Get("State")!.ToString());
        scene.Scene.AssertNoSecretIn(listener.Get("Reason")!.ToString()!);
    }

    [Fact]
    public async Task No_token_is_in_the_state_file()
    {
        await using var scene = await MirrorScene.StartAsync();
        await scene.InvokeAsync("Start-MattermostMirror 1 -Channel test -AllowPublic");
        scene.Sandbox.Mattermost.Post("user1", "test", "line");
        await scene.WarRoomHasAsync("line");
        await scene.InvokeAsync("Disconnect-Mattermost");

        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(scene.StateFile)!))
            scene.Scene.AssertNoSecretIn(
                System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, scene.Deadline))
            );
    }
}
