using System.Text.RegularExpressions;
using MattermostXsoar.Sandbox.Mattermost.Model;

namespace MattermostXsoar.Sandbox.Page;

/// <summary>The marks by which a mirrored post or entry names its source.</summary>
internal static partial class LineMarks
{
    private const string Footer = "**From Mattermost**";

    /// <summary>The post that an entry came from: the permalink in its last line, if that is a mirror's
    /// footer.</summary>
    public static string? PostIdOf(string contents)
    {
        var text = contents.AsSpan().TrimEnd();
        var line = text[(text.LastIndexOf('\n') + 1)..].TrimStart();
        if (!line.StartsWith(Footer, StringComparison.OrdinalIgnoreCase))
            return null;
        var found = Permalink().Match(line.ToString());
        return found.Success ? found.Groups[1].Value : null;
    }

    /// <summary>The entry that a bot's post came from.</summary>
    public static string? EntryIdOf(SandboxPost post) => post.Props.GetValueOrDefault("xsoar_entry_id");

    /// <summary>The incident that a mirror's first post in a new channel names.</summary>
    public static string? AnnouncedIncident(string message)
    {
        var found = Announcement().Match(message);
        return found.Success ? found.Groups[1].Value : null;
    }

    [GeneratedRegex("/pl/([a-z0-9]{26})", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Permalink();

    [GeneratedRegex(@"^This channel was created to mirror incident (\S+?)\.", RegexOptions.CultureInvariant)]
    private static partial Regex Announcement();
}
