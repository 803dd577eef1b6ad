using System.Globalization;
using System.Text.RegularExpressions;

namespace MattermostXsoar.Core.People.Chat;

/// <summary>
/// Reads a message to the bot: the commands of the original integration (xsoar-rest.md, section 8), in upper or lower
/// case and with any white space.
/// </summary>
internal static class BotRequestParser
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    private static readonly Regex List = new(
        @"^list (?<what>incidents|my incidents|my tasks|closed incidents)(?: \[?page (?<page>\d{1,6})\]?)?$",
        Options,
        Limit
    );

    private static readonly Regex Mirror = new(
        @"^mirror (?:incident[ -])?(?:#)?(?<id>[^\s`'""]{1,128})$",
        Options,
        Limit
    );

    // As the original: a message with the word and one of these three.
    private static readonly Regex Verb = new(@"(?<![\w-])(?:create|open|new)(?![\w-])", Options, Limit);
    private static readonly Regex Noun = new(@"(?<!\w)incidents?(?!\w)", Options, Limit);
    private static readonly Regex WhiteSpace = new(@"\s+", Options, Limit);

    public static BotRequest Parse(string message)
    {
        var text = WhiteSpace.Replace(message, " ").Trim().TrimEnd('.', '!').TrimEnd();
        if (List.Match(text) is { Success: true } list)
            return new BotRequest(KindOf(list.Groups["what"].Value), PageOf(list.Groups["page"].Value));
        if (Mirror.Match(text) is { Success: true } mirror)
            return new BotRequest(BotRequestKind.Mirror, Text: mirror.Groups["id"].Value);
        // Only before the arguments: what follows them is anybody's text.
        var command = text.Split('=')[0];
        return Verb.IsMatch(command) && Noun.IsMatch(command)
            ? new BotRequest(BotRequestKind.NewIncident, Text: message)
            : new BotRequest(BotRequestKind.Help);
    }

    private static BotRequestKind KindOf(string what) =>
        what.ToLowerInvariant() switch
        {
            "my incidents" => BotRequestKind.ListMyIncidents,
            "my tasks" => BotRequestKind.ListMyTasks,
            "closed incidents" => BotRequestKind.ListClosedIncidents,
            _ => BotRequestKind.ListIncidents,
        };

    private static int PageOf(string digits) =>
        digits.Length == 0 ? 1 : Math.Max(1, int.Parse(digits, CultureInfo.InvariantCulture));
}
