using MattermostXsoar.Core.People.Questions;
using MattermostXsoar.Core.State;
using MattermostXsoar.Core.Tests.State;
using Xunit;

namespace MattermostXsoar.Core.Tests.People.Questions;

/// <summary>What a question's posts and entries say.</summary>
public sealed class QuestionTextTests
{
    private static readonly AnswerRecord Answer = new()
    {
        SourceId = "p",
        PostId = "p",
        UserId = "u",
        Username = "jane",
        FullName = "Jane Doe",
        Answer = "yes",
        AnsweredAt = new DateTimeOffset(2026, 11, 30, 10, 5, 3, TimeSpan.Zero),
    };

    [Fact]
    public void The_question_is_the_originals()
    {
        Assert.Equal(
            "**Block the user?** - Please reply to this thread with `yes` or `no`.",
            QuestionText.Ask("Block the user?", ["yes", "no"])
        );
    }

    [Fact]
    public void More_options_are_shown_with_their_reactions()
    {
        Assert.Equal(
            "**What now?** - Please reply to this thread with `a`, `b` or `c`.\n:one: `a`  :two: `b`  :three: `c`",
            QuestionText.Ask("What now?", ["a", "b", "c"])
        );
    }

    [Fact]
    public void A_question_of_several_lines_is_not_emphasised()
    {
        Assert.Equal(
            "Block?\nIt is urgent.\n\nPlease reply to this thread with `yes` or `no`.",
            QuestionText.Ask("Block?\nIt is urgent.", ["yes", "no"])
        );
    }

    [Theory]
    [InlineData("**Block?** - Please reply to this thread with `Block` or `Leave`.")]
    [InlineData("**Block?** - Please reply to this thread with `Block` or `Leave`")]
    public void The_options_of_the_originals_text_are_found(string text)
    {
        var found = QuestionText.Parse(text);

        Assert.NotNull(found);
        Assert.Equal("Block?", found.Value.Question);
        Assert.Equal(["Block", "Leave"], found.Value.Options);
        Assert.Null(QuestionText.Parse("Block?"));
    }

    [Fact]
    public void The_answered_post_is_the_originals_reply_with_who_and_when()
    {
        var question = QuestionTableTests.Question() with { State = QuestionState.Answered };

        Assert.Equal(
            "Thank you **jane**. You have answered **yes** .\n\n> Block the user?\n"
                + "*Jane Doe (@\u200Bjane), 2026-11-30 10:05:03Z*",
            QuestionText.End(question, Answer)
        );
    }

    [Fact]
    public void The_expired_post_is_the_default_response_and_a_cancelled_one_says_so()
    {
        var question = QuestionTableTests.Question();

        Assert.StartsWith(
            "No response was received from the user.\n\n> Block the user?\n*Expired ",
            QuestionText.End(question with { State = QuestionState.Expired }, null),
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "This question was cancelled.\n\n> Block the user?\n*Cancelled ",
            QuestionText.End(question with { State = QuestionState.Cancelled, ClosedAt = question.CreatedAt }, null),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Names_change_nothing_of_the_text_around_them()
    {
        var question = QuestionTableTests.Question() with { State = QuestionState.Answered };
        var text = QuestionText.Entry(question, Answer with { FullName = "**x** @all" }, "jane@company.com");

        Assert.Equal(
            "**\\*\\*x\\*\\* @all (@jane)**, XSOAR user jane@company.com, answered: **yes**\n> Block the user?",
            text
        );
        Assert.DoesNotContain(
            "@all",
            QuestionText.End(question, Answer with { FullName = "@all" }),
            StringComparison.Ordinal
        );
    }
}
