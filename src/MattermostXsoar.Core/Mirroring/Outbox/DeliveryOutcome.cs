namespace MattermostXsoar.Core.Mirroring.Outbox;

/// <summary>The outcome of a delivery that was sent.</summary>
/// <param name="TargetId">
/// The id of what shows it, or of what was written in its place; null when nothing had to be written.
/// </param>
/// <param name="Refusal">Why the other side does not accept it; null if it did.</param>
internal readonly record struct DeliveryOutcome(string? TargetId, string? Refusal)
{
    /// <summary>Nothing had to be written, such as for the deletion of what never arrived.</summary>
    public static DeliveryOutcome Nothing => default;

    public static DeliveryOutcome Arrived(string targetId) => new(targetId, null);

    /// <summary>It was not accepted, and a note about that was written in its place.</summary>
    public static DeliveryOutcome Refused(string targetId, string reason) => new(targetId, reason);

    /// <summary>
    /// A change was not accepted, and what it would have changed stays as it is; a note about that was written beside it.
    /// </summary>
    public static DeliveryOutcome RefusedChange(string reason) => new(null, reason);
}
