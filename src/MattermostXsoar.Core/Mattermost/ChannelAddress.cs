using MattermostXsoar.Core.Mattermost.Models;

namespace MattermostXsoar.Core.Mattermost;

/// <summary>A channel as far as its ids and its name are known.</summary>
/// <param name="Id">The channel's id.</param>
/// <param name="Name">The name in links, for messages to people.</param>
/// <param name="TeamId">The team's id; empty for direct and group messages.</param>
internal readonly record struct ChannelAddress(string Id, string Name, string TeamId)
{
    public static ChannelAddress Of(MattermostChannel channel) => new(channel.Id, channel.Name, channel.TeamId);
}
