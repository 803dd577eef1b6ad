using MattermostXsoar.Core.State;
using MattermostXsoar.Core.Tests.Mirroring.Faults.Stops;
using Xunit;

namespace MattermostXsoar.Core.Tests.People.Questions;

/// <summary>
/// The process ends at every step of a question's life: it is posted once, answered once, told once, and XSOAR has the
/// answer once.
/// </summary>
[Trait("Category", "Fault")]
public sealed class QuestionStopTests
{
    [Theory]
    [InlineData(nameof(StopPoint.QuestionPosted))]
    [InlineData(nameof(StopPoint.QuestionMarked))]
    [InlineData(nameof(StopPoint.QuestionReacted))]
    public async Task While_it_is_asked_the_next_process_finds_it(string step)
    {
        await using var scene = await QuestionScene.StartAsync();
        var end = new ProcessEnd(step, 1);
        await scene.RestartAsync(noListener: true, end.Points);

        await Assert.ThrowsAnyAsync<Exception>(() => scene.AskAsync());
        await scene.RestartAsync();
        var post = Assert.Single(Asked(scene));
        await scene.Chat.WhenAsync(chat => chat.Reactions(post.Id).Count == 2, scene.Token);
        scene.Chat.Post("user1", QuestionScene.Channel, "yes", post.Id);
        var answered = await scene.DoneAsync(1);

        Assert.Equal((QuestionState.Answered, "yes"), (answered.Status, answered.Answer));
        Assert.Empty(Asked(scene));
    }

    [Fact]
    public async Task Before_it_was_posted_it_is_never_asked()
    {
        await using var scene = await QuestionScene.StartAsync();
        var end = new ProcessEnd(nameof(StopPoint.QuestionRecorded), 1);
        await scene.RestartAsync(noListener: true, end.Points);

        await Assert.ThrowsAnyAsync<Exception>(() => scene.AskAsync());
        await scene.RestartAsync();
        var lost = await scene.DoneAsync(1);

        Assert.Equal(QuestionState.Failed, lost.Status);
        Assert.Contains("ended before", lost.LastError, StringComparison.Ordinal);
        Assert.Empty(Asked(scene));
    }

    [Theory]
    [InlineData(nameof(StopPoint.QuestionHelped))]
    [InlineData(nameof(StopPoint.QuestionClosed))]
    [InlineData(nameof(StopPoint.QuestionTold))]
    [InlineData(nameof(StopPoint.BeforeAnswer))]
    [InlineData(nameof(StopPoint.AfterAnswer))]
    [InlineData(nameof(StopPoint.BeforeAnswerTag))]
    [InlineData(nameof(StopPoint.AfterAnswerTag))]
    public async Task While_it_is_answered_it_is_answered_once_and_told_once(string step)
    {
        await using var scene = await QuestionScene.StartAsync();
        var end = new ProcessEnd(step, 1);
        await scene.RestartAsync(stopPoints: end.Points);
        var question = await scene.AskAsync(
            QuestionScene.Draft() with
            {
                InvestigationId = "1",
                EntriesTag = "answer",
            }
        );

        scene.Chat.Post("user1", QuestionScene.Channel, "hm?", question.PostId);
        await scene.Chat.WhenAsync(_ => scene.Replies(question).Count == 1, scene.Token);
        if (step != nameof(StopPoint.QuestionHelped))
            scene.Chat.Post("user1", QuestionScene.Channel, "yes", question.PostId);
        await end.Reached.WaitAsync(scene.Token);
        await scene.RestartAsync();
        if (step == nameof(StopPoint.QuestionHelped))
            scene.Chat.Post("user1", QuestionScene.Channel, "yes", question.PostId);
        var answered = await scene.DoneAsync(question.Id);

        Assert.Equal((QuestionState.Answered, "yes"), (answered.Status, answered.Answer));
        Assert.Single(scene.Replies(question));
        Assert.StartsWith("Thank you **user1**.", scene.Post(question).Message, StringComparison.Ordinal);
        var entry = Assert.Single(
            scene.Xsoar.Entries("1"),
            entry => entry.Contents.Contains("answered:", StringComparison.Ordinal)
        );
        Assert.Equal(["answer"], entry.Tags);
    }

    private static List<Sandbox.Mattermost.Model.SandboxPost> Asked(QuestionScene scene) =>
        [
            .. scene
                .Chat.Messages(QuestionScene.Channel)
                .Where(post => post.Message.StartsWith("**Block the user?** - ", StringComparison.Ordinal)),
        ];
}
