using MattermostXsoar.Sandbox.Faults;

namespace MattermostXsoar.Module.Tests.Mirrors;

/// <summary>Get-MattermostMirror -FailedDelivery and Sync-MattermostMirror -RetryFailed.</summary>
public sealed class FailedDeliveryTests
{
    [Fact]
    public async Task Refused_deliveries_are_listed_and_tried_again_down_the_pipeline()
    {
        await using var scene = await MirrorScene.StartAsync(more: "-NoListener");
        (await scene.InvokeAsync("Start-MattermostMirror 1 -Channel test -AllowPublic")).Succeeded();
        Refuse(scene);
        var post = scene.Sandbox.Mattermost.Post("user1", "test", "one");
        Assert.Equal(1L, (await scene.InvokeAsync("Sync-MattermostMirror 1")).Single().Get("Failed"));

        var failed = (await scene.InvokeAsync("Get-MattermostMirror -FailedDelivery")).Single();
        Assert.Equal(
            ("1", "test", "ChatToWarRoom", "Message", post.Id, 1),
            (
                failed.Get("InvestigationId"),
                failed.Get("ChannelName"),
                failed.Get("Direction")!.ToString(),
                failed.Get("Kind"),
                failed.Get("SourceId"),
                failed.Get("Attempts")
            )
        );
        Assert.Contains(
            post.Id,
            await scene.Scene.Engine.ShowAsync("Get-MattermostMirror 1 -FailedDelivery"),
            StringComparison.Ordinal
        );

        scene.Sandbox.Calls.Clear();
        (await scene.InvokeAsync("Sync-MattermostMirror 1 -RetryFailed -WhatIf")).Succeeded();
        Assert.Equal(0, scene.Sandbox.Calls.CountOf("xsoar"));
        Assert.Equal(
            "1",
            (await scene.InvokeAsync("Get-MattermostMirror -FailedDelivery")).Single().Get("InvestigationId")
        );

        var carried = (
            await scene.InvokeAsync("Get-MattermostMirror -FailedDelivery | Sync-MattermostMirror -RetryFailed")
        ).Single();
        Assert.Equal((0L, 1L), (carried.Get("Failed"), carried.Get("FromChat")));
        Assert.Empty((await scene.InvokeAsync("Get-MattermostMirror -FailedDelivery")).Succeeded());
        await scene.WarRoomHasAsync("one");
    }

    [Fact]
    public async Task While_another_session_listens_it_is_that_ones_work_and_no_error()
    {
        await using var scene = await MirrorScene.StartAsync();
        (
            await scene.InvokeAsync(
                "Start-MattermostMirror 1 -Channel test -AllowPublic; Wait-MattermostListener Connected"
            )
        ).Succeeded();
        Refuse(scene);
        scene.Sandbox.Mattermost.Post("user1", "test", "one");
        scene.Sandbox.Mattermost.Post("user1", "test", "two");
        await scene.WarRoomHasAsync("two");

        (
            await scene.InvokeAsync(
                $"{MirrorScene.Connect.Replace("$session", "$other", StringComparison.Ordinal)} -NoListener; Sync-MattermostMirror -All -RetryFailed -Session $other"
            )
        ).Succeeded();

        await scene.WarRoomHasAsync("one");
    }

    private static void Refuse(MirrorScene scene) =>
        scene.Sandbox.Faults.Add(
            new Fault
            {
                Server = "xsoar",
                Method = "POST",
                PathPattern = "/entry/formatted$",
                Kind = FaultKind.Status,
                Status = 400,
                Count = 1,
            }
        );
}
