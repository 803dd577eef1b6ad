using System.Globalization;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring.Outbox;

/// <summary>
/// What was posted in the channel before the investigation was closed, and could not be added to its War Room any more.
/// Such deliveries count as failed until the investigation is reopened; then they are pending again.
/// </summary>
internal static class NotAdded
{
    /// <summary>The reason that is stored with each of them, by which they are found again.</summary>
    public const string Reason =
        "The investigation was closed before this could be added to its War Room. It is added when the investigation is "
        + "reopened; until then it is read in the channel only.";

    /// <summary>
    /// Before a mirror begins: a process may have ended after the investigation was reopened and before these were
    /// pending again, or in the middle of closing the mirror; then it is closed again.
    /// </summary>
    public static async Task TakeUpAsync(StateStore store, MirrorRecord mirror)
    {
        if (mirror.State != MirrorState.Closed && store.CountFailedMessages(mirror.Id, Reason) > 0)
            await store.RetryFailedAsync(mirror.Id, Reason, restarts: false).ConfigureAwait(false);
    }

    /// <summary>For the post in the channel; empty if there are none.</summary>
    public static string InChannel(long messages) =>
        messages == 0
            ? ""
            : string.Format(
                CultureInfo.InvariantCulture,
                "{0} from this channel could not be added to its War Room before that; {1} added if it is reopened. ",
                Count(messages),
                messages == 1 ? "it is" : "they are"
            );

    /// <summary>For the mirror's reason; empty if there are none.</summary>
    public static string InReason(long messages) =>
        messages == 0
            ? ""
            : string.Format(
                CultureInfo.InvariantCulture,
                " {0} from the channel could not be added to its War Room before that, and {1} added if it is reopened; "
                    + "Get-MattermostMirror -FailedDelivery lists {2}.",
                Count(messages),
                messages == 1 ? "is" : "are",
                messages == 1 ? "it" : "them"
            );

    private static string Count(long messages) =>
        messages == 1 ? "1 message" : string.Format(CultureInfo.InvariantCulture, "{0} messages", messages);
}
