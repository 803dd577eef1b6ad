using MattermostXsoar.Core.Mirroring.Outbox;
using MattermostXsoar.Core.State;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring.Outbox;

/// <summary>A mirror whose entries are delivered to a scripted side.</summary>
internal sealed class DeliveryScene : IDisposable
{
    public DeliveryScene()
    {
        Time = new PassingTime(TestMirror.Start, Journal, TestMirror.Options.MarkDelay);
        Mirror = new TestMirror(Time);
        Sink = new ScriptedSink(Journal);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>What was sent, looked up and waited for, in order.</summary>
    public Journal Journal { get; } = new();

    public PassingTime Time { get; }

    public TestMirror Mirror { get; }

    public ScriptedSink Sink { get; }

    /// <summary>What is not known to have arrived.</summary>
    public IEnumerable<string> Waiting => Mirror.Waiting(DeliveryDirection.WarRoomToChat);

    /// <summary>A worker as it is when both sides have been read once: nothing that it gets is in question.</summary>
    /// <param name="maxAttempts">For a pass.</param>
    public DeliveryWorker NewWorker(int? maxAttempts = null)
    {
        var worker = Restarted(maxAttempts);
        worker.Recovery.Close();
        return worker;
    }

    /// <summary>A worker as it is when the process has just begun.</summary>
    /// <param name="maxAttempts">For a pass.</param>
    public DeliveryWorker Restarted(int? maxAttempts = null) =>
        new(Mirror.Store, Mirror.Runtime, Mirror.Health, DeliveryDirection.WarRoomToChat, Sink, maxAttempts);

    public DeliveryRecord Message(string id, string text = "text", int part = 0) =>
        TestDeliveries.Message(Mirror.Record.Id, id, text, part);

    public DeliveryRecord Edit(string id, string text, long version = 1) =>
        TestDeliveries.Edit(Mirror.Record.Id, id, text, version);

    public DeliveryRecord Deletion(string id) => TestDeliveries.Deletion(Mirror.Record.Id, id);

    public Task RecordAsync(DeliveryWorker worker, params string[] ids) =>
        RecordAsync(worker, [.. ids.Select(id => Message(id))]);

    public static Task RecordAsync(DeliveryWorker worker, params DeliveryRecord[] deliveries) =>
        worker.RecordAsync(deliveries, default).InTime();

    /// <summary>Records messages and delivers them.</summary>
    public async Task DeliverAsync(DeliveryWorker worker, params string[] ids)
    {
        await RecordAsync(worker, ids);
        await worker.DrainAsync(Token).InTime();
    }

    /// <summary>Where a message arrived, as the store knows it.</summary>
    public string? TargetOf(string id, int part = 0) =>
        Mirror.Store.TargetOf(Mirror.Record.Id, DeliveryDirection.WarRoomToChat, id, part);

    public void Dispose()
    {
        // What still waits must not go on with a store that is closed.
        Time.Freeze();
        Mirror.Dispose();
        Sink.AssertPlanHappened();
    }
}
