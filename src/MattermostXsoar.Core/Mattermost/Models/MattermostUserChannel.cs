namespace MattermostXsoar.Core.Mattermost.Models;

/// <summary>A user and a channel that the user is in.</summary>
public sealed class MattermostUserChannel
{
    internal MattermostUserChannel(MattermostUser user, MattermostChannel channel)
    {
        User = user;
        Channel = channel;
    }

    /// <summary>The user.</summary>
    public MattermostUser User { get; }

    /// <summary>The channel.</summary>
    public MattermostChannel Channel { get; }

    /// <summary>The user's id.</summary>
    public string UserId => User.Id;

    /// <summary>The user's name, without <c>@</c>.</summary>
    public string Username => User.Username;

    /// <summary>The channel's id.</summary>
    public string ChannelId => Channel.Id;

    /// <summary>The channel's name in links.</summary>
    public string ChannelName => Channel.Name;

    /// <summary>The channel's name as Mattermost shows it.</summary>
    public string DisplayName => Channel.DisplayName;

    /// <summary>The channel's type: <c>O</c> for public, <c>P</c> for private.</summary>
    public string Type => Channel.Type;

    /// <summary>
    /// The channel as a list: in the original's context a user has one list of channels, as which
    /// ConvertTo-MattermostContext writes all of them.
    /// </summary>
    public IReadOnlyList<MattermostChannel> Channels => [Channel];

    /// <summary>Both names.</summary>
    public override string ToString() => $"{Username} in {ChannelName}";
}
