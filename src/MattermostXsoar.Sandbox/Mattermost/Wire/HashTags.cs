using System.Text.RegularExpressions;

namespace MattermostXsoar.Sandbox.Mattermost.Wire;

/// <summary>The hash tags of a message, which the server finds when it stores it.</summary>
internal static partial class HashTags
{
    public static string In(string message) =>
        message.Contains('#') ? string.Join(' ', Tag().Matches(message).Select(static it => it.Value)) : "";

    // A letter, then at least two more signs.
    [GeneratedRegex(@"(?<!\S)#\p{L}[\p{L}\p{N}_.-]{1,}[\p{L}\p{N}_]")]
    private static partial Regex Tag();
}
