using System.Text.RegularExpressions;

namespace MattermostXsoar.Core.Mirroring.Translation;

/// <summary>
/// The last line of every entry that came from the chat: says so to people and to other integrations, and holds the post's
/// permalink, by which a delivery of unknown outcome is found again.
/// </summary>
internal static class SourceMark
{
    /// <summary>The footer's text, as the original integration writes it.</summary>
    public const string Footer = "**From Mattermost**";

    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;

    // Mattermost's ids: 26 of its base-32 alphabet.
    private static readonly Regex Permalink = new(@"/pl/([a-z0-9]{26})", Options, TimeSpan.FromSeconds(1));

    public static string Line(string permalink) => $"{Footer} ([post]({permalink}))";

    /// <summary>The address of a post, valid whatever its channel is called.</summary>
    public static string PermalinkOf(Uri mattermost, string teamName, string postId) =>
        $"{mattermost.AbsoluteUri.TrimEnd('/')}/{Uri.EscapeDataString(teamName)}/pl/{postId}";

    /// <summary>True for an entry that came from the chat: its last line begins with the footer, in any case (older versions wrote "MatterMost").</summary>
    public static bool IsOn(string contents) => LastLine(contents).StartsWith(Footer, StringComparison.OrdinalIgnoreCase);

    /// <summary>The id of the post an entry came from, or null when it has no mark of ours.</summary>
    public static string? PostIdOn(string contents)
    {
        var line = LastLine(contents);
        if (!line.StartsWith(Footer, StringComparison.OrdinalIgnoreCase))
            return null;
        var found = Permalink.Match(line);
        return found.Success ? found.Groups[1].Value : null;
    }

    private static string LastLine(string contents)
    {
        var text = contents.TrimEnd();
        return text.Substring(text.LastIndexOf('\n') + 1).TrimStart();
    }
}
