using System.Text.RegularExpressions;

namespace MattermostXsoar.Core.People.Chat;

/// <summary>
/// Whether a message in a channel is for the bot: it has to begin with the bot's name. One that mentions the bot
/// further on is about it, not for it.
/// </summary>
internal static class BotMention
{
    private static readonly Regex Beginning = new(
        @"^\s*@(?<name>[a-z0-9._-]+)(?<rest>[\s:,]+.*|)$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.Singleline,
        TimeSpan.FromSeconds(1)
    );

    /// <summary>The message without the name that it begins with; null if it does not begin with it.</summary>
    public static string? Remove(string message, string username) =>
        Beginning.Match(message) is { Success: true } found
        && found.Groups["name"].Value.TrimEnd('.', '-', '_').Equals(username, StringComparison.OrdinalIgnoreCase)
            ? found.Groups["rest"].Value.TrimStart(' ', '\t', '\r', '\n', ':', ',').TrimEnd()
            : null;
}
