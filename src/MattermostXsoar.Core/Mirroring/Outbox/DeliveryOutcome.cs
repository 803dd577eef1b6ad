namespace MattermostXsoar.Core.Mirroring.Outbox;

/// <summary>What became of a line that was sent.</summary>
/// <param name="TargetId">The id of what shows it, or what was said in its stead; null when nothing had to be
/// said.</param>
/// <param name="Refusal">Why the other side does not take it; null when it did.</param>
internal readonly record struct DeliveryOutcome(string? TargetId, string? Refusal)
{
    /// <summary>There was nothing to say, such as the deletion of what never arrived.</summary>
    public static DeliveryOutcome Nothing => default;

    public static DeliveryOutcome Arrived(string targetId) => new(targetId, null);

    /// <summary>It was not taken, and that was said in its stead.</summary>
    public static DeliveryOutcome Refused(string targetId, string why) => new(targetId, why);
}
