namespace MattermostXsoar.Cmdlets.Channels;

/// <summary>The type of a new channel.</summary>
public enum ChannelType
{
    /// <summary>Everybody in the team can join.</summary>
    Public,

    /// <summary>Only members can see it.</summary>
    Private,
}
