using System.Text;
using System.Text.RegularExpressions;

namespace MattermostXsoar.Core.Mirroring.Markup;

/// <summary>
/// Shows <c>@name</c> in the chat without notifying anybody: a zero-width space between the <c>@</c> and the name ends
/// what Mattermost recognises as a mention (it splits a text into runs of letters, digits and <c>: . - _ @</c>). Code
/// is no exception: the server decides what is code, and with a text that it and we parse differently somebody could
/// notify everybody. An <c>@</c> written as a character reference is shown as it was written.
/// </summary>
internal sealed class MentionGuard
{
    private const char ZeroWidthSpace = '\u200B';

    // Without a semicolon too: some of Mattermost's clients accept that.
    private static readonly Regex Reference = new(
        "&(?=#0*64(?![0-9])|#x0*40(?![0-9a-f])|commat)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    );

    private readonly HashSet<string> _allowed;

    /// <summary>Makes a guard.</summary>
    /// <param name="allowed">User names, without <c>@</c>, that may be mentioned; none by default.</param>
    public MentionGuard(IEnumerable<string>? allowed = null)
    {
        _allowed = new HashSet<string>(allowed ?? [], StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>
    /// The text with nothing in it that notifies anybody, also after it was cut or got further line ends.
    /// </summary>
    public string Defuse(string text)
    {
        if (text.Contains('&'))
            text = Reference.Replace(text, "&" + ZeroWidthSpace);
        if (!text.Contains('@'))
            return text;
        var result = new StringBuilder(text.Length + 16);
        for (var i = 0; i < text.Length; i++)
        {
            result.Append(text[i]);
            if (text[i] == '@' && i + 1 < text.Length && !char.IsWhiteSpace(text[i + 1]) && !IsAllowed(text, i + 1))
                result.Append(ZeroWidthSpace);
        }

        return result.ToString();
    }

    /// <summary>A text as it was before <see cref="Defuse"/>, for where mentions notify nobody anyway.</summary>
    public static string Restore(string text) =>
        text.Replace("@" + ZeroWidthSpace, "@").Replace("&" + ZeroWidthSpace, "&");

    private bool IsAllowed(string text, int start)
    {
        if (_allowed.Count == 0)
            return false;
        var end = start;
        while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] is '.' or '-' or '_'))
            end++;
        return _allowed.Contains(text.Substring(start, end - start).TrimEnd('.', '-', '_'));
    }
}
