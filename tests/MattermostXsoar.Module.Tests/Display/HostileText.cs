using System.Globalization;

namespace MattermostXsoar.Module.Tests.Display;

/// <summary>A text with one character of each kind that a terminal obeys or nobody sees.</summary>
internal static class HostileText
{
    // Escape sequences that set the title and clear the screen, C1 controls, the direction of text, nothing to see.
    public const string Value =
        "al\e]0;t\a\e[2J\u009b2J\u0085\b\u007f\u202e\u2066\u200e\u061c\u200b\u200d\ufeff\u00ad\u2060\u2028\u3164\ufe0f\U000e0041z";

    public const string Shown =
        @"al\u{1B}]0;t\u{7}\u{1B}[2J\u{9B}2J\u{85}\u{8}\u{7F}\u{202E}\u{2066}\u{200E}\u{61C}\u{200B}\u{200D}\u{FEFF}\u{AD}\u{2060}\u{2028}\u{3164}\u{FE0F}\u{E0041}z";

    /// <summary>Fails if any of these characters is in a text that people see.</summary>
    public static void AssertNotIn(string? text)
    {
        foreach (var rune in (text ?? "").EnumerateRunes())
        {
            var isHidden =
                rune.Value is not ('\n' or '\r' or '\t')
                && (
                    Value.EnumerateRunes().Any(hostile => hostile == rune && rune.Value > 0x7E)
                    || System.Text.Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
                );
            Assert.False(isHidden, $"U+{rune.Value:X4} is shown as it is: {Escaped(text!)}");
        }
    }

    private static string Escaped(string text) =>
        string.Concat(text.Select(c => c is > '~' or < ' ' ? $"\\u{(int)c:x4}" : c.ToString()));
}
