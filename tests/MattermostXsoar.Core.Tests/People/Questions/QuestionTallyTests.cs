using MattermostXsoar.Core.People.Questions;
using Xunit;

namespace MattermostXsoar.Core.Tests.People.Questions;

/// <summary>Which vote decides.</summary>
public sealed class QuestionTallyTests
{
    [Fact]
    public void The_first_answer_decides_where_one_is_enough() =>
        Assert.Equal("b", QuestionTally.Decide([Vote("ann", 0, 20, "a"), Vote("bea", 1, 10, "b")], 1)?.SourceId);

    [Fact]
    public void Two_votes_are_of_two_people()
    {
        var ann = Vote("ann", 0, 1, "a");

        Assert.Null(QuestionTally.Decide([ann, Vote("ann", 0, 2, "b"), Vote("bea", 1, 3, "c")], 2));
        Assert.Equal("d", QuestionTally.Decide([ann, Vote("bea", 1, 3, "c"), Vote("cal", 0, 4, "d")], 2)?.SourceId);
    }

    [Fact]
    public void Who_chooses_again_takes_back_what_they_chose_before()
    {
        var votes = new[] { Vote("ann", 0, 1, "a"), Vote("ann", 1, 2, "b"), Vote("bea", 0, 3, "c") };

        Assert.Null(QuestionTally.Decide(votes, 2));
        Assert.Equal("d", QuestionTally.Decide([.. votes, Vote("cal", 1, 4, "d")], 2)?.SourceId);
    }

    private static QuestionVote Vote(string user, int option, long at, string source) =>
        new(source, source, user, option, at);
}
