using System.Globalization;
using System.Text;

namespace MattermostXsoar.Core.Display;

/// <summary>
/// Text from servers as the module shows it: characters that a terminal obeys, or that nobody sees, are written as
/// <c>\u{1B}</c>. Otherwise a name could move the cursor, reverse the direction of a line or look like another name.
/// </summary>
internal static class VisibleText
{
    private const int Joiner = 0x200D;
    private const int EmojiStyle = 0xFE0F;
    private const int Keycap = 0x20E3;

    /// <summary>The text on one line: line breaks and tabs are written out as well.</summary>
    /// <param name="text">The text; null for an empty one.</param>
    public static string Of(string? text) => Replace(text ?? "", keepLines: false, Escape);

    /// <summary>The text of a message: line breaks and tabs remain.</summary>
    /// <param name="text">The text; null for an empty one.</param>
    public static string Lines(string? text) => Replace(text ?? "", keepLines: true, Escape);

    /// <summary>Replaces each character that would not be seen as itself; the argument is its code point.</summary>
    public static string Replace(string text, bool keepLines, Func<int, string> replacement)
    {
        StringBuilder? result = null;
        for (var i = 0; i < text.Length; )
        {
            var length = char.IsSurrogatePair(text, i) ? 2 : 1;
            var isPlain = (text[i] is >= ' ' and <= '~') || IsVisible(text, i) || (keepLines && IsLayout(text, i));
            if (isPlain)
                result?.Append(text, i, length);
            else
                (result ??= new StringBuilder().Append(text, 0, i)).Append(replacement(CodePoint(text, i)));
            i += length;
        }

        return result?.ToString() ?? text;
    }

    private static string Escape(int code) => FormattableString.Invariant($"\\u{{{code:X}}}");

    // A carriage return alone lets what follows overwrite the line.
    private static bool IsLayout(string text, int i) =>
        text[i] is '\n' or '\t' || (text[i] == '\r' && i + 1 < text.Length && text[i + 1] == '\n');

    private static bool IsVisible(string text, int i)
    {
        var code = CodePoint(text, i);
        return code switch
        {
            Joiner => IsEmojiBefore(text, i) && IsEmoji(text, i + 1),
            EmojiStyle => IsEmojiBefore(text, i) || (i + 1 < text.Length && text[i + 1] == Keycap),
            _ => !IsIgnorable(code)
                && CharUnicodeInfo.GetUnicodeCategory(text, i)
                    is not (
                        UnicodeCategory.Control
                        or UnicodeCategory.Format
                        or UnicodeCategory.LineSeparator
                        or UnicodeCategory.ParagraphSeparator
                        or UnicodeCategory.Surrogate
                    ),
        };
    }

    // Default_Ignorable_Code_Point of Unicode's DerivedCoreProperties.txt, as far as the category does not show it.
    private static bool IsIgnorable(int code) =>
        code
            is 0x034F
                or 0x115F
                or 0x1160
                or 0x17B4
                or 0x17B5
                or (>= 0x180B and <= 0x180F)
                or 0x2065
                or 0x3164
                or (>= 0xFE00 and <= 0xFE0F)
                or 0xFFA0
                or (>= 0xFFF0 and <= 0xFFF8)
                or (>= 0xE0000 and <= 0xE0FFF);

    // A joiner or a style between two emoji makes one picture of them; anywhere else it is not seen.
    private static bool IsEmojiBefore(string text, int i)
    {
        if (i > 0 && text[i - 1] == EmojiStyle)
            i--;
        if (i == 0)
            return false;
        return IsEmoji(text, i > 1 && char.IsSurrogatePair(text, i - 2) ? i - 2 : i - 1);
    }

    // By its block as well: the characters that a system knows depend on its age.
    private static bool IsEmoji(string text, int i) =>
        i < text.Length
        && (
            CodePoint(text, i) is >= 0x1F000 and <= 0x1FAFF
            || CharUnicodeInfo.GetUnicodeCategory(text, i) == UnicodeCategory.OtherSymbol
        );

    private static int CodePoint(string text, int i) =>
        char.IsSurrogatePair(text, i) ? char.ConvertToUtf32(text, i) : text[i];
}
