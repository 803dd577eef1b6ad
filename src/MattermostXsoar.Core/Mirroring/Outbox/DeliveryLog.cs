using MattermostXsoar.Core.Mirroring.Diagnostics;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.Mirroring.Resilience;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring.Outbox;

/// <summary>
/// Logs, counts and times the single deliveries of one mirror and direction. Costs a delivery nothing while nobody
/// reads the verbose log.
/// </summary>
internal sealed class DeliveryLog(MirrorRuntime runtime, MirrorHealth health, DeliveryDirection direction)
{
    private long _beganAt;

    private ListenerLog Log => runtime.Log;

    /// <summary>A delivery begins; one follows the other.</summary>
    public void Begin() => Volatile.Write(ref _beganAt, runtime.Time.GetTimestamp());

    public void Recorded(IReadOnlyList<DeliveryRecord> deliveries)
    {
        MirrorMetrics.Recorded(deliveries);
        for (var i = 0; Log.IsVerbose && i < deliveries.Count; i++)
            Write(ListenerLogEvents.DeliveryRecorded, "was recorded", deliveries[i], null, null);
    }

    public void Delivered(DeliveryRecord delivery, string targetId)
    {
        var duration = Duration;
        MirrorMetrics.Delivered(delivery, duration);
        if (Log.IsVerbose)
            Write(ListenerLogEvents.Delivered, $"arrived as {targetId}", delivery, targetId, duration);
    }

    public void Skipped(DeliveryRecord delivery)
    {
        if (Log.IsVerbose)
            Write(ListenerLogEvents.DeliverySkipped, "is not needed any more", delivery, null, null);
    }

    /// <summary>The other side will never accept it.</summary>
    /// <param name="delivery">The delivery.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cause">The error; null where the sink only gives the reason.</param>
    /// <param name="targetId">The id of the note sent in its place.</param>
    /// <returns>
    /// The reason, with the channel's name for its id and without the delivery's text, as it may be stored and shown.
    /// </returns>
    public string Refused(DeliveryRecord delivery, string reason, Exception? cause, string? targetId)
    {
        MirrorMetrics.Failed(delivery);
        // A sentence of our own, by which the delivery is found again, whatever words the message has in common with it.
        if (reason != NotAdded.Reason)
            reason = DeliveryText.Mask(health.WithChannelName(reason), delivery, cause);
        Log.Write(
            ListenerLogLevel.Error,
            ListenerLogEvents.DeliveryFailed,
            $"Delivery {delivery.SourceId} was refused: {reason}",
            health.Identity,
            DetailsOf(delivery) with
            {
                TargetId = targetId,
                Error = cause,
                Duration = Duration,
            },
            () => DeliveryText.Of(delivery)
        );
        return reason;
    }

    /// <summary>A try failed and is repeated.</summary>
    public void Retried(DeliveryRecord? delivery, FailureAction action, Exception cause, TimeSpan wait)
    {
        MirrorMetrics.Retried(CauseOf(action));
        if (!Log.IsVerbose)
            return;
        var details = delivery is null ? new ListenerLogDetails { Direction = direction } : DetailsOf(delivery);
        var subject = delivery is null ? "The look-up" : "Delivery " + delivery.SourceId;
        Log.Verbose(
            ListenerLogEvents.DeliveryRetried,
            $"{subject} is tried again in {wait.TotalSeconds:0.0} s ({action}).",
            health.Identity,
            details with
            {
                Error = cause,
                Duration = wait,
            }
        );
    }

    /// <summary>Deliveries of unknown outcome are looked up.</summary>
    public void LookingUp(IReadOnlyList<DeliveryRecord> deliveries)
    {
        MirrorMetrics.LookedUp(deliveries.Count);
        for (var i = 0; Log.IsVerbose && i < deliveries.Count; i++)
            Write(ListenerLogEvents.DeliveryLookedUp, "may have arrived; it is looked up", deliveries[i], null, null);
    }

    /// <summary>Of those looked up, so many had arrived.</summary>
    public void Found(int found, int lookedUp)
    {
        if (found > 0)
        {
            Log.Information(
                ListenerLogEvents.AlreadyDelivered,
                $"{found} of {lookedUp} deliveries of unknown outcome had arrived.",
                health.Identity,
                new() { Direction = direction, Count = found }
            );
        }
    }

    /// <summary>A delivery of unknown outcome had arrived, if it has an id on the other side.</summary>
    /// <returns>That id.</returns>
    public string? Found(DeliveryRecord delivery, string? targetId)
    {
        if (targetId is not null)
        {
            Log.Information(
                ListenerLogEvents.AlreadyDelivered,
                $"Delivery {delivery.SourceId}, whose outcome was unknown, had arrived.",
                health.Identity,
                DetailsOf(delivery) with
                {
                    TargetId = targetId,
                    Count = 1,
                }
            );
        }

        return targetId;
    }

    private TimeSpan Duration => runtime.Time.GetElapsedTime(Volatile.Read(ref _beganAt));

    private void Write(string what, string happened, DeliveryRecord delivery, string? targetId, TimeSpan? duration) =>
        Log.Write(
            ListenerLogLevel.Verbose,
            what,
            $"{DeliveryText.KindOf(delivery)} {delivery.SourceId}{PartOf(delivery)} {happened}.",
            health.Identity,
            DetailsOf(delivery) with
            {
                TargetId = targetId,
                Duration = duration,
            },
            () => DeliveryText.Of(delivery)
        );

    private static string PartOf(DeliveryRecord delivery) => delivery.Part > 0 ? $" (part {delivery.Part})" : "";

    private static ListenerLogDetails DetailsOf(DeliveryRecord delivery) =>
        new()
        {
            SourceId = delivery.SourceId,
            Direction = delivery.Direction,
            Kind = DeliveryText.KindOf(delivery),
        };

    // The causes of docs/operations.md.
    private static string CauseOf(FailureAction action) =>
        action switch
        {
            FailureAction.LookUp => "lookup",
            FailureAction.Pause => "pause",
            FailureAction.Close => "close",
            FailureAction.Restart => "restart",
            _ => "retry",
        };
}
