using System.Globalization;

namespace MattermostXsoar.Core.Mattermost.Models;

/// <summary>Who can read a channel: its members, and if it is public everybody in the team but guests.</summary>
/// <param name="IsPrivate">Whether only members can read it.</param>
/// <param name="Members">All members, guests and bots included; null if the account may not see that.</param>
/// <param name="Guests">The guests among them; null where the server does not tell.</param>
internal sealed record ChannelReaders(bool IsPrivate, long? Members, long? Guests)
{
    /// <summary>In a sentence: <c>private, with 3 members, 1 of them a guest</c>.</summary>
    public override string ToString() =>
        (IsPrivate ? "private" : "public") + (Members is { } members ? ", with " + Count(members) + Among : "");

    private string Among =>
        Guests switch
        {
            null or 0 => "",
            1 => ", 1 of them a guest",
            { } guests => string.Format(CultureInfo.InvariantCulture, ", {0} of them guests", guests),
        };

    private static string Count(long members) =>
        string.Format(CultureInfo.InvariantCulture, "{0} member{1}", members, members == 1 ? "" : "s");
}
