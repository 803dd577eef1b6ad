using System.Text.RegularExpressions;

namespace MattermostXsoar.Core.Mirroring.Resilience;

/// <summary>Shows people the name of a channel, since servers write ids, which people do not know.</summary>
internal static class ChannelNaming
{
    /// <summary>
    /// The text with the channel's name in the place of its id. In the address of a call, where a name would make it
    /// look like another call, the id becomes <c>{channel_id}</c>.
    /// </summary>
    public static string Show(string text, string channelId, string name) =>
        Regex
            .Replace(text, "(?<=[/=])" + Regex.Escape(channelId), _ => "{channel_id}", RegexOptions.CultureInvariant)
            .Replace(channelId, name);
}
