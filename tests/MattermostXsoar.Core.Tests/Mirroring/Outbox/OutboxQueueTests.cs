using MattermostXsoar.Core.Mirroring.Outbox;
using MattermostXsoar.Core.State;
using MattermostXsoar.Core.Tests.State;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring.Outbox;

public sealed class OutboxQueueTests : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Lines_that_several_record_at_once_are_all_taken_and_in_the_order_of_their_numbers()
    {
        const int recorders = 4;
        const int each = 300;
        using var store = StateStore.Open(_folder.File("state.db"), "bot", TimeProvider.System);
        var mirror = await store.SaveMirrorAsync(StateStoreTests.Mirror(), []);
        var outbox = new OutboxQueue(store, mirror.Id, DeliveryDirection.WarRoomToChat);
        using var deadline = new CancellationTokenSource(Deadline);
        var recording = Enumerable
            .Range(0, recorders)
            .Select(recorder =>
                Task.Run(async () =>
                {
                    for (var i = 0; i < each; i++)
                        await outbox.RecordAsync([Line(mirror.Id, $"{recorder}-{i}")], default);
                })
            )
            .ToList();

        var taken = new List<DeliveryRecord>();
        while (taken.Count < recorders * each)
            taken.AddRange(await outbox.TakeAsync(deadline.Token));
        await Task.WhenAll(recording);

        Assert.Equal(recorders * each, taken.Select(line => line.SourceId).Distinct().Count());
        Assert.Equal(taken.Select(line => line.Id).Order(), taken.Select(line => line.Id));
        Assert.Empty(outbox.TryTake());
    }

    private static DeliveryRecord Line(long mirrorId, string source) =>
        new()
        {
            MirrorId = mirrorId,
            Direction = DeliveryDirection.WarRoomToChat,
            SourceId = source,
            Payload = "{}",
        };
}
