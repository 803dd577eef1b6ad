using MattermostXsoar.Core.People.Models;
using MattermostXsoar.Core.People.Questions;
using MattermostXsoar.Core.State;
using MattermostXsoar.Sandbox;
using MattermostXsoar.Sandbox.Faults;
using MattermostXsoar.Sandbox.Xsoar;
using MattermostXsoar.Sandbox.Xsoar.Model;
using Xunit;

namespace MattermostXsoar.Core.Tests.People.Questions;

/// <summary>What an answer does in XSOAR.</summary>
public sealed class QuestionDeliveryTests
{
    [Fact]
    public async Task It_completes_the_playbook_task_with_the_branch_as_the_playbook_writes_it()
    {
        await using var scene = await QuestionScene.StartAsync();
        scene.Xsoar.AddQuestion("1", "43", "Block the user?", "Yes", "No");

        var answered = await AnswerAsync(scene, Draft() with { TaskId = "43" });

        var task = scene.Xsoar.Task("1", "43");
        Assert.Equal(("Completed", "Yes", 1), (task.State, task.Input, task.CompletedCount));
        Assert.Equal("Answered by First1 Last1 (@user1) in Mattermost.", task.Comment);
        Assert.Null(answered.LastError);
        Assert.False(answered.IsPending);
        Assert.DoesNotContain(
            scene.Xsoar.Entries("1"),
            entry => entry.Contents.Contains("answered:", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_task_that_is_completed_already_counts_as_done(bool answersOk)
    {
        await using var scene = await QuestionScene.StartAsync(
            new SandboxOptions { Xsoar = new XsoarBehaviour { CompletedTaskAnswersOk = answersOk } }
        );
        scene.Xsoar.AddQuestion("1", "43", "Block the user?", "yes", "no").State = "Completed";

        var answered = await AnswerAsync(scene, Draft() with { TaskId = "43" });

        Assert.Null(answered.LastError);
        Assert.Equal(0, scene.Xsoar.Task("1", "43").CompletedCount);
    }

    [Fact]
    public async Task A_conflict_is_read_again()
    {
        await using var scene = await QuestionScene.StartAsync();
        scene.Xsoar.AddQuestion("1", "43", "Block the user?", "yes", "no");
        scene.Harness.Sandbox.Faults.Add(
            new Fault
            {
                Server = "xsoar",
                Method = "POST",
                PathPattern = "/task/complete/simple$",
                Kind = FaultKind.Status,
                Status = 400,
                Body =
                    """{"id":"errOptimisticLock","status":400,"title":"conflict","detail":"DB version differs","error":"DB version differs"}""",
            }
        );

        var answered = await AnswerAsync(scene, Draft() with { TaskId = "43" });

        Assert.Null(answered.LastError);
        Assert.Equal(1, scene.Xsoar.Task("1", "43").CompletedCount);
    }

    [Fact]
    public async Task An_answer_that_the_task_does_not_take_is_an_error_of_the_question()
    {
        await using var scene = await QuestionScene.StartAsync();
        scene.Xsoar.AddQuestion("1", "43", "Block the user?", "Block", "Leave");

        var answered = await AnswerAsync(scene, Draft() with { TaskId = "43" });

        Assert.Equal(QuestionState.Answered, answered.Status);
        Assert.Contains("yes", answered.LastError, StringComparison.Ordinal);
        Assert.Equal("Waiting", scene.Xsoar.Task("1", "43").State);
    }

    [Fact]
    public async Task Without_a_task_it_is_an_entry_with_the_tag_the_person_and_the_XSOAR_user()
    {
        // 5.37 tells nobody whether an address is verified.
        await using var scene = await QuestionScene.StartAsync(new SandboxOptions { MattermostVersion = "11.6.0" });

        await AnswerAsync(scene, Draft() with { EntriesTag = "answer" });

        var entry = Answers(scene).Single();
        Assert.StartsWith(
            "**First1 Last1 (@user1)**, XSOAR user user1, answered: **yes**\n> Block the user?\n\n**From Mattermost** ([post](",
            entry.Contents,
            StringComparison.Ordinal
        );
        Assert.Equal(["answer"], entry.Tags);
        Assert.Empty(scene.Xsoar.ExecutedCommands);
    }

    [Fact]
    public async Task A_person_whom_XSOAR_does_not_know_is_named_as_in_Mattermost()
    {
        await using var scene = await QuestionScene.StartAsync();

        await AnswerAsync(scene, Draft(), "user3");

        Assert.StartsWith(
            "**Alan Turing (@user3)**, answered: **yes**",
            Answers(scene).Single().Contents,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_persistent_question_takes_further_answers_and_stays()
    {
        await using var scene = await QuestionScene.StartAsync();
        var question = await scene.AskAsync(Draft() with { IsPersistent = true, EntriesTag = "vote" });
        var asked = scene.Post(question).Message;

        scene.Chat.Post("user1", QuestionScene.Channel, "yes", question.PostId);
        await scene.Xsoar.WhenAsync(_ => Answers(scene).Count == 1, scene.Token);
        scene.Chat.React("user2", question.PostId!, "-1");
        await scene.Xsoar.WhenAsync(_ => Answers(scene).Count == 2, scene.Token);
        await scene.Chat.WhenAsync(_ => scene.Replies(question).Count == 2, scene.Token);

        Assert.Equal(asked, scene.Post(question).Message);
        Assert.Equal(
            ["Thank you **user1**. You have answered **yes** .", "Thank you **user2**. You have answered **no** ."],
            scene.Replies(question)
        );
        Assert.Equal(QuestionState.Open, scene.Questions.Get(question.Id).Status);
    }

    [Fact]
    public async Task An_entitlement_counts_only_where_it_belongs_and_only_once()
    {
        await using var scene = await QuestionScene.StartAsync();
        var guid = scene.Xsoar.AddEntitlement("1");
        var foreign = scene.Xsoar.AddEntitlement("2");

        var first = await AnswerAsync(scene, Draft() with { Entitlement = guid });
        var again = await AnswerAsync(scene, Draft() with { Entitlement = guid });
        var other = await AnswerAsync(scene, Draft() with { Entitlement = foreign });

        Assert.Null(first.LastError);
        Assert.Equal("The entitlement was used before.", again.LastError);
        Assert.Equal("Investigation 1 has no such entitlement.", other.LastError);
        Assert.Single(Answers(scene));
    }

    [Fact]
    public async Task A_closed_investigation_gets_no_answer()
    {
        await using var scene = await QuestionScene.StartAsync();
        var question = await scene.AskAsync(Draft());
        scene.Xsoar.Close("1");

        scene.Chat.Post("user1", QuestionScene.Channel, "yes", question.PostId);
        var answered = await scene.DoneAsync(question.Id);

        Assert.Equal(QuestionState.Answered, answered.Status);
        Assert.NotNull(answered.LastError);
    }

    [Fact]
    public async Task Where_the_server_refuses_the_edit_a_reply_says_how_it_ended()
    {
        await using var scene = await QuestionScene.StartAsync();
        var question = await scene.AskAsync();
        scene.Harness.Sandbox.Faults.Add(
            new Fault
            {
                Server = "mattermost",
                Method = "PUT",
                PathPattern = "/patch$",
                Kind = FaultKind.Status,
                Status = 400,
                Body =
                    """{"id":"api.post.update_post.permissions_time_limit.app_error","message":"Post edit is only allowed for 60 seconds.","status_code":400}""",
            }
        );

        scene.Chat.Post("user1", QuestionScene.Channel, "yes", question.PostId);
        await scene.DoneAsync(question.Id);

        Assert.StartsWith("**Block the user?** - ", scene.Post(question).Message, StringComparison.Ordinal);
        Assert.StartsWith(
            "Thank you **user1**. You have answered **yes** .",
            Assert.Single(scene.Replies(question)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task In_a_mirrored_channel_the_answer_comes_once_and_other_replies_as_messages()
    {
        await using var scene = await QuestionScene.StartAsync();
        var mirror = await scene.Harness.MirrorConnectedAsync();
        var question = await scene.AskAsync(Draft(), mirror.ChannelName);

        scene.Chat.Post("user1", mirror.ChannelName, "why him?", question.PostId);
        await scene.Harness.WarRoomAsync(lines => lines.Contains("why him?"));
        scene.Chat.Post("user2", mirror.ChannelName, "yes", question.PostId);
        scene.Chat.Post("user2", mirror.ChannelName, "I have seen it");
        await scene.Harness.WarRoomAsync(lines => lines.Contains("I have seen it"));
        await scene.DoneAsync(question.Id);

        Assert.Single(Answers(scene));
        Assert.DoesNotContain("yes", scene.Harness.MirroredInWarRoom());
        // Neither the question nor the entry of its answer comes back.
        Assert.Equal(3, scene.Harness.FromChat().Count);
        Assert.DoesNotContain(
            scene.Harness.MirroredInChat(mirror.ChannelName),
            text => text.Contains("answered:", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task An_option_chosen_by_somebody_who_is_not_asked_is_mirrored_as_a_message()
    {
        await using var scene = await QuestionScene.StartAsync(answerDecision: TimeSpan.FromMilliseconds(50));
        var mirror = await scene.Harness.MirrorConnectedAsync();
        var question = await scene.AskAsync(Draft() with { Answerers = [scene.User("user1")] }, mirror.ChannelName);

        scene.Chat.Post("user2", mirror.ChannelName, "no", question.PostId);
        await scene.Harness.WarRoomAsync(lines => lines.Contains("no"));
        scene.Chat.Post("user1", mirror.ChannelName, "yes", question.PostId);

        var done = await scene.DoneAsync(question.Id);
        Assert.Equal(("yes", "user1"), (done.Answer, done.AnsweredBy));
        Assert.Single(Answers(scene));
    }

    [Fact]
    public async Task Open_questions_cost_no_request_while_nobody_answers()
    {
        await using var scene = await QuestionScene.StartAsync();
        var table = scene.Store.Questions;
        var last = await scene.AskAsync();
        for (var i = 0; i < 500; i++)
        {
            var added = await table.AddAsync(table.Find(last.Id)! with { Id = 0 });
            await table.MarkPostedAsync(added.Id, $"{i:d26}");
            await table.MarkReadyAsync(added.Id);
        }

        await scene.ConnectedAsync();
        // Each is read when the listener first knows of it, and after the gap before the connection.
        await scene.Harness.WhenAsync(() => Threads(scene) >= 501);
        int before;
        do
        {
            before = Threads(scene);
            await scene.Harness.WaitsAsync(40);
        } while (Threads(scene) != before);

        await scene.Harness.WaitsAsync(40);

        Assert.Equal(before, Threads(scene));
    }

    private static int Threads(QuestionScene scene) =>
        scene.Harness.Sandbox.Calls.Count(call => call.Path.EndsWith("/thread", StringComparison.Ordinal));

    private static QuestionDraft Draft() => QuestionScene.Draft() with { InvestigationId = "1" };

    private static async Task<MattermostQuestion> AnswerAsync(
        QuestionScene scene,
        QuestionDraft draft,
        string user = "user1"
    )
    {
        var question = await scene.AskAsync(draft);
        scene.Chat.Post(user, QuestionScene.Channel, "yes", question.PostId);
        return await scene.DoneAsync(question.Id);
    }

    private static List<SandboxEntry> Answers(QuestionScene scene) =>
        [.. scene.Xsoar.Entries("1").Where(entry => entry.Contents.Contains("answered:", StringComparison.Ordinal))];
}
