using System.Management.Automation;
using MattermostXsoar.Module.Tests.Mirrors;

namespace MattermostXsoar.Module.Tests.Questions;

/// <summary>The cmdlets of questions; how a question lives is tested in Core.</summary>
public sealed class QuestionTests
{
    [Fact]
    public async Task A_runbook_asks_one_person_waits_and_goes_on_with_the_answer()
    {
        await using var scene = await MirrorScene.StartAsync();
        scene.Sandbox.Xsoar.AddQuestion("1", "43", "Block the user?", "Yes", "No");
        var answering = scene.Sandbox.Mattermost.AnswerNextAsync("user1", ":+1:", scene.Deadline);

        var answered = (
            await scene.InvokeAsync(
                "'Block the user?' | Send-MattermostQuestion -To user1 -InvestigationId 1 -TaskId 43 | Wait-MattermostQuestion -TimeoutSec 60"
            )
        ).Single();
        await answering;
        await scene.Sandbox.Xsoar.WhenAsync(world => world.Task("1", "43").State == "Completed", scene.Deadline);

        Assert.Equal("Answered", answered.Get("Status")!.ToString());
        Assert.Equal(("yes", "user1"), (answered.Get("Answer"), answered.Get("AnsweredBy")));
        Assert.Equal("Yes", scene.Sandbox.Xsoar.Task("1", "43").Input);
    }

    [Fact]
    public async Task The_originals_command_and_JSON_ask_as_well()
    {
        await using var scene = await MirrorScene.StartAsync();
        var guid = scene.Sandbox.Xsoar.AddEntitlement("1");
        var answering = scene.Sandbox.Mattermost.AnswerNextAsync("user2", "leave.", scene.Deadline);
        scene.Scene.Engine.Set(
            "json",
            $$"""
            {"message":"**Block?** - Please reply to this thread with `Block` or `Leave`.","entitlement":"{{guid}}@1",
             "reply":"Thanks {user}: {response}","expiry":"2999-01-01 00:00:00","default_response":"NoResponse"}
            """
        );

        var question = (
            await scene.InvokeAsync(
                "send-notification -message $json -to user2 -ignoreAddURL -mattermost_ask -PassThru | Wait-MattermostQuestion"
            )
        ).Single();
        await answering;
        await scene.WarRoomHasAsync("answered: **Leave**");

        Assert.Equal("Leave", question.Get("Answer"));
        Assert.Equal(2999, ((DateTimeOffset)question.Get("ExpiresAt")!).Year);
    }

    [Fact]
    public async Task Without_mirroring_and_without_XSOAR_the_answer_is_for_the_runbook()
    {
        await using var scene = await MirrorScene.StartAsync();
        (
            await scene.InvokeAsync(
                $"Disconnect-Mattermost; $null = {Hosting.Scene.ConnectWithoutXsoar} -StatePath $state -NoMirroring"
            )
        ).Succeeded();
        var answering = scene.Sandbox.Mattermost.AnswerNextAsync("user1", "no", scene.Deadline);

        var answered = (await scene.InvokeAsync("Send-MattermostQuestion Sure? -Channel test -Wait")).Single();
        await answering;

        Assert.Equal("no", answered.Get("Answer"));
        (await scene.InvokeAsync("Send-MattermostQuestion Sure? -Channel test -InvestigationId 1")).AssertError(
            "XsoarNotConfigured",
            ErrorCategory.InvalidOperation
        );
    }

    [Fact]
    public async Task An_investigation_with_a_mirror_is_asked_about_in_its_channel()
    {
        await using var scene = await MirrorScene.StartAsync(more: "-NoListener");

        var question = (
            await scene.InvokeAsync(
                "$null = Start-MattermostMirror 1; Send-MattermostQuestion Sure? -InvestigationId 1 -WarningAction Ignore"
            )
        ).Single();

        Assert.Equal("incident-1", question.Get("ChannelName"));
    }

    [Fact]
    public async Task Questions_are_listed_by_how_far_they_have_come_and_cancelled()
    {
        await using var scene = await MirrorScene.StartAsync(more: "-NoListener");

        var result = await scene.InvokeAsync(
            "$WarningPreference = 'Ignore'; $asked = 'One?', 'Two?' | Send-MattermostQuestion -Channel test; "
                + "$null = $asked[0] | Stop-MattermostQuestion; Get-MattermostQuestion -Status Open; Get-MattermostQuestion 1"
        );

        result.Succeeded();
        Assert.Equal(["Two?", "One?"], result.Output.All("Question"));
        Assert.Equal(["Open", "Cancelled"], result.Output.All("Status").Select(status => status!.ToString()));
    }

    [Theory]
    [InlineData(
        "Send-MattermostQuestion x -Channel test -Option yes",
        "InvalidArgument",
        ErrorCategory.InvalidArgument
    )]
    [InlineData(
        "Send-MattermostQuestion x -Channel test -Option yes, /no",
        "InvalidArgument",
        ErrorCategory.InvalidArgument
    )]
    [InlineData("Send-MattermostQuestion x -Channel test -TaskId 4", "InvalidArgument", ErrorCategory.InvalidArgument)]
    [InlineData("Send-MattermostQuestion x -To user1 -Votes 2", "InvalidArgument", ErrorCategory.InvalidArgument)]
    [InlineData(
        "Send-MattermostQuestion x -To user1 -Channel test",
        "ConflictingTarget",
        ErrorCategory.InvalidArgument
    )]
    [InlineData(
        "Send-MattermostQuestion x -Channel test -Entitlement no-guid@1",
        "InvalidArgument",
        ErrorCategory.InvalidArgument
    )]
    [InlineData("Get-MattermostQuestion 7", "QuestionNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("Wait-MattermostQuestion 7", "QuestionNotFound", ErrorCategory.ObjectNotFound)]
    public async Task What_cannot_be_asked_is_refused_and_nothing_is_posted(
        string command,
        string errorId,
        ErrorCategory category
    )
    {
        await using var scene = await MirrorScene.StartAsync(more: "-NoListener");

        (await scene.InvokeAsync(command)).AssertError(errorId, category);

        Assert.DoesNotContain(scene.Sandbox.Calls, call => call is { Method: "POST", Path: "/api/v4/posts" });
    }
}
