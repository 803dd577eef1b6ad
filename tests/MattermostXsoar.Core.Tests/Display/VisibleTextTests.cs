using MattermostXsoar.Core.Display;
using Xunit;

namespace MattermostXsoar.Core.Tests.Display;

/// <summary>Which characters are written out, and how.</summary>
public sealed class VisibleTextTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("Müller GmbH – „Ärger“ 日本語 עברית नमस्ते", "Müller GmbH – „Ärger“ 日本語 עברית नमस्ते")]
    [InlineData(
        "title \e]0;x\a, clear \e[2J, back \b, delete \u007f",
        @"title \u{1B}]0;x\u{7}, clear \u{1B}[2J, back \u{8}, delete \u{7F}"
    )]
    [InlineData("C1 \u0080\u0085\u009b\u009f", @"C1 \u{80}\u{85}\u{9B}\u{9F}")]
    [InlineData(
        "bidi \u061c\u200e\u200f\u202a\u202e\u2066\u2069",
        @"bidi \u{61C}\u{200E}\u{200F}\u{202A}\u{202E}\u{2066}\u{2069}"
    )]
    [InlineData(
        "zero \u00ad\u034f\u180e\u200b\u200c\u2060\u2064\ufeff",
        @"zero \u{AD}\u{34F}\u{180E}\u{200B}\u{200C}\u{2060}\u{2064}\u{FEFF}"
    )]
    [InlineData(
        "blank \u115f\u1160\u3164\uffa0, tag \U000e0041, note \ufff9",
        @"blank \u{115F}\u{1160}\u{3164}\u{FFA0}, tag \u{E0041}, note \u{FFF9}"
    )]
    [InlineData("one\r\ntwo\tthree\u2028four\u2029", @"one\u{D}\u{A}two\u{9}three\u{2028}four\u{2029}")]
    // A family, a heart, a thumb of a colour, a keycap and a flag are one picture each.
    [InlineData("👨‍👩‍👧 ❤️‍🔥 👍🏽 1️⃣ 🏳️‍🌈", "👨‍👩‍👧 ❤️‍🔥 👍🏽 1️⃣ 🏳️‍🌈")]
    [InlineData("a\u200db, 👨\u200d, \u200d👩, a\ufe0f", @"a\u{200D}b, 👨\u{200D}, \u{200D}👩, a\u{FE0F}")]
    [InlineData("🏴\U000e0067\U000e007f", @"🏴\u{E0067}\u{E007F}")]
    public void A_name_is_written_on_one_line(string? text, string shown) => Assert.Equal(shown, VisibleText.Of(text));

    [Fact]
    public void Half_a_pair_is_written_out() =>
        Assert.Equal(@"\u{D83D} and \u{DE00}", VisibleText.Of("\ud83d and \ude00"));

    [Theory]
    [InlineData("one\r\ntwo\n\tthree", "one\r\ntwo\n\tthree")]
    [InlineData("hidden\rshown, end\r", @"hidden\u{D}shown, end\u{D}")]
    [InlineData("\e[1A\u202e", @"\u{1B}[1A\u{202E}")]
    public void A_message_keeps_its_lines(string text, string shown) => Assert.Equal(shown, VisibleText.Lines(text));
}
