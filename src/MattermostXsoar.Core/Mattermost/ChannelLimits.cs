using System.Globalization;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Platform;

namespace MattermostXsoar.Core.Mattermost;

/// <summary>
/// What Mattermost allows as the names and texts of a channel (server/public/model/channel.go). Checked before a request
/// is sent: the server answers some with 500, and does not say what is wrong with the others.
/// </summary>
internal static class ChannelLimits
{
    /// <summary>
    /// The most characters of a channel's or team's name (rest-error-500-channels-create-too-long-name.json).
    /// </summary>
    public const int LongestName = 64;

    /// <summary>The most characters of a display name (rest-error-400-channels-create-display-name-65.json).</summary>
    public const int LongestDisplayName = 64;

    /// <summary>The most characters of a header (rest-error-400-channels-patch-header-too-long.json).</summary>
    public const int LongestHeader = 1024;

    /// <summary>The most characters of a purpose.</summary>
    public const int LongestPurpose = 250;

    private const int LongestShown = 64;

    // From when on is not known exactly; newer servers refuse what they do not allow themselves.
    private static readonly Version MayAllowMore = new(6, 0);

    /// <summary>Whether a text may be the name of a channel on some server.</summary>
    public static bool IsPossibleName(string text) =>
        text.Length is > 0 and <= LongestName && text.All(IsNameLetter) && text[0] is not ('-' or '_');

    /// <summary>Checks a new channel.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="server">The server's version; 0.0 if it is not known.</param>
    /// <exception cref="MattermostXsoarException">InvalidArgument.</exception>
    public static void Check(NewChannel channel, Version server)
    {
        CheckName(channel.Name, server);
        CheckTexts(channel.DisplayName, channel.Header, channel.Purpose);
    }

    /// <summary>Checks a change of a channel.</summary>
    /// <inheritdoc cref="Check(NewChannel, Version)"/>
    public static void Check(ChannelPatch patch, Version server)
    {
        if (patch.Name is { } name)
            CheckName(name, server);
        CheckTexts(patch.DisplayName, patch.Header, patch.Purpose);
    }

    /// <summary>Checks a name that is looked for.</summary>
    /// <param name="what">What it is the name of, such as <c>channel</c>.</param>
    /// <param name="name">The name.</param>
    /// <exception cref="MattermostXsoarException">InvalidArgument: nothing can have so long a name.</exception>
    public static void CheckLookUp(string what, string name)
    {
        if (name.Length > LongestName)
            throw TooLong($"name of a {what}", name, name.Length, LongestName, "Check the name, as in its links.");
    }

    private static void CheckName(string name, Version server)
    {
        if (name.Length > LongestName)
            throw TooLong("name of a channel", name, name.Length, LongestName, "Give a shorter name.");
        var isOld = server != ProductVersion.Unknown && server < MayAllowMore;
        if (!IsPossibleName(name))
        {
            throw Wrong(
                $"'{Shown(name)}' cannot be the name of a channel: it {Fault(name)}.",
                isOld
                    ? "Give 2 to 64 lower case letters a-z, digits, dashes and underscores, with a letter or digit at the "
                        + "beginning and at the end."
                    : "Give 1 to 64 lower case letters a-z, digits, dashes and underscores, with a letter or digit at the "
                        + "beginning."
            );
        }

        if (isOld && (name.Length < 2 || name[name.Length - 1] is '-' or '_'))
        {
            throw Wrong(
                $"'{name}' cannot be the name of a channel on Mattermost {server}: "
                    + (name.Length < 2 ? "it has one character." : $"it ends with '{name[name.Length - 1]}'."),
                "Give 2 to 64 lower case letters a-z, digits, dashes and underscores, with a letter or digit at the "
                    + "beginning and at the end."
            );
        }
    }

    private static string Fault(string name) =>
        name.Length == 0 ? "is empty"
        : !name.All(IsNameLetter) ? "has other characters than a-z, 0-9, '-' and '_'"
        : $"begins with '{name[0]}'";

    private static void CheckTexts(string? displayName, string? header, string? purpose)
    {
        CheckText("display name", displayName, LongestDisplayName);
        CheckText("header", header, LongestHeader);
        CheckText("purpose", purpose, LongestPurpose);
    }

    private static void CheckText(string what, string? text, int longest)
    {
        if (text is null)
            return;
        var length = CodePoints.Count(text);
        if (length > longest)
            throw TooLong($"{what} of a channel", text, length, longest, $"Give a shorter {what}.");
        // Answered with 500 (rest-error-500-channels-create-nul-in-display-name.json).
        if (text.Contains('\0'))
            throw Wrong(
                $"The {what} '{Shown(text)}' has a NUL character, which Mattermost cannot store.",
                "Remove the character."
            );
    }

    private static bool IsNameLetter(char letter) => letter is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-' or '_';

    private static MattermostXsoarException TooLong(string what, string text, int length, int longest, string advice) =>
        Wrong(
            string.Format(
                CultureInfo.InvariantCulture,
                "'{0}' cannot be the {1}: it has {2} characters, and Mattermost allows {3}.",
                Shown(text),
                what,
                length,
                longest
            ),
            advice
        );

    private static MattermostXsoarException Wrong(string message, string advice) =>
        new(ErrorIds.InvalidArgument, ErrorKind.InvalidArgument, message, advice);

    // Not half of a character that is a pair.
    private static string Shown(string text)
    {
        if (text.Length <= LongestShown)
            return text;
        var end = char.IsHighSurrogate(text[LongestShown - 1]) ? LongestShown - 1 : LongestShown;
        return $"{text.Substring(0, end)}…";
    }
}
