using System.Text.RegularExpressions;

namespace MattermostXsoar.Core.Mirroring.Markup;

/// <summary>
/// In XSOAR's Markdown <c>%%%{"message":"Look","action":"DeleteContext",...}%%%</c> is a button that runs a command as
/// whoever clicks it.
/// </summary>
internal static class ButtonMarkup
{
    private static readonly Regex Button = new("%(?=%%)", RegexOptions.CultureInvariant);

    /// <summary>A text in which nothing is such a button.</summary>
    public static string Defuse(string text) => text.Contains("%%%") ? Button.Replace(text, "%\u200B") : text;
}
