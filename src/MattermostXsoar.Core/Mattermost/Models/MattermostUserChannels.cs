namespace MattermostXsoar.Core.Mattermost.Models;

/// <summary>The private channels of a team that a user is in.</summary>
public sealed class MattermostUserChannels
{
    internal MattermostUserChannels(MattermostUser user, IReadOnlyList<MattermostChannel> channels)
    {
        Id = user.Id;
        Username = user.Username;
        Channels = channels;
    }

    /// <summary>The user's id.</summary>
    public string Id { get; }

    /// <summary>The user's name, without <c>@</c>.</summary>
    public string Username { get; }

    /// <summary>The channels, without archived ones.</summary>
    public IReadOnlyList<MattermostChannel> Channels { get; }

    /// <summary>The user whose channels these are.</summary>
    public override string ToString() => $"Channels for {Username}";
}
