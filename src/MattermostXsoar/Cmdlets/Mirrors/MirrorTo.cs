namespace MattermostXsoar.Cmdlets.Mirrors;

/// <summary>What kind of channel a mirror makes when its channel does not exist.</summary>
public enum MirrorTo
{
    /// <summary>A private channel.</summary>
    Group,

    /// <summary>A public channel.</summary>
    Channel,
}
