using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring.Outbox;

/// <summary>
/// What is shown, and what is stored, of a delivery that the other side does not accept although it accepts others. The
/// note repeats nothing of the message: any part of it may be what is not accepted.
/// </summary>
internal static class RefusalNote
{
    /// <summary>
    /// What distinguishes the mark of a note from that of the delivery: who looks for the one must not find the other.
    /// </summary>
    public const string Mark = "not mirrored";

    /// <summary>The note.</summary>
    /// <param name="delivery">The delivery.</param>
    /// <param name="hasFile">Whether it brings a file.</param>
    /// <param name="from">What it is and where it is from, such as "A message".</param>
    /// <param name="where">The side that does not accept it.</param>
    public static string For(DeliveryRecord delivery, bool hasFile, string from, string where) =>
        $"*({Subject(delivery, hasFile, from)} was not mirrored: {where}, or what is in front of it, does not accept it.)*";

    /// <summary>Why it was set aside, and what to do.</summary>
    public static string Reason(Exception cause) =>
        $"It failed again and again while other calls to both servers succeeded: {ErrorSummary.Of(cause)} When the "
        + "cause is removed, Sync-MattermostMirror -RetryFailed sends it again.";

    private static string Subject(DeliveryRecord delivery, bool hasFile, string from) =>
        delivery.Kind switch
        {
            DeliveryKind.Edit => $"A newer version of {Lower(from)}",
            DeliveryKind.Deletion => $"The deletion of {Lower(from)}",
            DeliveryKind.Annotation => $"A mark on {Lower(from)}",
            _ => hasFile ? $"{from} with a file" : from,
        };

    private static string Lower(string text) => char.ToLowerInvariant(text[0]) + text.Substring(1);
}
