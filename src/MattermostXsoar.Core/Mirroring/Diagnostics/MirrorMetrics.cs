using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Platform;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring.Diagnostics;

/// <summary>
/// What the listener counts, for monitoring; docs/operations.md lists it. No tag names a mirror or a message.
/// </summary>
internal static class MirrorMetrics
{
    public const string MeterName = ModuleMeter.Name;

    // The stores of the listeners that run in this process.
    private static readonly ConcurrentDictionary<StateStore, TimeProvider> Running = new();

    private static readonly Counter<long> RecordedDeliveries = Counter(
        "deliveries.recorded",
        "{delivery}",
        "Deliveries that were written to the state file."
    );
    private static readonly Counter<long> ArrivedDeliveries = Counter(
        "deliveries.delivered",
        "{delivery}",
        "Deliveries that arrived on the other side."
    );
    private static readonly Counter<long> FailedDeliveries = Counter(
        "deliveries.failed",
        "{delivery}",
        "Deliveries that the other side refused for good."
    );
    private static readonly Counter<long> RequeuedDeliveries = Counter(
        "deliveries.requeued",
        "{delivery}",
        "Failed deliveries that a person had tried again."
    );
    private static readonly Counter<long> Retries = Counter(
        "delivery.retries",
        "{retry}",
        "Tries after one that failed for a reason that passes."
    );
    private static readonly Counter<long> LookUps = Counter(
        "delivery.lookups",
        "{lookup}",
        "Look-ups of deliveries of unknown outcome."
    );
    private static readonly Counter<long> Reconnections = Counter(
        "realtime.reconnects",
        "{connection}",
        "Websocket connections after the first."
    );
    private static readonly Counter<long> StoreFailures = Counter(
        "store.failures",
        "{failure}",
        "Writes and reads of the state file that failed."
    );
    private static readonly Counter<long> Polls = Counter(
        "xsoar.polls",
        "{poll}",
        "Searches for changed investigations."
    );

    private static readonly Histogram<double> DeliveryDurations = ModuleMeter.Instance.CreateHistogram<double>(
        "mattermostxsoar.delivery.duration",
        "s",
        "One delivery, from its first try until it is known to have arrived."
    );

    static MirrorMetrics()
    {
        ModuleMeter.Instance.CreateObservableGauge(
            "mattermostxsoar.deliveries.pending",
            () => OfStores(Pending),
            "{delivery}",
            "Deliveries that are recorded and not yet known to have arrived."
        );
        ModuleMeter.Instance.CreateObservableGauge(
            "mattermostxsoar.deliveries.unresolved",
            () => OfStores(Unresolved),
            "{delivery}",
            "Failed deliveries that nobody had tried again."
        );
        ModuleMeter.Instance.CreateObservableGauge(
            "mattermostxsoar.deliveries.lag",
            () => OfStores(Lag),
            "s",
            "How long the oldest pending delivery has waited."
        );
        ModuleMeter.Instance.CreateObservableGauge(
            "mattermostxsoar.mirrors",
            () => OfStores(Mirrors),
            "{mirror}",
            "Mirrors by state."
        );
    }

    public static void Recorded(IReadOnlyList<DeliveryRecord> deliveries)
    {
        for (var i = 0; RecordedDeliveries.Enabled && i < deliveries.Count; i++)
            RecordedDeliveries.Add(1, Direction(deliveries[i].Direction), Tag("kind", KindOf(deliveries[i])));
    }

    public static void Delivered(DeliveryRecord delivery, TimeSpan duration)
    {
        ArrivedDeliveries.Add(1, Direction(delivery.Direction), Tag("kind", KindOf(delivery)));
        if (DeliveryDurations.Enabled)
            DeliveryDurations.Record(duration.TotalSeconds, Direction(delivery.Direction));
    }

    public static void Failed(DeliveryRecord delivery) =>
        FailedDeliveries.Add(1, Direction(delivery.Direction), Tag("kind", KindOf(delivery)));

    public static void Requeued(int deliveries) => RequeuedDeliveries.Add(deliveries);

    /// <summary>A try that failed is repeated.</summary>
    /// <param name="cause">Why, as docs/operations.md lists it.</param>
    public static void Retried(string cause) => Retries.Add(1, Tag("cause", cause));

    public static void LookedUp(int deliveries) => LookUps.Add(deliveries);

    public static void Reconnected() => Reconnections.Add(1);

    public static void StoreFailed() => StoreFailures.Add(1);

    public static void Polled(bool answered) => Polls.Add(1, Tag("outcome", answered ? "answered" : "failed"));

    /// <summary>Includes a store in the gauges, for as long as its listener runs.</summary>
    public static void Show(StateStore store, TimeProvider time) => Running[store] = time;

    public static void Hide(StateStore store) => Running.TryRemove(store, out _);

    private static Counter<long> Counter(string name, string unit, string description) =>
        ModuleMeter.Instance.CreateCounter<long>("mattermostxsoar." + name, unit, description);

    private static KeyValuePair<string, object?> Tag(string key, string value) => new(key, value);

    private static KeyValuePair<string, object?> Direction(DeliveryDirection direction) =>
        Tag("direction", direction == DeliveryDirection.ChatToWarRoom ? "to_war_room" : "to_chat");

    private static string KindOf(DeliveryRecord delivery) =>
        delivery.Kind switch
        {
            DeliveryKind.Edit => "edit",
            DeliveryKind.Deletion => "deletion",
            DeliveryKind.Notice => "notice",
            DeliveryKind.Annotation => "annotation",
            _ => "message",
        };

    private static List<Measurement<double>> OfStores(
        Func<StateStore, TimeProvider, IEnumerable<Measurement<double>>> read
    )
    {
        var measurements = new List<Measurement<double>>();
        foreach (var pair in Running)
        {
            try
            {
                measurements.AddRange(read(pair.Key, pair.Value));
            }
            catch (MattermostXsoarException)
            {
                // A store that cannot be read now has no figures; the listener itself reports that.
            }
        }

        return measurements;
    }

    private static IEnumerable<Measurement<double>> Pending(StateStore store, TimeProvider time) =>
        Open(store, DeliveryState.Pending);

    private static IEnumerable<Measurement<double>> Unresolved(StateStore store, TimeProvider time) =>
        Open(store, DeliveryState.Failed);

    private static IEnumerable<Measurement<double>> Open(StateStore store, DeliveryState state)
    {
        var open = store.CountOpen();
        foreach (var direction in new[] { DeliveryDirection.ChatToWarRoom, DeliveryDirection.WarRoomToChat })
            yield return new Measurement<double>(
                open.Where(count => count.State == state && count.Direction == direction).Sum(count => count.Count),
                Direction(direction)
            );
    }

    private static IEnumerable<Measurement<double>> Lag(StateStore store, TimeProvider time)
    {
        var waiting = store.CountOpen().Where(count => count.State == DeliveryState.Pending).ToList();
        var lag = waiting.Count == 0 ? 0 : (time.GetUtcNow() - waiting.Min(count => count.Oldest)).TotalSeconds;
        yield return new Measurement<double>(lag > 0 ? lag : 0);
    }

    private static IEnumerable<Measurement<double>> Mirrors(StateStore store, TimeProvider time) =>
        store
            .ReadMirrors()
            .GroupBy(mirror => mirror.State)
            .Select(group => new Measurement<double>(
                group.Count(),
                Tag("state", group.Key.ToString().ToLowerInvariant())
            ));
}
