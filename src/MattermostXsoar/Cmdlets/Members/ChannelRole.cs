namespace MattermostXsoar.Cmdlets.Members;

/// <summary>The role of a member of a channel.</summary>
public enum ChannelRole
{
    /// <summary>A member.</summary>
    Member,

    /// <summary>An administrator of the channel.</summary>
    Admin,
}
