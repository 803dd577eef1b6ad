using System.Management.Automation;

namespace MattermostXsoar.Module.Tests.Mirrors;

/// <summary>Get-, Stop- and Sync-MattermostMirror.</summary>
public sealed class MirrorLifeTests
{
    [Fact]
    public async Task Sync_mirrors_what_is_there_and_returns_with_the_counters()
    {
        await using var scene = await MirrorScene.StartAsync(more: "-NoListener");
        await scene.InvokeAsync(
            "Start-MattermostMirror 1 -Channel test -AllowPublic; Start-MattermostMirror 2 -Channel alerts -AllowPublic"
        );
        scene.Sandbox.Mattermost.Post("user1", "test", "one");
        scene.Sandbox.Xsoar.AddEntry("1", "jane", "two");
        scene.Sandbox.Xsoar.AddEntry("2", "jane", "three");

        var one = (await scene.InvokeAsync("Sync-MattermostMirror 1")).Single();
        Assert.Equal(
            (1L, 1L, 0L, 0L),
            (one.Get("FromChat"), one.Get("FromWarRoom"), one.Get("Pending"), one.Get("Failed"))
        );
        Assert.DoesNotContain(
            scene.Sandbox.Mattermost.Messages("alerts"),
            post => post.Message.Contains("three", StringComparison.Ordinal)
        );

        var all = (await scene.InvokeAsync("Sync-MattermostMirror -All")).Succeeded();
        Assert.Equal(["1", "2"], all.All("InvestigationId"));
        Assert.Contains(
            scene.Sandbox.Mattermost.Messages("alerts"),
            post => post.Message.Contains("three", StringComparison.Ordinal)
        );
        Assert.Equal(0, scene.Sandbox.Mattermost.ConnectionCount);
    }

    [Fact]
    public async Task Stopped_mirrors_stay_listed_and_the_channel_is_archived_if_asked()
    {
        await using var scene = await MirrorScene.StartAsync(more: "-NoListener");
        await scene.InvokeAsync("Start-MattermostMirror 1; Start-MattermostMirror 2 -Channel test -AllowPublic");

        var stopped = (await scene.InvokeAsync("Get-MattermostMirror -Channel test | Stop-MattermostMirror")).Single();
        Assert.Equal(("2", "Stopped"), (stopped.Get("InvestigationId"), stopped.Get("State")!.ToString()));
        Assert.Equal(0L, scene.Sandbox.Mattermost.Channel("test").DeleteAt);

        (await scene.InvokeAsync("Stop-MattermostMirror 1 -CloseChannel")).Single();
        Assert.NotEqual(0L, scene.Sandbox.Mattermost.Channel("incident-1").DeleteAt);
        Assert.Equal(
            ["Stopped", "Stopped"],
            (await scene.InvokeAsync("Get-MattermostMirror")).Succeeded().All("State")
        );
    }

    [Fact]
    public async Task Closing_archives_no_channel_of_a_mirror_stopped_before_and_none_that_another_mirror_uses()
    {
        await using var scene = await MirrorScene.StartAsync(more: "-NoListener");
        (
            await scene.InvokeAsync(
                "Start-MattermostMirror 1 -Channel test -AllowPublic; Start-MattermostMirror 3 -Channel test -AllowPublic; Stop-MattermostMirror 3"
            )
        ).Succeeded();
        (
            await scene.InvokeAsync(
                "Start-MattermostMirror 3 -Channel alerts -AllowPublic; Stop-MattermostMirror 3 -CloseChannel"
            )
        ).Succeeded();
        Assert.Equal(0L, scene.Sandbox.Mattermost.Channel("test").DeleteAt);
        Assert.NotEqual(0L, scene.Sandbox.Mattermost.Channel("alerts").DeleteAt);

        await scene.InvokeAsync("Start-MattermostMirror 2 -Channel test -AllowPublic");
        var shared = await scene.InvokeAsync("Stop-MattermostMirror 2 -CloseChannel");
        Assert.Equal("Stopped", shared.Single().Get("State")!.ToString());
        Assert.Contains(
            "investigation 1 is mirrored with it",
            Assert.Single(shared.Warnings),
            StringComparison.Ordinal
        );
        Assert.Equal(0L, scene.Sandbox.Mattermost.Channel("test").DeleteAt);
    }

    [Fact]
    public async Task Several_mirrors_of_one_investigation_on_the_pipeline_are_synchronised_once()
    {
        await using var scene = await MirrorScene.StartAsync(more: "-NoListener");
        await scene.InvokeAsync(
            "Start-MattermostMirror 3 -Channel test -AllowPublic; Stop-MattermostMirror 3; Start-MattermostMirror 3 -Channel alerts -AllowPublic"
        );
        Assert.Equal(2, (await scene.InvokeAsync("Get-MattermostMirror | Sync-MattermostMirror")).Succeeded().Count);
    }

    [Theory]
    [InlineData("Get-MattermostMirror 77")]
    [InlineData("Stop-MattermostMirror 77")]
    [InlineData("Sync-MattermostMirror 77")]
    public async Task An_investigation_without_a_mirror_is_named(string command)
    {
        await using var scene = await MirrorScene.StartAsync(more: "-NoListener");
        var error = (await scene.InvokeAsync(command)).AssertError("MirrorNotFound", ErrorCategory.ObjectNotFound);
        Assert.Contains("77", error.Exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Get-MattermostMirror 1*")]
    [InlineData("Stop-MattermostMirror -Channel incident-?")]
    public async Task Where_a_wildcard_is_given_the_error_shows_the_way_without(string command)
    {
        await using var scene = await MirrorScene.StartAsync(more: "-NoListener");
        await scene.InvokeAsync("Start-MattermostMirror 1");
        var error = (await scene.InvokeAsync(command)).AssertError("MirrorNotFound", ErrorCategory.ObjectNotFound);
        Assert.Contains("Where-Object", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stop_without_naming_a_mirror_is_an_error() =>
        await WithSceneAsync(async scene =>
            (await scene.InvokeAsync("Stop-MattermostMirror")).AssertError(
                "InvalidArgument",
                ErrorCategory.InvalidArgument
            )
        );

    [Fact]
    public async Task The_view_shows_the_counters_and_the_position() =>
        await WithSceneAsync(async scene =>
        {
            await scene.InvokeAsync("Start-MattermostMirror 1 -Channel test -AllowPublic");
            var screen = (await scene.InvokeAsync("Get-MattermostMirror | Out-Default")).Screen;
            foreach (var word in new[] { "Investigation", "Channel", "Readers", "Pending", "Failed", "test", "Active" })
                Assert.Contains(word, screen, StringComparison.Ordinal);
        });

    [Fact]
    [Trait("Category", "Fault")]
    public async Task A_pass_that_cannot_finish_reports_why_and_keeps_the_delivery()
    {
        await using var scene = await MirrorScene.StartAsync(more: "-NoListener");
        await scene.InvokeAsync("Start-MattermostMirror 1 -Channel test -AllowPublic");
        scene.Sandbox.Mattermost.Post("user1", "test", "kept");
        var key = scene.Sandbox.XsoarApiKey;
        scene.Sandbox.Xsoar.RollApiKey();

        var failed = await scene.InvokeAsync("Sync-MattermostMirror 1");
        failed.AssertError("InvalidXsoarKey", ErrorCategory.AuthenticationError);
        scene.Scene.AssertNoSecretIn(failed.AllText());

        scene.Sandbox.Xsoar.RestoreApiKey(key);
        Assert.Equal(1L, (await scene.InvokeAsync("Sync-MattermostMirror 1")).Single().Get("FromChat"));
    }

    private static async Task WithSceneAsync(Func<MirrorScene, Task> test)
    {
        await using var scene = await MirrorScene.StartAsync(more: "-NoListener");
        await test(scene);
    }
}
