using System.Text.RegularExpressions;
using MattermostXsoar.Sandbox.Faults;

namespace MattermostXsoar.Module.Tests.Mirrors;

/// <summary>What Get-MattermostMirror reports while nothing is mirrored.</summary>
public sealed partial class ListenerProblemTests
{
    [Fact]
    public async Task Without_a_listener_an_active_mirror_says_so_and_the_documented_query_finds_it()
    {
        await using var scene = await MirrorScene.StartAsync(more: "-NoListener");
        (await scene.InvokeAsync("Start-MattermostMirror 1")).Succeeded();

        var mirror = (await scene.InvokeAsync(Query())).Single();

        Assert.Equal("Active", mirror.Get("State")!.ToString());
        Assert.StartsWith(
            "No listener runs. Start one",
            mirror.Get("ListenerProblem")!.ToString(),
            StringComparison.Ordinal
        );
        Assert.Equal(mirror.Get("ListenerProblem"), mirror.Get("Note"));
        Assert.Contains(
            "No listener runs",
            await scene.Scene.Engine.ShowAsync("Get-MattermostMirror"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_listener_of_another_session_counts_and_when_it_has_ended_it_shows_when_it_was_last_seen()
    {
        await using var scene = await MirrorScene.StartAsync();
        (await scene.InvokeAsync("Start-MattermostMirror 1")).Succeeded();
        await scene.InvokeAsync(
            MirrorScene.Connect.Replace("$session", "$second", StringComparison.Ordinal) + " -NoListener"
        );
        Assert.Null((await scene.InvokeAsync("Get-MattermostMirror -Session $second")).Single().Get("ListenerProblem"));

        (await scene.InvokeAsync("Stop-MattermostListener -Session $session")).Succeeded();

        Assert.Matches(
            @"^No listener runs \(last seen \d{4}-\d\d-\d\d \d\d:\d\dZ\)\.",
            (await scene.InvokeAsync("Get-MattermostMirror -Session $second"))
                .Single()
                .Get("ListenerProblem")!
                .ToString()
        );
    }

    [Fact]
    [Trait("Category", "Fault")]
    public async Task A_lost_connection_of_this_sessions_listener_is_shown_and_found_until_it_is_back()
    {
        await using var scene = await MirrorScene.StartAsync();
        await scene.InvokeAsync("Start-MattermostMirror 1; Wait-MattermostListener Connected -TimeoutSec 60");
        Assert.Empty((await scene.InvokeAsync(Query())).Succeeded());
        scene.Sandbox.Faults.Add(
            new Fault
            {
                Server = "mattermost",
                Kind = FaultKind.Status,
                Status = 503,
                Count = int.MaxValue,
            }
        );
        scene.Sandbox.CutWebSockets();
        await scene.InvokeAsync("do { $listener = Get-MattermostListener } until ($listener.Reason -like '*503*')");

        var mirror = (await scene.InvokeAsync(Query())).Single();

        Assert.Equal("Active", mirror.Get("State")!.ToString());
        Assert.Matches(
            @"^Reconnecting to Mattermost since \d{4}-\d\d-\d\d \d\d:\d\dZ: \S",
            mirror.Get("Note")!.ToString()
        );
        scene.Sandbox.Faults.Clear();
        await scene.InvokeAsync("Wait-MattermostListener Connected -TimeoutSec 60");
        Assert.Empty((await scene.InvokeAsync(Query())).Succeeded());
    }

    [Fact]
    public async Task A_pass_and_a_stopped_mirror_need_no_listener()
    {
        await using var scene = await MirrorScene.StartAsync(more: "-NoListener");
        (await scene.InvokeAsync("Start-MattermostMirror 1")).Succeeded();

        Assert.Null((await scene.InvokeAsync("Sync-MattermostMirror 1")).Single().Get("ListenerProblem"));
        (await scene.InvokeAsync("Stop-MattermostMirror 1")).Succeeded();
        Assert.Null((await scene.InvokeAsync("Get-MattermostMirror")).Single().Get("ListenerProblem"));
    }

    // The first script below "What to watch".
    private static string Query() =>
        WhatToWatch()
            .Match(File.ReadAllText(Path.Combine(StagedModule.HelpPages, "..", "operations.md")))
            .Groups[1]
            .Value;

    [GeneratedRegex("## What to watch\\s+```powershell\\r?\\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex WhatToWatch();
}
