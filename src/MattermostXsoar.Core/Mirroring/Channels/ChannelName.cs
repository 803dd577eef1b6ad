using System.Text;
using MattermostXsoar.Core.Errors;

namespace MattermostXsoar.Core.Mirroring.Channels;

/// <summary>Channel names in the form that Mattermost requires: lower case, 2 to 64 of <c>a-z 0-9 - _</c>.</summary>
internal static class ChannelName
{
    private const int Longest = 64;
    private const int IdLength = 26;

    /// <summary>The name of a channel that is displayed as <paramref name="display"/>.</summary>
    /// <exception cref="MattermostXsoarException">
    /// InvalidArgument: no character of it is allowed in a name. Any default name would be the same for each such
    /// channel.
    /// </exception>
    public static string From(string display)
    {
        var name = new StringBuilder();
        foreach (var character in display.Trim().ToLowerInvariant())
        {
            if (character is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_')
                name.Append(character);
            else if (name.Length > 0 && name[name.Length - 1] != '-')
                name.Append('-');
            if (name.Length == Longest)
                break;
        }

        var result = name.ToString().Trim('-');
        if (result.Length == 0)
        {
            throw new MattermostXsoarException(
                ErrorIds.InvalidArgument,
                ErrorKind.InvalidArgument,
                $"'{display}' has no character that Mattermost allows in a channel's name.",
                "A name needs letters a-z or digits, such as incident-1. In Mattermost the channel may then be given "
                    + "any display name."
            );
        }

        return result.Length >= 2 ? result : $"channel-{result}".TrimEnd('-');
    }

    /// <summary>True when a text has the form of an id; a name may have it too, so both are tried.</summary>
    public static bool LooksLikeId(string text) =>
        text.Length == IdLength && text.All(character => character is (>= 'a' and <= 'z') or (>= '0' and <= '9'));
}
