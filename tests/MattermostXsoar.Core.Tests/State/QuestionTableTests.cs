using MattermostXsoar.Core.State;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace MattermostXsoar.Core.Tests.State;

/// <summary>A question's life in the store.</summary>
public sealed class QuestionTableTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 30, 10, 0, 0, TimeSpan.Zero));
    private StateStore _store;

    public QuestionTableTests() => _store = Open();

    private QuestionTable Questions => _store.Questions;

    internal static QuestionRecord Question() =>
        new()
        {
            ChannelId = "channel",
            ChannelName = "town-square",
            TeamId = "team",
            TeamName = "panw",
            Text = "Block the user?",
            Options = ["yes", "no"],
            Reply = "Thank you **{user}**. You have answered **{response}** .",
            DefaultResponse = "No response was received from the user.",
            CreatedAt = new DateTimeOffset(2026, 11, 30, 10, 0, 0, TimeSpan.Zero),
            ExpiresAt = new DateTimeOffset(2026, 12, 1, 10, 0, 0, TimeSpan.Zero),
        };

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Everything_survives_the_process()
    {
        var full = Question() with
        {
            RootId = "root",
            Answerers = [new("u1", "jane"), new("u2", "joe")],
            Votes = 2,
            InvestigationId = "22",
            TaskId = "43",
            Entitlement = "guid",
            EntriesTag = "tag",
            IsPersistent = true,
        };
        var added = await Questions.AddAsync(full);
        await Questions.MarkPostedAsync(added.Id, "post");
        await Questions.MarkReadyAsync(added.Id);
        await Questions.MarkHelpedAsync(added.Id);
        _store.Dispose();
        _store = Open();

        var found = Questions.Find(added.Id)!;

        Assert.Equal(
            full with
            {
                Id = added.Id,
                PostId = "post",
                State = QuestionState.Open,
                IsReady = true,
                IsHelped = true,
                Options = found.Options,
                Answerers = found.Answerers,
            },
            found
        );
        Assert.Equal(["yes", "no"], found.Options);
        Assert.Equal(["jane", "joe"], found.Answerers.Select(user => user.Value));
    }

    [Fact]
    public async Task Only_the_first_answer_counts()
    {
        var question = await OpenedAsync();

        Assert.True(await Questions.AnswerAsync(question, Answer(question, "p1", "yes"), delivers: true));
        Assert.False(await Questions.AnswerAsync(question, Answer(question, "p2", "no"), delivers: true));
        Assert.False(await Questions.ExpireAsync(question, Answer(question, "expiry", "late"), delivers: true));
        Assert.False(await Questions.CancelAsync(question.Id));

        var found = Questions.Find(question.Id)!;
        Assert.Equal((QuestionState.Answered, "yes", "jane"), (found.State, found.Answer, found.AnsweredBy));
        Assert.Equal("p1", Assert.Single(Questions.ReadPending(question.Id)).SourceId);
    }

    [Fact]
    public async Task A_persistent_question_takes_each_answer_once()
    {
        var question = await OpenedAsync(Question() with { IsPersistent = true });

        Assert.True(await Questions.AnswerAsync(question, Answer(question, "p1", "yes"), delivers: true));
        Assert.False(await Questions.AnswerAsync(question, Answer(question, "p1", "yes"), delivers: true));
        Assert.True(await Questions.AnswerAsync(question, Answer(question, "p2", "no"), delivers: true));

        Assert.Equal(QuestionState.Open, Questions.Find(question.Id)!.State);
        Assert.Equal(2, Questions.ReadPending(question.Id).Count);

        await Questions.ExpireAsync(question, Answer(question, "expiry", "late"), delivers: true);
        Assert.Equal("no", Questions.Find(question.Id)!.Answer);
        Assert.Equal(2, Questions.ReadAnswers(question.Id).Count);
    }

    [Fact]
    public async Task Nothing_is_left_to_do_after_it_was_told_and_delivered()
    {
        var question = await OpenedAsync();
        await Questions.AnswerAsync(question, Answer(question, "p1", "yes"), delivers: true);
        await Questions.MarkToldAsync(question.Id);
        Assert.Single(Questions.ReadUnfinished());

        await Questions.FinishAsync(Questions.ReadPending(question.Id)[0], "refused");

        Assert.Empty(Questions.ReadUnfinished());
        Assert.Equal("refused", Questions.Find(question.Id)!.Error);
    }

    [Fact]
    public async Task An_entitlement_is_used_by_a_delivered_answer_only()
    {
        var first = await OpenedAsync(Question() with { Entitlement = "guid" });
        var second = await OpenedAsync(Question() with { Entitlement = "guid" });
        await Questions.AnswerAsync(first, Answer(first, "p1", "yes"), delivers: true);
        Assert.False(Questions.IsUsed("guid", second.Id));

        await Questions.FinishAsync(Questions.ReadPending(first.Id)[0], null);

        Assert.True(Questions.IsUsed("guid", second.Id));
        Assert.False(Questions.IsUsed("guid", first.Id));
    }

    [Fact]
    public async Task Questions_that_ended_long_ago_are_deleted()
    {
        var ended = await OpenedAsync();
        var open = await OpenedAsync();
        await Questions.AnswerAsync(ended, Answer(ended, "p1", "yes"), delivers: false);
        await Questions.MarkToldAsync(ended.Id);

        Assert.Equal(0, await Questions.PruneAsync(_time.GetUtcNow()));
        _time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, await Questions.PruneAsync(_time.GetUtcNow()));

        Assert.Equal(open.Id, Assert.Single(Questions.ReadAll()).Id);
        Assert.False(Questions.IsAnswer("p1"));
    }

    [Fact]
    public async Task A_thread_is_known_by_its_question_and_by_its_first_post()
    {
        var alone = await OpenedAsync();
        var below = await OpenedAsync(Question() with { RootId = "root" });

        Assert.Equal(alone.Id, Assert.Single(Questions.OfThread($"post{alone.Id}")).Id);
        Assert.Equal(below.Id, Assert.Single(Questions.OfThread("root")).Id);
        Assert.Empty(Questions.OfThread("other"));
    }

    private async Task<QuestionRecord> OpenedAsync(QuestionRecord? question = null)
    {
        var added = await Questions.AddAsync(question ?? Question());
        await Questions.MarkPostedAsync(added.Id, $"post{added.Id}");
        return Questions.Find(added.Id)!;
    }

    private AnswerRecord Answer(QuestionRecord question, string source, string answer) =>
        new()
        {
            QuestionId = question.Id,
            SourceId = source,
            PostId = source,
            UserId = "u1",
            Username = "jane",
            Answer = answer,
            AnsweredAt = _time.GetUtcNow(),
            RecordedAt = _time.GetUtcNow(),
        };

    private StateStore Open() => StateStore.Open(_folder.File("state.db"), "bot", _time);
}
