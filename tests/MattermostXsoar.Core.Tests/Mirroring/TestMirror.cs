using MattermostXsoar.Core.Mirroring.Diagnostics;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.Mirroring.Resilience;
using MattermostXsoar.Core.State;
using MattermostXsoar.Core.Tests.Mirroring.Logging;
using MattermostXsoar.Core.Tests.State;
using Microsoft.Data.Sqlite;

namespace MattermostXsoar.Core.Tests.Mirroring;

/// <summary>A mirror in a store of its own, and what its parts run with: no server, no listener.</summary>
internal sealed class TestMirror : IDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();
    private volatile Action<string>? _atStep;

    /// <param name="time">The clock of all parts.</param>
    /// <param name="mirror">The mirror; null for an active one of both directions.</param>
    /// <param name="seen">What was there before the mirror began.</param>
    /// <param name="options">The intervals; null for <see cref="Options"/>.</param>
    public TestMirror(
        TimeProvider time,
        MirrorRecord? mirror = null,
        IReadOnlyList<DeliveryRecord>? seen = null,
        MirrorOptions? options = null
    )
    {
        var stops = new StopPoints(step => _atStep?.Invoke(step));
        Store = StateStore.Open(_folder.File("state.db"), "bot", time, stops);
        Record = Store.SaveMirrorAsync(mirror ?? StateStoreTests.Mirror(), seen ?? []).GetAwaiter().GetResult();
        Runtime = new MirrorRuntime
        {
            Time = time,
            Random = () => 0.5,
            Options = options ?? Options,
            Log = new ListenerLog(time),
            StopPoints = stops,
        };
        Log = new LogReader(Runtime.Log);
        Health = new MirrorHealth(Store, Runtime, Record);
    }

    /// <summary>Intervals of the usual length, with which each wait is a whole number of milliseconds: the first after
    /// failures are 0.75, 1.5 and 3 seconds.</summary>
    public static MirrorOptions Options { get; } = new() { FirstRetry = TimeSpan.FromSeconds(1) };

    public StateStore Store { get; }

    /// <summary>The mirror as it was at the start.</summary>
    public MirrorRecord Record { get; }

    /// <summary>The mirror as the store has it now.</summary>
    public MirrorRecord Stored => Store.ReadMirrors().Single(mirror => mirror.Id == Record.Id);

    public MirrorRuntime Runtime { get; }

    public MirrorHealth Health { get; }

    public LogReader Log { get; }

    /// <summary>Called at each step between two writes, with the <see cref="StopPoint"/>'s name; what it throws, the
    /// code meets there.</summary>
    public void AtStep(Action<string>? act) => _atStep = act;

    /// <summary>From now on no write of the store succeeds: the disk is full.</summary>
    public void RefuseWrites() =>
        AtStep(step =>
        {
            if (step == nameof(StopPoint.BeforeCommit))
                throw new SqliteException("database or disk is full", SQLitePCL.raw.SQLITE_FULL);
        });

    public void AllowWrites() => AtStep(null);

    /// <summary>What waits in a direction, in order.</summary>
    public IEnumerable<string> Waiting(DeliveryDirection direction) =>
        Store.ReadPending(Record.Id, direction, 0, int.MaxValue).Select(TestDeliveries.NameOf);

    public void Dispose()
    {
        Log.Dispose();
        Store.Dispose();
        _folder.Dispose();
    }
}
