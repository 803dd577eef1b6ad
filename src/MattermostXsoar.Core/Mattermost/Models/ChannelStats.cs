namespace MattermostXsoar.Core.Mattermost.Models;

/// <summary>How many are in a channel (rest-channels-stats.json).</summary>
internal sealed class ChannelStats
{
    /// <summary>All members, guests and bots included.</summary>
    public long MemberCount { get; init; }

    /// <summary>The guests among them; null where the server does not tell.</summary>
    public long? GuestCount { get; init; }
}
