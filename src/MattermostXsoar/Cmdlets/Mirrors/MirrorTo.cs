namespace MattermostXsoar.Cmdlets.Mirrors;

/// <summary>The type of channel that a mirror creates if its channel does not exist.</summary>
public enum MirrorTo
{
    /// <summary>A private channel.</summary>
    Group,

    /// <summary>A public channel.</summary>
    Channel,
}
