using MattermostXsoar.Tests.Support;
using Xunit;

namespace MattermostXsoar.Core.Tests.Support;

public sealed class TestSeedTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData(" ", null)]
    [InlineData("0", 0)]
    [InlineData(" 1940603871\n", 1940603871)]
    public void A_seed_is_a_whole_number(string? text, int? expected) => Assert.Equal(expected, TestSeed.Parse(text));

    [Theory]
    [InlineData("x")]
    [InlineData("1.5")]
    [InlineData("99999999999")]
    public void Anything_else_is_refused_with_the_variables_name(string text)
    {
        var error = Assert.Throws<FormatException>(() => TestSeed.Parse(text));
        Assert.Contains(TestSeed.Variable, error.Message, StringComparison.Ordinal);
    }
}
