namespace MattermostXsoar.Cmdlets.Channels;

/// <summary>Who sees a new channel.</summary>
public enum ChannelType
{
    /// <summary>Everybody in the team.</summary>
    Public,

    /// <summary>Its members only.</summary>
    Private,
}
