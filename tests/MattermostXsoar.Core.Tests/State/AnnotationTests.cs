using MattermostXsoar.Core.State;
using Xunit;

namespace MattermostXsoar.Core.Tests.State;

/// <summary>Which states of a pin or of reactions the store takes, and how those that wait are merged.</summary>
public sealed class AnnotationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StateStore _store;
    private readonly long _mirror;

    public AnnotationTests()
    {
        _store = StateStore.Open(_folder.File("state.db"), "bot", TimeProvider.System);
        _mirror = _store
            .SaveMirrorAsync(
                new MirrorRecord
                {
                    InvestigationId = "1",
                    ChannelId = "c",
                    ChannelName = "c",
                    TeamId = "t",
                    TeamName = "t",
                    OptionalAspects = [MessageAspect.Reactions],
                },
                [Message("seen") with { MirrorId = 0 }]
            )
            .GetAwaiter()
            .GetResult()
            .Id;
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void What_was_asked_for_comes_back_from_the_file()
    {
        _store.Dispose();
        using var again = StateStore.Open(_folder.File("state.db"), "bot", TimeProvider.System);
        Assert.Equal([MessageAspect.Reactions], Assert.Single(again.ReadMirrors()).OptionalAspects);
    }

    [Fact]
    public async Task A_state_is_taken_if_its_message_is_mirrored_and_it_is_another_than_the_last()
    {
        await RecordAsync(Message("p"));

        Assert.Null(await RecordAsync(Pin("unknown", true, 5)));
        Assert.Null(await RecordAsync(Pin("seen", true, 5)));
        Assert.Null(await RecordAsync(Pin("p", false, 5)));
        Assert.NotNull(await RecordAsync(Pin("p", true, 6)));
        Assert.Null(await RecordAsync(Pin("p", true, 7)));
        Assert.Null(await RecordAsync(Pin("p", false, 5)));
        Assert.NotNull(await RecordAsync(Pin("p", false, 8)));
        Assert.NotNull(await RecordAsync(Pin("unknown", true, 5) with { IsOfKnownMessage = true }));
    }

    /// <summary>A person may pin and unpin within one millisecond of the server's clock.</summary>
    [Fact]
    public async Task States_of_the_same_time_are_all_taken_in_their_order()
    {
        await RecordAsync(Message("p"));

        var first = await RecordAsync(Pin("p", true, 6));
        var second = await RecordAsync(Pin("p", false, 6));
        var third = await RecordAsync(Pin("p", true, 6));

        Assert.Equal([6L, 7L, 8L], [first!.Revision, second!.Revision, third!.Revision]);
        var renewed = await _store.RenewAsync(first);
        Assert.Equal((third.Payload, first.Id), (renewed!.Payload, renewed.Id));
        Assert.Null(await _store.RenewAsync(second));
        Assert.Null(await _store.RenewAsync(third));
    }

    [Fact]
    public async Task Pins_reactions_and_the_message_itself_are_kept_apart()
    {
        var message = await RecordAsync(Message("p"));
        await _store.MarkDoneAsync(message!, "entry");
        var pin = await RecordAsync(Pin("p", true, 6));
        await _store.MarkDoneAsync(pin!, "entry");
        var reactions = await RecordAsync(Pin("p", true, 6) with { Aspect = MessageAspect.Reactions });
        await _store.MarkDoneAsync(reactions!, "reactions");

        Assert.Equal("entry", Target(MessageAspect.Content));
        Assert.Equal("entry", Target(MessageAspect.Pin));
        Assert.Equal("reactions", Target(MessageAspect.Reactions));
        Assert.Equal(1, _store.PartsOf(_mirror, DeliveryDirection.ChatToWarRoom, "p"));
        var known = Assert.Single(_store.ReadKnown(_mirror, DeliveryDirection.ChatToWarRoom, 0));
        Assert.Equal(("p", 0L), (known.SourceId, known.Version));
        Assert.Equal(1, Assert.Single(_store.ReadMirrors()).FromChat);
    }

    private string? Target(MessageAspect aspect) =>
        _store.TargetOf(_mirror, DeliveryDirection.ChatToWarRoom, "p", 0, aspect);

    private async Task<DeliveryRecord?> RecordAsync(DeliveryRecord delivery) =>
        (await _store.RecordAsync(_mirror, [delivery with { MirrorId = _mirror }], default)).SingleOrDefault();

    private static DeliveryRecord Message(string id) =>
        new()
        {
            MirrorId = 0,
            Direction = DeliveryDirection.ChatToWarRoom,
            SourceId = id,
            SourceAt = 1,
            Payload = "text",
        };

    private static DeliveryRecord Pin(string id, bool pinned, long at) =>
        Message(id) with
        {
            Kind = DeliveryKind.Annotation,
            Aspect = MessageAspect.Pin,
            Revision = at,
            Version = at,
            Payload = pinned ? "pinned" : "not pinned",
            Digest = pinned ? TextDigest.Of("pinned") : DeliveryRecord.NoState,
        };
}
