using System.Collections.Concurrent;
using MattermostXsoar.Core.Mirroring.Outbox;
using MattermostXsoar.Core.State;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring.Outbox;

/// <summary>
/// A side to deliver to, without a server: it does what the test planned and otherwise takes everything, writes down
/// what it is asked (<c>send a</c>, <c>find a,b</c>), and finds what arrived. Of an entry it took in place of another
/// (<see cref="Refuse"/>) it shows the same mark, as the servers do.
/// </summary>
internal sealed class ScriptedSink(Journal journal) : IDeliverySink
{
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Send>> _sends = new();
    private readonly ConcurrentQueue<Func<Func<DeliveryRecord, string?>>> _finds = new();
    private readonly ConcurrentDictionary<string, string> _arrived = new();
    private readonly ConcurrentQueue<(string Name, string Text)> _sent = new();
    private readonly ConcurrentDictionary<string, Func<Exception>> _refused = new();
    private readonly ConcurrentQueue<Func<DeliveryOutcome>> _notes = new();

    public delegate Task<DeliveryOutcome> Send(DeliveryRecord delivery, CancellationToken cancellationToken);

    /// <summary>The texts that were sent, in order.</summary>
    public IEnumerable<(string Name, string Text)> Sent => _sent;

    /// <summary>What happens at the next sends of a delivery; afterwards it is taken.</summary>
    public void OnSend(string name, params Send[] steps)
    {
        foreach (var step in steps)
            _sends.GetOrAdd(name, _ => new()).Enqueue(step);
    }

    /// <summary>What happens at the next look-ups; afterwards they find what arrived.</summary>
    public void OnFind(params Func<Func<DeliveryRecord, string?>>[] steps)
    {
        foreach (var step in steps)
            _finds.Enqueue(step);
    }

    /// <summary>Whether the servers answer other calls than the deliveries.</summary>
    public bool Answers { get; set; }

    /// <summary>No send of a delivery succeeds until <see cref="Accept"/>, after what is planned for it.</summary>
    public void RefuseAlways(string name, Func<Exception> error) => _refused[name] = error;

    /// <summary>What was refused always is taken from now on.</summary>
    public void Accept(string name) => _refused.TryRemove(name, out _);

    /// <summary>What happens at the next notes in the place of a delivery.</summary>
    public void OnNote(params Func<DeliveryOutcome>[] steps)
    {
        foreach (var step in steps)
            _notes.Enqueue(step);
    }

    /// <summary>It is there, whoever sent it.</summary>
    public string Arrives(string name) => _arrived[name] = "on-" + name;

    public DeliveryOutcome Take(DeliveryRecord delivery) =>
        DeliveryOutcome.Arrived(Arrives(TestDeliveries.NameOf(delivery)));

    /// <summary>It is not taken, and nothing happens.</summary>
    public static Send Throw(Exception exception) => (_, _) => throw exception;

    /// <summary>It is taken, but the answer is lost.</summary>
    public Send TakeAndThrow(Exception exception) =>
        (delivery, _) =>
        {
            Take(delivery);
            throw exception;
        };

    /// <summary>It is not taken; a note is posted in its place.</summary>
    public Send Refuse(string note, string why) =>
        (delivery, _) =>
        {
            _arrived[TestDeliveries.NameOf(delivery)] = note;
            return Task.FromResult(DeliveryOutcome.Refused(note, why));
        };

    /// <summary>It is taken, and the test looks at something at this moment.</summary>
    public Send TakeAnd(Action act) =>
        (delivery, _) =>
        {
            act();
            return Task.FromResult(Take(delivery));
        };

    /// <summary>What is there at this moment.</summary>
    public Func<DeliveryRecord, string?> There()
    {
        var there = new Dictionary<string, string>(_arrived);
        return delivery => there.GetValueOrDefault(TestDeliveries.NameOf(delivery));
    }

    public async Task<DeliveryOutcome> SendAsync(DeliveryRecord line, CancellationToken cancellationToken)
    {
        var name = TestDeliveries.NameOf(line);
        journal.Add("send " + name);
        _sent.Enqueue((name, line.Payload.Length == 0 ? "" : EntryPayload.FromJson(line.Payload).Text));
        return _sends.TryGetValue(name, out var steps) && steps.TryDequeue(out var step)
                ? await step(line, cancellationToken)
            : _refused.TryGetValue(name, out var error) ? throw error()
            : Take(line);
    }

    public Task ProbeAsync(CancellationToken cancellationToken)
    {
        journal.Add("probe");
        return Answers ? Task.CompletedTask : throw TestErrors.Busy;
    }

    public Task<DeliveryOutcome> GiveUpAsync(
        DeliveryRecord delivery,
        Exception cause,
        CancellationToken cancellationToken
    )
    {
        journal.Add("note " + TestDeliveries.NameOf(delivery));
        return Task.FromResult(_notes.TryDequeue(out var step) ? step() : throw TestErrors.Busy);
    }

    public Task<Func<DeliveryRecord, string?>> FindAsync(
        IReadOnlyList<DeliveryRecord> lines,
        CancellationToken cancellationToken
    )
    {
        journal.Add("find " + string.Join(",", lines.Select(TestDeliveries.NameOf)));
        return Task.FromResult(_finds.TryDequeue(out var step) ? step() : There());
    }

    /// <summary>A test whose plan did not happen has not tested what its name promises.</summary>
    public void AssertPlanHappened()
    {
        Assert.All(
            _sends,
            planned => Assert.True(planned.Value.IsEmpty, $"A planned send of {planned.Key} never came.")
        );
        Assert.True(_finds.IsEmpty, "A planned look-up never came.");
        Assert.True(_notes.IsEmpty, "A planned note never came.");
    }
}
