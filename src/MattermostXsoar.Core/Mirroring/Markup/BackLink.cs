using System.Globalization;
using System.Text.RegularExpressions;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring.Markup;

/// <summary>
/// The last line of every entry that came from the chat: it says so to people and to other integrations, and holds the
/// post's permalink, by which a delivery of unknown outcome is found again. An edit or deletion has the permalink of
/// the post that it concerns, followed by what it is.
/// </summary>
internal static class BackLink
{
    /// <summary>The footer's text, as the original integration writes it.</summary>
    public const string Footer = "**From Mattermost**";

    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;

    // Mattermost's ids: 26 of its base-32 alphabet.
    private static readonly Regex Permalink = new(
        @"/pl/([a-z0-9]{26})(?:\), ([^()]+)\)\s*$)?",
        Options,
        TimeSpan.FromSeconds(1)
    );

    /// <summary>The footer.</summary>
    /// <param name="permalink">The post's address.</param>
    /// <param name="what">What the entry is if it is not the post's text (<see cref="WhatIs"/>); else empty.</param>
    public static string Line(string permalink, string what = "") =>
        what.Length == 0 ? $"{Footer} ([post]({permalink}))" : $"{Footer} ([post]({permalink}), {what})";

    /// <summary>
    /// What distinguishes the footers of a post's text, its further files, its edits and its deletion.
    /// </summary>
    public static string WhatIs(DeliveryRecord delivery) =>
        delivery.Kind switch
        {
            DeliveryKind.Edit => string.Format(
                CultureInfo.InvariantCulture,
                "edited {0:yyyy-MM-dd HH:mm:ss.fff}Z",
                DateTimeOffset.FromUnixTimeMilliseconds(delivery.Version).UtcDateTime
            ),
            DeliveryKind.Deletion => "deleted",
            DeliveryKind.Notice => "what follows is hidden",
            DeliveryKind.Annotation => string.Format(
                CultureInfo.InvariantCulture,
                "{0} {1:yyyy-MM-dd HH:mm:ss.fff}Z",
                delivery.Aspect.ToString().ToLowerInvariant(),
                DateTimeOffset.FromUnixTimeMilliseconds(delivery.Revision).UtcDateTime
            ),
            // By its id: its number is another one after files were added or removed.
            _ when delivery is { IsFurtherPart: true, Item: { Length: > 0 } file } => $"file {file}",
            _ => delivery.Part > 0 ? string.Format(CultureInfo.InvariantCulture, "file {0}", delivery.Part + 1) : "",
        };

    /// <summary>
    /// The address of a post, valid whatever its channel is called. Only its end identifies the post: the server's
    /// address may change.
    /// </summary>
    public static string PermalinkOf(Uri mattermost, string teamName, string postId) =>
        Mattermost.Posting.Permalink.Of(mattermost, teamName, postId);

    /// <summary>
    /// True for an entry that came from the chat: its last line begins with the footer, in upper or lower case (older
    /// versions wrote "MatterMost").
    /// </summary>
    public static bool IsOn(string contents) =>
        LastLine(contents).StartsWith(Footer, StringComparison.OrdinalIgnoreCase);

    /// <summary>The post an entry came from and what of it the entry shows; null if it has no footer of ours.</summary>
    public static (string PostId, string What)? On(string contents)
    {
        var line = LastLine(contents);
        if (!line.StartsWith(Footer, StringComparison.OrdinalIgnoreCase))
            return null;
        // The last one: the server's address may have such a part itself.
        var found = Permalink.Matches(line).Cast<Match>().LastOrDefault();
        return found is null ? null : (found.Groups[1].Value, found.Groups[2].Value);
    }

    private static string LastLine(string contents)
    {
        var text = contents.TrimEnd();
        return text.Substring(text.LastIndexOf('\n') + 1).TrimStart();
    }
}
