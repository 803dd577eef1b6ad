using System.Management.Automation.Language;
using System.Text;
using MattermostXsoar.Core.Display;

namespace MattermostXsoar.Completion;

/// <summary>
/// Writes a text as an argument of a command line. It is always one constant string: names come from other people, and
/// PowerShell takes typographic quotes for quotes.
/// </summary>
internal static class ArgumentText
{
    /// <summary>
    /// The argument, with the quotes that were begun; null if this edition of PowerShell has no way to write the text
    /// so that it can be seen.
    /// </summary>
    public static string? Of(string text, TypedWord word)
    {
        if (VisibleText.Of(text) != text)
        {
#if NET
            return DoubleQuoted(text);
#else
            // Windows PowerShell has no escape sequence for any character.
            return null;
#endif
        }

        if (word.IsDoubleQuoted)
            return DoubleQuoted(text);
        return !word.IsQuoted && IsPlain(text) ? text : $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'";
    }

    /// <summary>A text that matches only itself where wildcards are allowed.</summary>
    public static string EscapeWildcards(string text) => Escape(text, "`*?[]");

    // The quotes are those of PowerShell's CharExtensions.IsDoubleQuote.
    private static string DoubleQuoted(string text) =>
        $"\"{VisibleText.Replace(Escape(text, "`$\"\u201C\u201D\u201E"), keepLines: false, code => $"`u{{{code:X}}}")}\"";

    private static string Escape(string text, string special)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            if (special.Contains(letter))
                escaped.Append('`');
            escaped.Append(letter);
        }

        return escaped.ToString();
    }

    // PowerShell takes it as one argument, and not as a number, a parameter or an expression.
    private static bool IsPlain(string text) =>
        (char.IsLetter(text[0]) || text[0] == '_')
        && text.All(letter => char.IsLetterOrDigit(letter) || letter is '_' or '-' or '.');
}
