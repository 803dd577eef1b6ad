using MattermostXsoar.Core.People.Questions;
using Xunit;

namespace MattermostXsoar.Core.Tests.People.Questions;

/// <summary>The reactions that stand for options.</summary>
public sealed class QuestionReactionsTests
{
    [Fact]
    public void Two_options_have_thumbs_and_more_have_numbers()
    {
        Assert.Equal(["+1", "-1"], QuestionReactions.For(2));
        Assert.Equal(["one", "two", "three"], QuestionReactions.For(3));
        Assert.Equal(9, QuestionReactions.For(9).Count);
    }

    [Theory]
    [InlineData(2, "+1", 0)]
    [InlineData(2, "thumbsup", 0)]
    [InlineData(2, "+1_medium_dark_skin_tone", 0)]
    [InlineData(2, "thumbsdown", 1)]
    [InlineData(2, "one", -1)]
    [InlineData(2, "white_check_mark", -1)]
    [InlineData(3, "three", 2)]
    [InlineData(3, "four", -1)]
    [InlineData(3, "+1", -1)]
    [InlineData(9, "nine", 8)]
    public void An_emoji_stands_for_its_option_only(int options, string emoji, int option) =>
        Assert.Equal(option, QuestionReactions.Of(options, emoji));
}
