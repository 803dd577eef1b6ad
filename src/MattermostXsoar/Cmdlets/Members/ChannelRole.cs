namespace MattermostXsoar.Cmdlets.Members;

/// <summary>What somebody may do in a channel.</summary>
public enum ChannelRole
{
    /// <summary>An ordinary member.</summary>
    Member,

    /// <summary>One who administers the channel.</summary>
    Admin,
}
