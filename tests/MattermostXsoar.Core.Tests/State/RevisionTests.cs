using MattermostXsoar.Core.Mirroring.Channels;
using MattermostXsoar.Core.State;
using Xunit;

namespace MattermostXsoar.Core.Tests.State;

/// <summary>Which edits and deletions the store takes, and what they do to messages that wait.</summary>
public sealed class RevisionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StateStore _store;
    private readonly long _mirror;

    public RevisionTests()
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
                },
                [Message("seen", "said before") with { MirrorId = 0 }]
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
    public async Task An_edit_needs_a_message_that_was_mirrored_and_another_text_and_a_newer_time()
    {
        await RecordAsync(Message("p", "one"));

        Assert.False(await RecordAsync(Edit("unknown", "two", 5)));
        Assert.False(await RecordAsync(Edit("seen", "two", 5)));
        Assert.False(await RecordAsync(Edit("p", "one", 5)));
        Assert.True(await RecordAsync(Edit("p", "two", 6)));
        Assert.False(await RecordAsync(Edit("p", "two", 6)));
        Assert.False(await RecordAsync(Edit("p", "older", 4)));
        Assert.True(await RecordAsync(Edit("p", "one", 7)));
    }

    [Fact]
    public async Task After_a_deletion_nothing_is_taken()
    {
        await RecordAsync(Message("p", "one"));

        Assert.True(await RecordAsync(Deletion("p")));
        Assert.False(await RecordAsync(Deletion("p")));
        Assert.False(await RecordAsync(Edit("p", "two", 6)));
        Assert.False(await RecordAsync(Message("p", "one")));
        Assert.False(await RecordAsync(Deletion("seen")));
    }

    [Fact]
    public async Task A_message_that_waits_takes_its_newest_edit_in_and_the_edits_are_not_sent()
    {
        await RecordAsync(Message("p", "one"));
        await RecordAsync(Edit("p", "two", 6));
        await RecordAsync(Edit("p", "three", 7));
        var pending = _store.ReadPending(_mirror, DeliveryDirection.ChatToWarRoom, 0, 10);
        var renewed = await _store.RenewAsync(pending[0]);

        Assert.Equal(("three", 7L, 0L), (renewed!.Payload, renewed.Version, renewed.Revision));
        Assert.Null(await _store.RenewAsync(pending[1]));
        Assert.Null(await _store.RenewAsync(pending[2]));
        Assert.Equal(renewed, Assert.Single(_store.ReadPending(_mirror, DeliveryDirection.ChatToWarRoom, 0, 10)));
        Assert.False(await RecordAsync(Edit("p", "three", 7)));
        Assert.True(await RecordAsync(Edit("p", "four", 8)));
    }

    [Fact]
    public async Task A_message_that_waits_and_was_deleted_is_not_sent()
    {
        await RecordAsync(Message("p", "one"));
        await RecordAsync(Edit("p", "two", 6));
        await RecordAsync(Deletion("p"));
        var pending = _store.ReadPending(_mirror, DeliveryDirection.ChatToWarRoom, 0, 10);

        Assert.Null(await _store.RenewAsync(pending[0]));
        Assert.Null(await _store.RenewAsync(pending[1]));
        Assert.Equal(DeliveryKind.Deletion, (await _store.RenewAsync(pending[2]))!.Kind);
        Assert.Equal(
            DeliveryKind.Deletion,
            Assert.Single(_store.ReadPending(_mirror, DeliveryDirection.ChatToWarRoom, 0, 10)).Kind
        );
    }

    [Fact]
    public async Task A_message_that_arrived_is_left_as_it_was_sent()
    {
        await RecordAsync(Message("p", "one"));
        var line = Assert.Single(_store.ReadPending(_mirror, DeliveryDirection.ChatToWarRoom, 0, 10));
        await _store.MarkDoneAsync(line, "5@1");
        await RecordAsync(Edit("p", "two", 6));
        var edit = Assert.Single(_store.ReadPending(_mirror, DeliveryDirection.ChatToWarRoom, 0, 10));

        Assert.Equal(edit, await _store.RenewAsync(edit));
        Assert.Equal("5@1", _store.TargetOf(_mirror, DeliveryDirection.ChatToWarRoom, "p", 0));
        await _store.MarkDoneAsync(edit, "6@1");
        Assert.Equal("6@1", _store.TargetOf(_mirror, DeliveryDirection.ChatToWarRoom, "p", 0));
        Assert.True(_store.IsOurs(_mirror, DeliveryDirection.ChatToWarRoom, "5@1", DateTimeOffset.MinValue));
        Assert.Equal(["5@1", "6@1"], _store.TargetsOf(_mirror, DeliveryDirection.ChatToWarRoom, "p", 0));
        Assert.Equal(1, _store.ReadMirrors()[0].FromChat);
    }

    [Fact]
    public async Task What_is_known_leaves_out_what_was_posted_before_and_what_was_deleted()
    {
        await RecordAsync(Message("p", "one"));
        await RecordAsync(Message("q", "two"));
        await RecordAsync(Edit("q", "three", 9));
        await RecordAsync(Message("r", "gone"));
        await RecordAsync(Deletion("r"));

        Assert.Equal(
            [new KnownMessage("p", 3, 0), new KnownMessage("q", 3, 9)],
            _store.ReadKnown(_mirror, DeliveryDirection.ChatToWarRoom, 0)
        );
        Assert.Empty(_store.ReadKnown(_mirror, DeliveryDirection.ChatToWarRoom, 4));
    }

    private async Task<bool> RecordAsync(DeliveryRecord line) =>
        (await _store.RecordAsync(_mirror, [line with { MirrorId = _mirror }], default)).Count == 1;

    private static DeliveryRecord Message(string source, string text) =>
        new()
        {
            MirrorId = 0,
            Direction = DeliveryDirection.ChatToWarRoom,
            SourceId = source,
            SourceAt = 3,
            Payload = text,
            Digest = TextDigest.Of(text),
        };

    private static DeliveryRecord Edit(string source, string text, long at) =>
        Message(source, text) with
        {
            Kind = DeliveryKind.Edit,
            Revision = at,
            Version = at,
        };

    private static DeliveryRecord Deletion(string source) =>
        Message(source, "") with
        {
            Kind = DeliveryKind.Deletion,
            Revision = DeliveryRecord.Deleted,
            Version = DeliveryRecord.Deleted,
            Digest = null,
        };
}
