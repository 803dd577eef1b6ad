using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Platform;

namespace MattermostXsoar.Core.Mirroring.Channels;

/// <summary>
/// Channel names in the form that every version of Mattermost allows: lower case, 2 to 64 of <c>a-z 0-9 - _</c>, with a
/// letter or digit at both ends. Letters are transliterated; a text with letters for which that is not possible gets a short hash, so that different texts have
/// different names.
/// </summary>
internal static class ChannelName
{
    private const int Longest = ChannelLimits.LongestName;
    private const int LongestDisplay = ChannelLimits.LongestDisplayName;
    private const int IdLength = 26;
    private const int HashBytes = 4;

    private static readonly char[] Separators = ['-', '_'];

    // Leaves enough of the name itself.
    private const int LongestSuffix = 32;

    // Mattermost keeps these names for group and direct messages, and refuses them for other channels
    // (rest-error-400-channels-create-name-40-hex.json, rest-error-400-channels-create-name-two-ids-name.json).
    private static readonly Regex Reserved = new(
        "^(?:[0-9a-f]{40}|[a-z0-9]{26}__[a-z0-9]{26})$",
        RegexOptions.CultureInvariant
    );

    /// <summary>The name of a channel that is displayed as <paramref name="display"/>.</summary>
    /// <exception cref="MattermostXsoarException">
    /// InvalidArgument: it has neither a letter nor a digit. Any default name would be the same for each such channel.
    /// </exception>
    public static string From(string display)
    {
        var (result, isComplete) = Latin(display);
        if (!isComplete)
            return WithSuffix(result.Length == 0 ? "channel" : result, Hash(display));
        if (result.Length == 0)
        {
            throw new MattermostXsoarException(
                ErrorIds.InvalidArgument,
                ErrorKind.InvalidArgument,
                $"'{display}' has neither a letter nor a digit, which a channel's name needs.",
                "Give a name with letters or digits, such as incident-1. In Mattermost the channel may then be given "
                    + "any display name."
            );
        }

        return result.Length >= 2 && !Reserved.IsMatch(result) ? result : $"channel-{result}";
    }

    /// <summary>
    /// The names for a channel of an investigation, best first: the name itself; where that is taken, with the
    /// investigation's id, and then with a number too.
    /// </summary>
    public static IEnumerable<string> Candidates(string name, string investigationId)
    {
        yield return name;
        var id = Latin(investigationId).Name;
        var distinct =
            id.Length == 0 || name.EndsWith("-" + id, StringComparison.Ordinal) ? name : WithSuffix(name, id);
        if (distinct != name)
            yield return distinct;
        for (var number = 2; number < 100; number++)
            yield return WithSuffix(distinct, number.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>What is displayed for a channel: at most as long as the server accepts, whole characters.</summary>
    public static string DisplayOf(string display)
    {
        var trimmed = display.Replace("\0", "").Trim();
        var characters = StringInfo.GetTextElementEnumerator(trimmed);
        var end = 0;
        while (characters.MoveNext())
        {
            var next = characters.ElementIndex + characters.GetTextElement().Length;
            if (next > LongestDisplay)
                break;
            end = next;
        }

        // One character may have any number of marks.
        if (end == 0 && trimmed.Length > 0)
            end = char.IsHighSurrogate(trimmed[LongestDisplay - 1]) ? LongestDisplay - 1 : LongestDisplay;
        return trimmed.Substring(0, end);
    }

    /// <summary>Whether a text is the id, the name or the display name of a channel, and not merely similar to
    /// it.</summary>
    public static bool IsExactly(string text, MattermostChannel channel) =>
        text == channel.Id
        || string.Equals(text.Trim(), channel.Name, StringComparison.OrdinalIgnoreCase)
        || string.Equals(text.Trim(), channel.DisplayName.Trim(), StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Whether a text means the channel that an investigation has already: it is exactly that channel, or the channel
    /// was created for that text.
    /// </summary>
    public static bool Means(string text, MattermostChannel channel, string investigationId) =>
        IsExactly(text, channel)
        || From(text) == channel.Name
        || (channel.DisplayName == DisplayOf(text) && Candidates(From(text), investigationId).Contains(channel.Name));

    /// <summary>Whether a text is a name as the server has it, so that it can mean no channel of another name.</summary>
    public static bool IsName(string text) =>
        text.Length is >= 2 and <= Longest
        && string.Equals(From(text), text.Trim(), StringComparison.OrdinalIgnoreCase);

    /// <summary>True when a text has the form of an id; a name may have it too, so both are tried.</summary>
    public static bool LooksLikeId(string text) =>
        text.Length == IdLength && text.All(character => character is (>= 'a' and <= 'z') or (>= '0' and <= '9'));

    // The characters that a name may have, and whether they stand for every letter and digit of the text.
    private static (string Name, bool IsComplete) Latin(string text)
    {
        var name = new StringBuilder();
        var latin = Transliteration.ToLatin(text.Trim());
        var isComplete = true;
        for (var index = 0; index < latin.Length; index++)
        {
            var character = latin[index];
            if (character is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_')
                name.Append(character);
            else if (name.Length > 0 && name[name.Length - 1] != '-')
                name.Append('-');
            isComplete &= character < 0x80 || !IsLetterOrDigit(latin, index);
        }

        return (Cut(name.ToString().Trim(Separators), Longest), isComplete);
    }

    private static string WithSuffix(string name, string suffix)
    {
        suffix = Cut(suffix, LongestSuffix);
        return Cut(name, Longest - suffix.Length - 1) + "-" + suffix;
    }

    private static string Cut(string name, int length) =>
        name.Length <= length ? name : name.Substring(0, length).TrimEnd(Separators);

    // Beyond the first 65,536 characters a letter is a pair, of which the first half stands for both.
    private static bool IsLetterOrDigit(string text, int index) =>
        !char.IsLowSurrogate(text[index])
        && CharUnicodeInfo.GetUnicodeCategory(text, index)
            is UnicodeCategory.UppercaseLetter
                or UnicodeCategory.LowercaseLetter
                or UnicodeCategory.TitlecaseLetter
                or UnicodeCategory.ModifierLetter
                or UnicodeCategory.OtherLetter
                or UnicodeCategory.LetterNumber
                or UnicodeCategory.DecimalDigitNumber
                or UnicodeCategory.SpacingCombiningMark;

    private static string Hash(string display) =>
        string.Concat(
            Sha256
                .Of(Encoding.UTF8.GetBytes(display.Trim().ToLowerInvariant()))
                .Take(HashBytes)
                .Select(part => part.ToString("x2", CultureInfo.InvariantCulture))
        );
}
