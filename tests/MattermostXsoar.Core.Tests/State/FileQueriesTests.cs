using MattermostXsoar.Core.Mirroring.Channels;
using MattermostXsoar.Core.State;
using Microsoft.Data.Sqlite;
using Xunit;

namespace MattermostXsoar.Core.Tests.State;

/// <summary>Which files of a message the store takes for delivery: each once, whatever its place among the message's
/// files.</summary>
public sealed class FileQueriesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StateStore _store;
    private readonly long _mirror;

    public FileQueriesTests()
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
                    ChatAnchorAt = 1000,
                },
                [Message("seen", 0, "a")]
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
    public async Task A_file_is_taken_once_for_a_message_that_was_mirrored()
    {
        await RecordAsync(Message("p", 0, "a", "b"), Part("p", 1, "b"));

        Assert.Empty(await RecordAsync(File("unknown", 5, "x")));
        Assert.Empty(await RecordAsync(Edit("seen", 5, "a", "x"), File("seen", 5, "x")));
        Assert.Equal(
            ["c"],
            await RecordAsync(Edit("p", 5, "a", "b", "c"), File("p", 5, "a"), File("p", 5, "b"), File("p", 5, "c"))
        );
        Assert.Equal(["d"], await RecordAsync(Edit("p", 6, "c", "d"), File("p", 6, "c"), File("p", 6, "d")));
        Assert.Empty(await RecordAsync(Edit("p", 7, "a"), File("p", 7, "a")));
        // Of an older version, which was read late.
        Assert.Empty(await RecordAsync(Edit("p", 6, "c", "e"), File("p", 6, "e")));
    }

    [Fact]
    public async Task What_waits_and_was_removed_is_not_brought_and_is_taken_again_when_it_comes_back()
    {
        await RecordAsync(Message("p", 0, "a", "b"), Part("p", 1, "b"));
        await RecordAsync(Edit("p", 5, "a"));
        var waiting = Pending();

        Assert.Null(await _store.RenewAsync(waiting[1]));
        Assert.Equal(["b"], await RecordAsync(Edit("p", 6, "a", "b"), File("p", 6, "b")));
        Assert.NotNull(await _store.RenewAsync(Pending().Single(line => line.Aspect == MessageAspect.File)));
    }

    [Fact]
    public async Task A_message_that_waits_keeps_its_file_unless_the_edit_removed_it()
    {
        await RecordAsync(Message("p", 0, "b"));
        await RecordAsync(Edit("p", 5, "a", "b"), File("p", 5, "a"));
        Assert.Equal("b", (await _store.RenewAsync(Pending()[0]))!.Item);
        await RecordAsync(Edit("p", 6, "a", "c"), File("p", 6, "a"), File("p", 6, "c"));
        Assert.Equal("a", (await _store.RenewAsync(Pending()[0]))!.Item);
        // What the message brings now is not brought a second time.
        var files = Pending().Where(line => line.Aspect == MessageAspect.File).ToList();
        Assert.Null(await _store.RenewAsync(files[0]));
        Assert.Equal("c", (await _store.RenewAsync(files[1]))!.Item);
    }

    [Fact]
    public async Task After_a_deletion_no_file_is_brought()
    {
        await RecordAsync(Message("p", 0, "a"));
        await RecordAsync(Edit("p", 5, "a", "b"), File("p", 5, "b"));
        var file = Pending().Single(line => line.Aspect == MessageAspect.File);
        await RecordAsync(
            Message("p", 0) with
            {
                Kind = DeliveryKind.Deletion,
                Revision = DeliveryRecord.Deleted,
                Version = DeliveryRecord.Deleted,
                Digest = null,
            }
        );

        Assert.Null(await _store.RenewAsync(file));
        Assert.Empty(await RecordAsync(File("p", 6, "c")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_failed_file_that_an_edit_removed_is_no_failure_and_is_brought_when_it_comes_back(
        bool failsFirst
    )
    {
        await RecordAsync(Message("p", 0, "a", "b"), Part("p", 1, "b"));
        var (message, part) = (Pending()[0], Pending()[1]);
        if (!failsFirst)
            await RecordAsync(Edit("p", 5));
        await _store.MarkFailedAsync(message, "gone", "note");
        await _store.MarkFailedAsync(part, "gone", "note 2");
        Assert.Equal(failsFirst ? 2 : 0, _store.ReadFailed().Count);
        if (failsFirst)
            await RecordAsync(Edit("p", 5));

        Assert.Empty(_store.ReadFailed());
        Assert.Equal("note", _store.TargetOf(_mirror, DeliveryDirection.ChatToWarRoom, "p", 0));
        Assert.Equal(["a", "b"], await RecordAsync(Edit("p", 6, "a", "b"), File("p", 6, "a"), File("p", 6, "b")));
    }

    [Fact]
    public async Task A_failed_file_that_the_message_still_has_stays_a_failure()
    {
        await RecordAsync(Message("p", 0, "a"));
        await _store.MarkFailedAsync(Pending()[0], "too large", "note");
        Assert.Empty(await RecordAsync(Edit("p", 5, "a", "b"), File("p", 5, "a")));

        Assert.Single(_store.ReadFailed());
    }

    [Fact]
    public async Task What_an_edit_changed_is_known_by_the_version_before_it()
    {
        await RecordAsync(Message("p", 0, "a", "b"));
        await RecordAsync(Edit("p", 5, "b"));
        await RecordAsync(Edit("p", 6, "b", "a"));
        var edits = Pending().Where(line => line.Kind == DeliveryKind.Edit).ToList();

        Assert.Equal(["a,b", "b"], edits.Select(_store.FilesBefore));
    }

    [Fact]
    public async Task Of_what_an_earlier_version_of_the_module_recorded_only_files_that_are_newer_than_the_message_are_taken()
    {
        await RecordAsync(Message("p", 0) with { Item = null, Files = null });

        Assert.Equal(
            ["b"],
            await RecordAsync(Edit("p", 5, "a", "b"), File("p", 5, "a") with { IsFirstFile = true }, File("p", 5, "b"))
        );
    }

    [Fact]
    public async Task Which_files_were_brought_is_remembered_for_as_long_as_anything_of_the_message()
    {
        await RecordAsync(Message("p", 0, "a"), Message("q", 0, "a"));
        foreach (var line in Pending())
            await _store.MarkDoneAsync(line, line.SourceId);
        MakeOld();
        await RecordAsync(Edit("p", 5, "a", "b"), File("p", 5, "b"));

        Assert.Equal(1, await _store.PruneAsync(TimeSpan.FromDays(7), TimeSpan.Zero, TimeSpan.Zero));
        Assert.Null(_store.TargetOf(_mirror, DeliveryDirection.ChatToWarRoom, "q", 0));
        Assert.Empty(await RecordAsync(Edit("p", 6, "a", "b"), File("p", 6, "a"), File("p", 6, "b")));
    }

    private void MakeOld()
    {
        using var connection = StoreFile.Connect(_folder.File("state.db"));
        using var command = connection.CreateCommand();
        command.CommandText = "UPDATE delivery SET recorded_at = 1 WHERE source_id <> 'seen'";
        command.ExecuteNonQuery();
    }

    private List<DeliveryRecord> Pending() => _store.ReadPending(_mirror, DeliveryDirection.ChatToWarRoom, 0, 50);

    // The files of those that were new and are files of their own.
    private async Task<List<string?>> RecordAsync(params DeliveryRecord[] lines) =>
        [
            .. (await _store.RecordAsync(_mirror, [.. lines.Select(line => line with { MirrorId = _mirror })], default))
                .Where(line => line.Aspect == MessageAspect.File)
                .Select(line => line.Item),
        ];

    private static DeliveryRecord Message(string source, long version, params string[] files) =>
        new()
        {
            MirrorId = 0,
            Direction = DeliveryDirection.ChatToWarRoom,
            SourceId = source,
            SourceAt = 3,
            Version = version,
            Payload = "{}",
            Digest = TextDigest.Of(string.Join(",", files)),
            Item = files.FirstOrDefault() ?? "",
            Files = string.Join(",", files),
        };

    private static DeliveryRecord Part(string source, int part, string file) =>
        Message(source, 0, file) with
        {
            Part = part,
            Files = null,
        };

    private static DeliveryRecord Edit(string source, long at, params string[] files) =>
        Message(source, at, files) with
        {
            Kind = DeliveryKind.Edit,
            Revision = at,
        };

    private static DeliveryRecord File(string source, long version, string file) =>
        Message(source, version, file) with
        {
            Aspect = MessageAspect.File,
            Files = null,
        };
}
