using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mirroring.Channels;
using MattermostXsoar.Core.State;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace MattermostXsoar.Core.Tests.State;

public sealed class StateStoreTests : IDisposable
{
    private const string Bot = "sz56ahbhe7r48jqif4sqi8brmo";

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 3, 0, 0, TimeSpan.Zero));

    private string StatePath => _folder.File("state.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_recorded_delivery_is_there_after_the_file_is_opened_again()
    {
        long mirrorId;
        using (var store = Open())
        {
            mirrorId = (await store.SaveMirrorAsync(Mirror(), [])).Id;
            await store.RecordAsync(
                mirrorId,
                [Message(mirrorId, "post1"), Message(mirrorId, "post2")],
                ReadPosition.Chat("post1", 5)
            );
        }

        using var again = Open();
        var pending = again.ReadPending(mirrorId, DeliveryDirection.ChatToWarRoom, 0, 10);
        Assert.Equal(["post1", "post2"], pending.Select(line => line.SourceId));
        Assert.Equal("{}", pending[0].Payload);
        var mirror = Assert.Single(again.ReadMirrors());
        Assert.Equal(("post1", 5), (mirror.ChatAnchorId, mirror.ChatAnchorAt));
    }

    [Fact]
    public async Task The_same_message_is_recorded_once_however_often_it_comes()
    {
        using var store = Open();
        var mirrorId = (await store.SaveMirrorAsync(Mirror(), [])).Id;
        var first = await store.RecordAsync(mirrorId, [Message(mirrorId, "post1")], default);
        var second = await store.RecordAsync(
            mirrorId,
            [Message(mirrorId, "post1"), Message(mirrorId, "post2")],
            default
        );

        Assert.Single(first);
        Assert.Equal("post2", Assert.Single(second).SourceId);
        Assert.Equal(2, store.ReadPending(mirrorId, DeliveryDirection.ChatToWarRoom, 0, 10).Count);
    }

    [Fact]
    public async Task Further_parts_of_a_message_that_is_known_are_not_taken_for_new()
    {
        using var store = Open();
        var mirrorId = (await store.SaveMirrorAsync(Mirror(), [Message(0, "seen")])).Id;

        Assert.Empty(
            await store.RecordAsync(
                mirrorId,
                [Message(mirrorId, "seen"), Message(mirrorId, "seen") with { Part = 1 }],
                default
            )
        );
        Assert.Equal(
            2,
            (
                await store.RecordAsync(
                    mirrorId,
                    [Message(mirrorId, "new"), Message(mirrorId, "new") with { Part = 1 }],
                    default
                )
            ).Count
        );
    }

    [Fact]
    public void The_rights_on_a_file_of_somebody_else_stay_as_they_are()
    {
        // Windows keeps rights with the folder.
        if (OperatingSystem.IsWindows())
            return;
        File.WriteAllText(StatePath, new string('x', 2000));
        const UnixFileMode Mode =
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        File.SetUnixFileMode(StatePath, Mode);
        Assert.Equal(ErrorIds.StoreDamaged, Assert.Throws<MattermostXsoarException>(Open).ErrorId);
        Assert.Equal(Mode, File.GetUnixFileMode(StatePath));

        File.Delete(StatePath);
        Open().Dispose();
        File.SetUnixFileMode(StatePath, Mode);
        Open().Dispose();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(StatePath));
    }

    [Fact]
    public async Task A_delivery_that_arrived_is_counted_once_and_its_text_deleted()
    {
        using var store = Open();
        var mirrorId = (await store.SaveMirrorAsync(Mirror(), [])).Id;
        var line = (await store.RecordAsync(mirrorId, [Message(mirrorId, "post1")], default))[0];
        await store.MarkDoneAsync(line, "7@1");
        await store.MarkDoneAsync(line, "7@1");

        Assert.Equal(1, store.ReadMirrors()[0].FromChat);
        Assert.Empty(store.ReadPending(mirrorId, DeliveryDirection.ChatToWarRoom, 0, 10));
        Assert.Equal("7@1", store.TargetOf(mirrorId, DeliveryDirection.ChatToWarRoom, "post1", 0));
        Assert.DoesNotContain("secret text", ReadAllText(StatePath + "-wal"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stop_by_a_person_is_not_undone_by_a_loop_that_reports_its_state_later()
    {
        using var store = Open();
        var id = (await store.SaveMirrorAsync(Mirror(), [])).Id;
        await store.SetMirrorStateAsync(id, MirrorState.Stopped, null, byPerson: true, MirrorState.Active);
        var changed = await store.SetMirrorStateAsync(
            id,
            MirrorState.Paused,
            "late",
            byPerson: false,
            MirrorState.Active,
            MirrorState.Paused
        );

        Assert.False(changed);
        Assert.Equal(MirrorState.Stopped, store.ReadMirrors()[0].State);
    }

    [Fact]
    public async Task Work_queued_at_once_shares_transactions_and_a_bad_item_takes_no_neighbour_with_it()
    {
        using var store = Open();
        var mirrorId = (await store.SaveMirrorAsync(Mirror(), [])).Id;
        var good = Enumerable
            .Range(0, 200)
            .Select(i => store.RecordAsync(mirrorId, [Message(mirrorId, $"post{i}")], default))
            .ToList();
        var bad = store.RecordAsync(999, [Message(999, "orphan")], default);
        good.AddRange(
            Enumerable
                .Range(200, 200)
                .Select(i => store.RecordAsync(mirrorId, [Message(mirrorId, $"post{i}")], default))
        );

        await Assert.ThrowsAsync<MattermostXsoarException>(() => bad);
        await Task.WhenAll(good);
        Assert.Equal(400, store.ReadPending(mirrorId, DeliveryDirection.ChatToWarRoom, 0, 1000).Count);
    }

    [Fact]
    public async Task Two_processes_may_write_and_each_sees_that_the_other_did()
    {
        using var one = Open();
        using var two = Open();
        var before = one.DataVersion();
        await two.SaveMirrorAsync(Mirror(), []);

        Assert.NotEqual(before, one.DataVersion());
        Assert.Single(one.ReadMirrors());
    }

    [Fact]
    public async Task Old_finished_deliveries_are_deleted_but_never_one_that_a_reading_can_bring_again()
    {
        using var store = Open();
        var mirrorId = (
            await store.SaveMirrorAsync(Mirror() with { ChatAnchorId = "anchor", ChatAnchorAt = 100 }, [])
        ).Id;
        var lines = await store.RecordAsync(
            mirrorId,
            [
                Message(mirrorId, "old") with
                {
                    SourceAt = 50,
                },
                Message(mirrorId, "behind the anchor") with
                {
                    SourceAt = 150,
                },
                Message(mirrorId, "pending") with
                {
                    SourceAt = 50,
                },
            ],
            default
        );
        await store.MarkDoneAsync(lines[0], "1@1");
        await store.MarkDoneAsync(lines[1], "2@1");
        _time.Advance(TimeSpan.FromDays(8));

        Assert.Equal(1, await store.PruneAsync(TimeSpan.FromDays(7), TimeSpan.Zero, TimeSpan.FromMinutes(2)));
        Assert.Null(store.TargetOf(mirrorId, DeliveryDirection.ChatToWarRoom, "old", 0));
        Assert.Equal("2@1", store.TargetOf(mirrorId, DeliveryDirection.ChatToWarRoom, "behind the anchor", 0));
        Assert.Single(store.ReadPending(mirrorId, DeliveryDirection.ChatToWarRoom, 0, 10));
    }

    [Fact]
    public void The_file_can_be_read_by_its_owner_only()
    {
        // Windows protects the user's folders by their own rights.
        if (OperatingSystem.IsWindows())
            return;
        using var store = Open();
        foreach (var file in Directory.GetFiles(_folder.Path))
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Theory]
    [Trait("Category", "Fault")]
    [InlineData(
        "This is no database at all, but somebody's notes, long enough to be taken for a header of SQLite if one does not look."
    )]
    [InlineData("x")]
    public void A_file_that_is_no_store_is_refused_with_advice_and_left_as_it_is(string contents)
    {
        File.WriteAllText(StatePath, contents);
        var error = Assert.Throws<MattermostXsoarException>(Open);

        Assert.Equal((ErrorIds.StoreDamaged, ErrorKind.Store), (error.ErrorId, error.Kind));
        Assert.Contains(StatePath, error.Message, StringComparison.Ordinal);
        Assert.Contains("backup", error.Advice, StringComparison.Ordinal);
        Assert.Equal(contents, File.ReadAllText(StatePath));
    }

    [Fact]
    [Trait("Category", "Fault")]
    public async Task A_store_whose_pages_were_overwritten_is_refused()
    {
        using (var store = Open())
        {
            var id = (await store.SaveMirrorAsync(Mirror(), [])).Id;
            await store.RecordAsync(
                id,
                Enumerable.Range(0, 500).Select(i => Message(id, $"post{i}")).ToList(),
                default
            );
        }

        using (var file = new FileStream(StatePath, FileMode.Open, FileAccess.Write))
        {
            file.Position = 4096 * 3;
            file.Write(new byte[4096 * 4]);
        }

        Assert.Equal(ErrorIds.StoreDamaged, Assert.Throws<MattermostXsoarException>(Open).ErrorId);
    }

    [Fact]
    public void Another_programs_database_is_refused()
    {
        Execute("CREATE TABLE theirs (id INTEGER)");
        Assert.Equal(ErrorIds.StoreDamaged, Assert.Throws<MattermostXsoarException>(Open).ErrorId);
    }

    [Fact]
    public void A_newer_layout_is_refused_and_left_as_it_is()
    {
        using (Open()) { }

        Execute("PRAGMA user_version = 99");
        var error = Assert.Throws<MattermostXsoarException>(Open);
        Assert.Equal(ErrorIds.StoreTooNew, error.ErrorId);
        Assert.Contains("Update the module", error.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_bots_store_is_refused()
    {
        using (Open()) { }

        var error = Assert.Throws<MattermostXsoarException>(() =>
            StateStore.Open(StatePath, "hauke1owxty97m8fgfgearpi5w", _time)
        );
        Assert.Equal(ErrorIds.StoreOfAnotherBot, error.ErrorId);
        Assert.Contains(Bot, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Category", "Fault")]
    public void A_place_that_cannot_be_written_is_named()
    {
        var blocked = _folder.File("file");
        File.WriteAllText(blocked, "");
        var error = Assert.Throws<MattermostXsoarException>(() =>
            StateStore.Open(Path.Combine(blocked, "state.db"), Bot, _time)
        );
        Assert.Equal(ErrorIds.StoreUnavailable, error.ErrorId);
        Assert.Contains("-StatePath", error.Advice, StringComparison.Ordinal);
    }

    internal static MirrorRecord Mirror() =>
        new()
        {
            InvestigationId = "1",
            ChannelId = "gi6p9d8dqfybzmx8oie6utdakr",
            ChannelName = "incident-1",
            TeamId = "3hrrjm7wp38edqcdc9eqmq3gay",
            TeamName = "panw",
        };

    private static DeliveryRecord Message(long mirrorId, string postId) =>
        new()
        {
            MirrorId = mirrorId,
            Direction = DeliveryDirection.ChatToWarRoom,
            SourceId = postId,
            Payload = "{}",
        };

    private static string ReadAllText(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private StateStore Open() => StateStore.Open(StatePath, Bot, _time);

    private void Execute(string sql)
    {
        SQLitePCL.Batteries_V2.Init();
        using var connection = new SqliteConnection($"Data Source={StatePath};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
