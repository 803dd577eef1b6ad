using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace MattermostXsoar.Core.Mirroring.Markup;

/// <summary>
/// Text that is no Markdown, written so that Mattermost draws it character by character. What no rule of Markdown
/// touches stays as it is; anything else becomes code. A backslash is no way out: the web app
/// (https://github.com/mattermost/marked) and the mobile apps (CommonMark) differ in what it escapes, and
/// neither escapes an emoji's code.
/// </summary>
internal static class PlainText
{
    // Longer ones might be cut into parts, which a block of code survives and a code span does not.
    private const int LongestSpan = 500;
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;
    private static readonly TimeSpan MatchTimeout = TimeSpan.FromSeconds(2);

    // What changes how a text is drawn wherever it occurs: emphasis, code, links, tables, strikethrough and channel
    // names, formulas, HTML and autolinks, character references, escapes, emoji codes, emoticons, hashtags.
    private static readonly Regex Markup = new(
        @"[`*~|$\[\]]|(?<![a-z0-9_])_|<(?![\s=]|$)|&(?=#?\w+;)|\\(?=[!-/:-@\[-`{-~]|$)"
            + @"|:(?!\d\d?:)[a-z0-9_+-]+:|(?<![a-z0-9_])(?:[:;]['’]?-?[()/@dopsx]|x-d\b)|(?<![\w/])#(?=\p{L})",
        Options,
        MatchTimeout
    );

    // What begins a list, heading, quote or code at the beginning of a line, or makes a heading of the line above.
    private static readonly Regex LineStart = new(
        @"^(?:\s|>|#{1,6}(?:\s|$)|[-+](?:\s|$)|\d+[.)](?:\s|$)|[-=\s]+$)",
        Options,
        MatchTimeout
    );

    private static readonly Regex WhiteSpace = new(@"\t|  | $|\n\n\n", Options, MatchTimeout);

    /// <summary>The text as the body of a post.</summary>
    public static string Body(string text)
    {
        var lines = text.Split('\n');
        if (
            !WhiteSpace.IsMatch(text)
            && !(text.Length > 0 && char.IsWhiteSpace(text[0]))
            && lines.All(line => IsHarmless(line, isLineStart: true))
        )
            return text;
        return lines.Length == 1 && text.Length <= LongestSpan && text == text.Trim() ? Span(text) : Block(text);
    }

    /// <summary>The text as a cell of a table, on one line.</summary>
    public static string Cell(string text)
    {
        var line = OnOneLine(text);
        // Within code the web app does not take the backslash from an escaped pipe.
        return line.Contains('|') ? References(line)
            : IsHarmless(line, isLineStart: false) && !line.Contains("  ") ? line
            : Span(line);
    }

    /// <summary>Whether Markdown draws a text without line ends as it is.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isLineStart">Whether nothing precedes it on its line.</param>
    public static bool IsHarmless(string text, bool isLineStart) =>
        !Markup.IsMatch(text) && !(isLineStart && text.Length > 0 && LineStart.IsMatch(text));

    /// <summary>The text as a code span.</summary>
    public static string Span(string text)
    {
        var fence = new string('`', LongestRun(text, '`') + 1);
        var space = text[0] == '`' || text[text.Length - 1] == '`' ? " " : "";
        return fence + space + text + space + fence;
    }

    /// <summary>The text as a fenced block of code.</summary>
    public static string Block(string text, string language = "")
    {
        var (backticks, tildes) = (LongestRun(text, '`'), LongestRun(text, '~'));
        // Shorter fences are repeated in each part of a long text, so the shorter one is the better one.
        var fence =
            backticks <= Math.Max(2, tildes)
                ? new string('`', Math.Max(3, backticks + 1))
                : new string('~', Math.Max(3, tildes + 1));
        return $"{fence}{language}\n{text}\n{fence}";
    }

    /// <summary>
    /// The text with each ASCII sign as a character reference, which no rule of Markdown takes for markup. (But the
    /// sign of a mention, which <see cref="MentionGuard"/> treats.)
    /// </summary>
    public static string References(string text)
    {
        var result = new StringBuilder(text.Length * 2);
        foreach (var character in text)
        {
            if (character is > ' ' and < '\u007F' and not '@' && !char.IsLetterOrDigit(character))
                result.Append("&#").Append(((int)character).ToString(CultureInfo.InvariantCulture)).Append(';');
            else
                result.Append(character);
        }

        return result.ToString();
    }

    // U+2424 too: the web app takes it for a line end.
    private static string OnOneLine(string text) =>
        Regex.Replace(text, "\r\n|[\n\r\t\v\f\u0085\u2028\u2029\u2424]", " ").Trim();

    private static int LongestRun(string text, char sign)
    {
        var (longest, run) = (0, 0);
        foreach (var character in text)
        {
            run = character == sign ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }
}
