using System.Text;
using System.Text.RegularExpressions;

namespace MattermostXsoar.Core.Mirroring.Markup;

/// <summary>The address of a link that somebody else wrote, for a link in Markdown.</summary>
internal static class LinkAddress
{
    private static readonly Regex Scheme = new(
        "^(?:https?|ftps?)://[^/?#@]+(?=[/?#]|$)|^(?:mailto|tel):",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase
    );

    private static readonly Regex Reference = new(@"&(#?\w+);", RegexOptions.CultureInvariant);

    /// <summary>
    /// The address as a link's target; null if it is none that a chat opens, or if it has a user's name in it, which is
    /// only there to deceive.
    /// </summary>
    public static string? Of(string address)
    {
        var scheme = Scheme.Match(address);
        if (!scheme.Success)
            return null;
        var result = new StringBuilder(address.Length);
        foreach (var character in Reference.Replace(address, "&$1%3B"))
        {
            // What would end the target or its cell, and the sign of a mention.
            if (
                character
                is <= ' '
                    or '\u007F'
                    or '('
                    or ')'
                    or '<'
                    or '>'
                    or '['
                    or ']'
                    or '|'
                    or '\\'
                    or '"'
                    or '\''
                    or '`'
                    or '@'
            )
                result
                    .Append('%')
                    .Append(((int)character).ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
            else if (!char.IsWhiteSpace(character) && !char.IsControl(character))
                result.Append(character);
        }

        return result.ToString();
    }
}
