using System.Text.RegularExpressions;

namespace MattermostXsoar.Core.Mirroring.Markup;

/// <summary>
/// Which option a reply is. Case, blanks, emphasis, code, quotes and a full stop at the end are forgiven; nothing else
/// is.
/// </summary>
internal static class QuestionChoice
{
    private static readonly Regex Blanks = new(@"\s+", RegexOptions.CultureInvariant);

    // Around the whole reply: Markdown's emphasis and code, and the quotes of keyboards.
    private static readonly char[] Around = [.. " *_`~\"'\u2018\u2019\u201C\u201D\u201E\u00AB\u00BB.\u200B"];

    /// <summary>The number of the option that a text is, from 0; -1 if it is none.</summary>
    public static int Of(IReadOnlyList<string> options, string text)
    {
        var wanted = Plain(text);
        for (var i = 0; i < options.Count; i++)
        {
            if (string.Equals(Plain(options[i]), wanted, StringComparison.OrdinalIgnoreCase))
                return i;
        }

        return -1;
    }

    /// <summary>A text without what is forgiven.</summary>
    public static string Plain(string text)
    {
        var plain = Blanks.Replace(text, " ").Trim();
        var bare = plain.Trim(Around);
        // An option of signs only, such as "...", stays what it is.
        return bare.Length > 0 ? bare : plain;
    }
}
