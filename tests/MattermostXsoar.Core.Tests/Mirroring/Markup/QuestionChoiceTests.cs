using MattermostXsoar.Core.Mirroring.Markup;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring.Markup;

/// <summary>Which option a reply is.</summary>
public sealed class QuestionChoiceTests
{
    private static readonly string[] Options = ["yes", "no", "Ask again later"];

    [Theory]
    [InlineData("yes", 0)]
    [InlineData("  YES ", 0)]
    [InlineData("**yes**", 0)]
    [InlineData("`yes`", 0)]
    [InlineData("\"yes\"", 0)]
    [InlineData("\u201CYes\u201D.", 0)]
    [InlineData("No.", 1)]
    [InlineData("ask  again\nlater", 2)]
    public void Case_blanks_emphasis_quotes_and_a_full_stop_are_forgiven(string reply, int option) =>
        Assert.Equal(option, QuestionChoice.Of(Options, reply));

    [Theory]
    [InlineData("")]
    [InlineData("yes please")]
    [InlineData("yess")]
    [InlineData("yes!")]
    [InlineData("/yes")]
    [InlineData("...")]
    public void Anything_else_is_no_option(string reply) => Assert.Equal(-1, QuestionChoice.Of(Options, reply));
}
