namespace MattermostXsoar.Core.Http;

/// <summary>Reads one escaped character of a text, without allocating.</summary>
internal static class EscapedCharacter
{
    /// <summary>The longest escape that is recognized: <c>&amp;#x0010FFFF;</c>, and four bytes of UTF-8 as
    /// <c>%F0%9F%98%80</c>.</summary>
    public const int LongestLength = 12;

    private static readonly KeyValuePair<string, char>[] Entities =
    [
        new("&amp;", '&'),
        new("&lt;", '<'),
        new("&gt;", '>'),
        new("&quot;", '"'),
        new("&apos;", '\''),
    ];

    /// <summary>Whether an escape of that kind may begin with this character.</summary>
    public static bool MayBegin(char character, Escaping escaping) =>
        character switch
        {
            '%' or '+' => (escaping & Escaping.Percent) != 0,
            '\\' => (escaping & Escaping.Json) != 0,
            '&' => (escaping & Escaping.Html) != 0,
            _ => false,
        };

    /// <summary>
    /// The length of the escape at a position in a text, and the character that it encodes; 0 if there is none.
    /// </summary>
    public static int Read(string text, int start, Escaping escaping, out int character)
    {
        character = 0;
        if (!MayBegin(text[start], escaping))
            return 0;
        return text[start] switch
        {
            '%' => ReadPercent(text, start, out character),
            '\\' => ReadJson(text, start, out character),
            '&' => ReadHtml(text, start, out character),
            _ => 0,
        };
    }

    private static int ReadPercent(string text, int start, out int character)
    {
        character = PercentByte(text, start);
        var more = character switch
        {
            < 0 => -1,
            < 0x80 => 0,
            < 0xC0 => -1,
            < 0xE0 => 1,
            < 0xF0 => 2,
            < 0xF8 => 3,
            _ => -1,
        };
        if (more < 0)
            return 0;
        if (more > 0)
            character &= 0x3F >> more;
        for (var i = 1; i <= more; i++)
        {
            var next = PercentByte(text, start + (3 * i));
            if (next is < 0x80 or > 0xBF)
                return 0;
            character = (character << 6) | (next & 0x3F);
        }

        return 3 * (more + 1);
    }

    private static int PercentByte(string text, int start) =>
        start < text.Length && text[start] == '%' ? Number(text, start + 1, start + 3, 16) : -1;

    private static int ReadJson(string text, int start, out int character)
    {
        character = start + 1 < text.Length ? text[start + 1] : 0;
        if (character is '"' or '\\' or '/' or '\'')
            return 2;
        if (character != 'u')
            return 0;
        character = Number(text, start + 2, start + 6, 16);
        return character < 0 ? 0 : 6;
    }

    private static int ReadHtml(string text, int start, out int character)
    {
        foreach (var entity in Entities)
        {
            character = entity.Value;
            if (string.Compare(text, start, entity.Key, 0, entity.Key.Length, StringComparison.OrdinalIgnoreCase) == 0)
                return entity.Key.Length;
        }

        character = 0;
        if (start + 2 >= text.Length || text[start + 1] != '#')
            return 0;
        var isHex = text[start + 2] is 'x' or 'X';
        var end = text.IndexOf(';', start, Math.Min(LongestLength, text.Length - start));
        if (end < 0)
            return 0;
        character = Number(text, start + (isHex ? 3 : 2), end, isHex ? 16 : 10);
        return character < 0 ? 0 : end + 1 - start;
    }

    private static int Number(string text, int start, int end, int radix)
    {
        if (start >= end || end > text.Length)
            return -1;
        var number = 0L;
        for (var i = start; i < end; i++)
        {
            var digit = text[i] switch
            {
                >= '0' and <= '9' => text[i] - '0',
                >= 'a' and <= 'f' => text[i] - 'a' + 10,
                >= 'A' and <= 'F' => text[i] - 'A' + 10,
                _ => radix,
            };
            if (digit >= radix)
                return -1;
            number = (number * radix) + digit;
        }

        return number > 0x10FFFF ? -1 : (int)number;
    }
}
