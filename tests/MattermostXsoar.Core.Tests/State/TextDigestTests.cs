using MattermostXsoar.Core.State;
using Xunit;

namespace MattermostXsoar.Core.Tests.State;

public sealed class TextDigestTests
{
    /// <summary>The numbers are in people's stores: another one would take everything there for edited. They are the
    /// first eight bytes of <c>sha256sum</c>, the lowest first.</summary>
    [Theory]
    [InlineData("", 0x141CFC9842C4B0E3)]
    [InlineData("hello", 0x0EA3B05FBA4DF22C)]
    [InlineData("Zwetschgenmus für 5 €", unchecked((long)0x9D59A66787EEEFF3))]
    public void A_text_has_its_number_for_ever(string text, long expected) =>
        Assert.Equal(expected, TextDigest.Of(text));

    [Fact]
    public void Texts_that_look_alike_have_different_numbers()
    {
        string[] texts = ["a", "A", "a ", " a", "a\n", "a\r\n", "\u00e4", "a\u0308", "a\0", ""];
        Assert.Equal(texts.Length, texts.Select(TextDigest.Of).Distinct().Count());
    }
}
