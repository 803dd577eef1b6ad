using System.Text.RegularExpressions;

namespace MattermostXsoar.Core.Mirroring.Markup;

/// <summary>Text of the chat as XSOAR's Markdown may have it.</summary>
internal static class WarRoomText
{
    // %%%{"message":"Look","action":"DeleteContext",...}%%% is a button that runs a command as whoever clicks it.
    private static readonly Regex ButtonMarkup = new("%(?=%%)", RegexOptions.CultureInvariant);

    /// <summary>A text in which nothing is a button.</summary>
    public static string WithoutButtons(string text) =>
        text.Contains("%%%") ? ButtonMarkup.Replace(text, "%\u200B") : text;
}
