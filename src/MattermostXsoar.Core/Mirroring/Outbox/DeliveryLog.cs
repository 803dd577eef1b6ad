using MattermostXsoar.Core.Mirroring.Diagnostics;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.Mirroring.Resilience;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring.Outbox;

/// <summary>
/// What is told, counted and timed of single lines of one mirror and direction. Costs a line nothing while nobody asks
/// for it.
/// </summary>
internal sealed class DeliveryLog(MirrorContext context, MirrorHealth health, DeliveryDirection direction)
{
    private long _begunAt;

    private ListenerLog Log => context.Log;

    /// <summary>A line is taken up; lines are delivered one after the other.</summary>
    public void Begin() => Volatile.Write(ref _begunAt, context.Time.GetTimestamp());

    public void Recorded(IReadOnlyList<DeliveryRecord> lines)
    {
        MirrorMetrics.Recorded(lines);
        for (var i = 0; Log.IsVerbose && i < lines.Count; i++)
            Tell(ListenerLogEvents.DeliveryRecorded, "was recorded", lines[i], null, null);
    }

    public void Delivered(DeliveryRecord line, string targetId)
    {
        var took = Took;
        MirrorMetrics.Delivered(line, took);
        if (Log.IsVerbose)
            Tell(ListenerLogEvents.DeliveryConfirmed, $"arrived as {targetId}", line, targetId, took);
    }

    public void Skipped(DeliveryRecord line)
    {
        if (Log.IsVerbose)
            Tell(ListenerLogEvents.DeliverySkipped, "needs not be said", line, null, null);
    }

    /// <summary>The other side takes it never.</summary>
    /// <param name="line">The line.</param>
    /// <param name="why">Why.</param>
    /// <param name="cause">The error; null where the target told of it in words.</param>
    /// <param name="targetId">What was said in its stead.</param>
    /// <returns>Why, with the channel's name for its id and without the line's text, as it may be stored and
    /// shown.</returns>
    public string Refused(DeliveryRecord line, string why, Exception? cause, string? targetId)
    {
        MirrorMetrics.Failed(line);
        why = DeliveryText.TakenOutOf(health.Named(why), line);
        Log.Write(
            ListenerLogLevel.Error,
            ListenerLogEvents.DeliveryFailed,
            $"Line {line.SourceId} was refused: {why}",
            health.Identity,
            DetailsOf(line) with
            {
                TargetId = targetId,
                Error = cause,
                Duration = Took,
            },
            () => DeliveryText.Of(line)
        );
        return why;
    }

    /// <summary>A try failed and is repeated.</summary>
    public void DeliveryRetried(DeliveryRecord? line, FailureAction verdict, Exception cause, TimeSpan wait)
    {
        MirrorMetrics.Repeated(verdict.ToString().ToLowerInvariant());
        if (!Log.IsVerbose)
            return;
        var details = line is null ? new ListenerLogDetails { Direction = direction } : DetailsOf(line);
        var message =
            $"{(line is null ? "The look-up" : "Line " + line.SourceId)} is tried again in {wait.TotalSeconds:0.0} s ({verdict}).";
        Log.Verbose(
            ListenerLogEvents.DeliveryRetried,
            message,
            health.Identity,
            details with
            {
                Error = cause,
                Duration = wait,
            }
        );
    }

    /// <summary>Lines of unknown outcome are looked up.</summary>
    public void LookingUp(IReadOnlyList<DeliveryRecord> lines)
    {
        MirrorMetrics.LookedUp(lines.Count);
        for (var i = 0; Log.IsVerbose && i < lines.Count; i++)
            Tell(ListenerLogEvents.DeliveryLookedUp, "may have arrived; it is looked up", lines[i], null, null);
    }

    /// <summary>Of those looked up, so many had arrived.</summary>
    public void Found(int found, int lookedUp)
    {
        if (found > 0)
        {
            Log.Information(
                ListenerLogEvents.DeliveryFound,
                $"{found} of {lookedUp} lines of unknown outcome had arrived.",
                health.Identity,
                new() { Direction = direction, Count = found }
            );
        }
    }

    /// <summary>A line of unknown outcome had arrived, if it has an id on the other side.</summary>
    /// <returns>That id.</returns>
    public string? Found(DeliveryRecord line, string? targetId)
    {
        if (targetId is not null)
        {
            Log.Information(
                ListenerLogEvents.DeliveryFound,
                $"Line {line.SourceId}, whose outcome was unknown, had arrived.",
                health.Identity,
                DetailsOf(line) with
                {
                    TargetId = targetId,
                    Count = 1,
                }
            );
        }

        return targetId;
    }

    private TimeSpan Took => context.Time.GetElapsedTime(Volatile.Read(ref _begunAt));

    private void Tell(string what, string happened, DeliveryRecord line, string? targetId, TimeSpan? took) =>
        Log.Write(
            ListenerLogLevel.Verbose,
            what,
            $"{line.Kind} {line.SourceId}{(line.Part > 0 ? $" (part {line.Part})" : "")} {happened}.",
            health.Identity,
            DetailsOf(line) with
            {
                TargetId = targetId,
                Duration = took,
            },
            () => DeliveryText.Of(line)
        );

    private static ListenerLogDetails DetailsOf(DeliveryRecord line) =>
        new()
        {
            SourceId = line.SourceId,
            Direction = line.Direction,
            Kind = DeliveryText.KindOf(line),
        };
}
