using MattermostXsoar.Core.State;
using Xunit;

namespace MattermostXsoar.Core.Tests.People.Questions;

/// <summary>People answer questions, by replies and reactions.</summary>
public sealed class QuestionTests
{
    [Fact]
    public async Task The_first_valid_reply_answers_and_replaces_the_question()
    {
        await using var scene = await QuestionScene.StartAsync();
        var question = await scene.AskAsync();
        var asked = scene.Post(question);
        Assert.Equal("**Block the user?** - Please reply to this thread with `yes` or `no`.", asked.Message);
        Assert.Equal(["+1", "-1"], scene.Chat.Reactions(asked.Id).Select(reaction => reaction.EmojiName));

        var reply = scene.Chat.Post("user2", QuestionScene.Channel, " **Yes**. ", asked.Id);
        // Of the same millisecond nobody could say which was first.
        scene.Harness.Tick();
        scene.Chat.Post("user1", QuestionScene.Channel, "no", asked.Id);
        var answered = await scene.DoneAsync(question.Id);

        Assert.Equal(QuestionState.Answered, answered.Status);
        Assert.Equal(("yes", "user2"), (answered.Answer, answered.AnsweredBy));
        Assert.Equal(reply.CreateAt, answered.AnsweredAt!.Value.ToUnixTimeMilliseconds());
        Assert.StartsWith(
            "Thank you **user2**. You have answered **yes** .\n\n> Block the user?\n*Grace Hopper (@\u200Buser2), ",
            scene.Post(question).Message,
            StringComparison.Ordinal
        );
        Assert.Empty(scene.Replies(question));
    }

    [Fact]
    public async Task A_tap_on_a_reaction_answers_in_a_direct_message()
    {
        await using var scene = await QuestionScene.StartAsync();
        var question = await scene.AskAsync(
            QuestionScene.Draft() with
            {
                Options = ["Block", "Leave", "Ask again"],
                Answerers = [scene.User("user1")],
            },
            "@user1"
        );
        Assert.Equal(
            ["one", "two", "three"],
            scene.Chat.Reactions(question.PostId!).Select(reaction => reaction.EmojiName)
        );

        scene.Chat.React("user1", question.PostId!, "two");
        var answered = await scene.AnsweredAsync(question.Id);

        Assert.Equal(("Leave", "user1"), (answered.Answer, answered.AnsweredBy));
    }

    [Fact]
    public async Task A_reply_that_is_no_option_is_answered_once_with_the_options()
    {
        await using var scene = await QuestionScene.StartAsync();
        var question = await scene.AskAsync();

        scene.Chat.Post("user1", QuestionScene.Channel, "what does he do?", question.PostId);
        await scene.Chat.WhenAsync(_ => scene.Replies(question).Count == 1, scene.Token);
        scene.Chat.Post("user2", QuestionScene.Channel, "hm", question.PostId);
        scene.Chat.Post("user2", QuestionScene.Channel, "no", question.PostId);
        await scene.DoneAsync(question.Id);

        Assert.Equal(
            ["I did not understand the answer. Please reply to this thread with `yes` or `no`."],
            scene.Replies(question)
        );
    }

    [Fact]
    public async Task Who_was_not_asked_does_nothing()
    {
        await using var scene = await QuestionScene.StartAsync();
        var question = await scene.AskAsync(QuestionScene.Draft() with { Answerers = [scene.User("user1")] });

        scene.Chat.Post("user2", QuestionScene.Channel, "yes", question.PostId);
        scene.Chat.Post("user2", QuestionScene.Channel, "who are you?", question.PostId);
        scene.Chat.React("user3", question.PostId!, "+1");
        scene.Chat.React("user1", question.PostId!, "tada");
        scene.Chat.Post("user1", QuestionScene.Channel, "yes");
        scene.Chat.Post("user1", QuestionScene.Channel, "no", question.PostId);
        var answered = await scene.DoneAsync(question.Id);

        Assert.Equal(("no", "user1"), (answered.Answer, answered.AnsweredBy));
        Assert.Empty(scene.Replies(question));
    }

    [Fact]
    public async Task Bots_do_not_answer_nor_do_people_outside_the_channel()
    {
        await using var scene = await QuestionScene.StartAsync();
        scene.Chat.CreateUser("otherbot", isBot: true);
        scene.Chat.AddToTeam("panw", "otherbot");
        scene.Chat.AddMember(QuestionScene.Channel, "otherbot");
        var question = await scene.AskAsync();
        scene.Chat.RemoveMember(QuestionScene.Channel, "admin");

        scene.Chat.Post("otherbot", QuestionScene.Channel, "yes", question.PostId);
        scene.Chat.React("admin", question.PostId!, "+1");
        scene.Chat.Post("user1", QuestionScene.Channel, "no", question.PostId);
        var answered = await scene.DoneAsync(question.Id);

        Assert.Equal(("no", "user1"), (answered.Answer, answered.AnsweredBy));
    }

    [Fact]
    public async Task What_was_taken_away_or_edited_while_nobody_listened_is_no_answer_and_what_stays_is()
    {
        await using var scene = await QuestionScene.StartAsync();
        await scene.RestartAsync(noListener: true);
        var question = await scene.AskAsync();
        Assert.Contains("nobody takes its answers now", Assert.Single(scene.Warnings), StringComparison.Ordinal);

        scene.Chat.React("user1", question.PostId!, "+1");
        scene.Chat.Unreact("user1", question.PostId!, "+1");
        var edited = scene.Chat.Post("user1", QuestionScene.Channel, "maybe", question.PostId);
        scene.Harness.Tick();
        scene.Chat.Edit(edited.Id, "yes");
        scene.Chat.Delete(scene.Chat.Post("user1", QuestionScene.Channel, "yes", question.PostId).Id);
        scene.Chat.React("user2", question.PostId!, "-1");
        await scene.RestartAsync();
        var answered = await scene.DoneAsync(question.Id);

        Assert.Equal(("no", "user2"), (answered.Answer, answered.AnsweredBy));
    }

    [Fact]
    public async Task An_edit_of_the_answer_changes_nothing()
    {
        await using var scene = await QuestionScene.StartAsync();
        var question = await scene.AskAsync();
        var reply = scene.Chat.Post("user1", QuestionScene.Channel, "yes", question.PostId);
        await scene.DoneAsync(question.Id);
        var shown = scene.Post(question).Message;

        scene.Chat.Edit(reply.Id, "no");
        scene.Chat.React("user1", question.PostId!, "-1");
        var other = await scene.AskAsync(QuestionScene.Draft("And now?"));
        scene.Chat.Post("user1", QuestionScene.Channel, "no", other.PostId);
        await scene.DoneAsync(other.Id);

        Assert.Equal("yes", scene.Questions.Get(question.Id).Answer);
        Assert.Equal(shown, scene.Post(question).Message);
    }

    [Fact]
    public async Task As_many_people_as_needed_decide_together()
    {
        await using var scene = await QuestionScene.StartAsync();
        var question = await scene.AskAsync(QuestionScene.Draft() with { Votes = 2 });

        scene.Chat.React("user1", question.PostId!, "+1");
        scene.Chat.Post("user1", QuestionScene.Channel, "yes", question.PostId);
        scene.Chat.Post("user2", QuestionScene.Channel, "no", question.PostId);
        scene.Chat.React("user3", question.PostId!, "+1");
        var answered = await scene.DoneAsync(question.Id);

        Assert.Equal(("yes", "user3"), (answered.Answer, answered.AnsweredBy));
    }

    [Fact]
    public async Task A_question_in_a_thread_takes_the_replies_after_it()
    {
        await using var scene = await QuestionScene.StartAsync();
        var root = scene.Chat.Post("user1", QuestionScene.Channel, "Look at this");
        scene.Chat.Post("user2", QuestionScene.Channel, "yes", root.Id);
        scene.Harness.Tick();
        var first = await scene.AskAsync(QuestionScene.Draft() with { RootId = root.Id });
        scene.Harness.Tick();
        var second = await scene.AskAsync(
            QuestionScene.Draft("Tell him?") with
            {
                RootId = root.Id,
                Options = ["no", "yes"],
            }
        );
        scene.Harness.Tick();

        scene.Chat.Post("user1", QuestionScene.Channel, "no", root.Id);
        var answered = await scene.DoneAsync(second.Id);

        Assert.Equal(root.Id, scene.Post(first).RootId);
        Assert.Equal("no", answered.Answer);
        Assert.Equal(QuestionState.Open, scene.Questions.Get(first.Id).Status);
    }

    [Fact]
    public async Task It_expires_once_with_its_default_response_also_while_nobody_listened()
    {
        await using var scene = await QuestionScene.StartAsync();
        await scene.RestartAsync(noListener: true);
        var question = await scene.AskAsync(
            QuestionScene.Draft() with
            {
                ExpiresAt = DateTimeOffset.UnixEpoch.AddYears(30),
                InvestigationId = "1",
            }
        );
        scene.Chat.Post("user1", QuestionScene.Channel, "yes", question.PostId);
        await scene.RestartAsync();
        var expired = await scene.DoneAsync(question.Id);
        await scene.RestartAsync();
        await scene.ConnectedAsync();

        Assert.Equal(QuestionState.Expired, expired.Status);
        Assert.Equal(("No response was received from the user.", null), (expired.Answer, expired.AnsweredBy));
        Assert.StartsWith(
            "No response was received from the user.\n\n> Block the user?\n*Expired ",
            scene.Post(question).Message,
            StringComparison.Ordinal
        );
        Assert.Single(
            scene.Xsoar.Entries("1"),
            entry => entry.Contents.StartsWith("No response was received from the user.", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_cancelled_question_says_so_and_takes_no_answer()
    {
        await using var scene = await QuestionScene.StartAsync();
        var question = await scene.AskAsync();

        var cancelled = await scene.Questions.CancelAsync(question.Id, scene.Token);
        scene.Chat.Post("user1", QuestionScene.Channel, "yes", question.PostId);
        var other = await scene.AskAsync();
        scene.Chat.Post("user1", QuestionScene.Channel, "no", other.PostId);
        await scene.DoneAsync(other.Id);

        Assert.Equal(QuestionState.Cancelled, cancelled.Status);
        Assert.StartsWith("This question was cancelled.", scene.Post(question).Message, StringComparison.Ordinal);
        Assert.Null(scene.Questions.Get(question.Id).Answer);
    }

    [Fact]
    public async Task Any_of_several_is_waited_for_while_another_process_listens()
    {
        await using var scene = await QuestionScene.StartAsync();
        var first = await scene.AskAsync();
        var second = await scene.AskAsync(QuestionScene.Draft("Tell him?"));
        var listening = scene.Harness.Service;
        await scene.Harness.NewServiceAsync(noListener: true);

        var waiting = scene.Questions.WaitAsync([first.Id, second.Id], any: true, scene.Token);
        scene.Chat.Post("user1", QuestionScene.Channel, "no", second.PostId);

        Assert.Equal(second.Id, Assert.Single(await waiting).Id);
        await listening.CloseAsync();
    }
}
