using MattermostXsoar.Core.Mirroring.Channels;
using MattermostXsoar.Core.State;
using Microsoft.Data.Sqlite;
using Xunit;

namespace MattermostXsoar.Core.Tests.State;

/// <summary>A store of an earlier version is taken over with everything in it.</summary>
public sealed class MigrationTests : IDisposable
{
    // The layout of version 1, as it was released.
    private const string FirstLayout = """
        CREATE TABLE identity (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL);
        CREATE TABLE mirror (
            id INTEGER PRIMARY KEY AUTOINCREMENT, investigation_id TEXT NOT NULL, channel_id TEXT NOT NULL, channel_name TEXT NOT NULL,
            team_id TEXT NOT NULL, team_name TEXT NOT NULL, type INTEGER NOT NULL, direction INTEGER NOT NULL, auto_close INTEGER NOT NULL,
            state INTEGER NOT NULL, state_since INTEGER NOT NULL, reason TEXT, generation INTEGER NOT NULL, chat_anchor_id TEXT,
            chat_anchor_at INTEGER NOT NULL, war_room_cursor INTEGER NOT NULL, from_chat INTEGER NOT NULL DEFAULT 0,
            from_war_room INTEGER NOT NULL DEFAULT 0, last_delivery_at INTEGER, last_error TEXT, UNIQUE (investigation_id, channel_id));
        CREATE TABLE delivery (
            id INTEGER PRIMARY KEY AUTOINCREMENT, mirror_id INTEGER NOT NULL REFERENCES mirror (id), direction INTEGER NOT NULL,
            source_id TEXT NOT NULL, part INTEGER NOT NULL, revision INTEGER NOT NULL, kind INTEGER NOT NULL, source_at INTEGER NOT NULL,
            floor TEXT, payload TEXT NOT NULL, state INTEGER NOT NULL, target_id TEXT, error TEXT, recorded_at INTEGER NOT NULL,
            UNIQUE (mirror_id, direction, source_id, part, revision));
        CREATE INDEX delivery_open ON delivery (mirror_id, direction, state, id) WHERE state IN (0, 2);
        CREATE INDEX delivery_age ON delivery (recorded_at);
        INSERT INTO identity VALUES ('mattermost-bot', 'bot');
        INSERT INTO mirror VALUES (1, '7', 'c1', 'incident-7', 't1', 'panw', 0, 0, 1, 0, 1795445020102, NULL, 3, 'p0', 1795445020000, 639000000000000000, 12, 5, NULL, NULL);
        INSERT INTO delivery VALUES (1, 1, 0, 'p1', 0, 0, 0, 1795445020102, '0', '{"PostId":"p1"}', 0, NULL, NULL, 1795445020103);
        INSERT INTO delivery VALUES (2, 1, 0, 'p2', 0, 0, 0, 1795445020104, '0', '', 1, '5@7', NULL, 1795445020105);
        INSERT INTO delivery VALUES (3, 1, 1, '9@7', 1, 0, 0, 1795445020106, 'p0', '{"Text":"x"}', 2, NULL, 'refused', 1795445020107);
        PRAGMA application_id = 1296914515;
        PRAGMA user_version = 1;
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_store_of_the_first_version_is_used_with_its_mirrors_and_deliveries()
    {
        MakeFirst();
        using var store = StateStore.Open(_folder.File("state.db"), "bot", TimeProvider.System);

        var mirror = Assert.Single(store.ReadMirrors());
        Assert.Equal(
            ("7", "incident-7", 12L, 5L, 3L),
            (mirror.InvestigationId, mirror.ChannelName, mirror.FromChat, mirror.FromWarRoom, mirror.Generation)
        );
        Assert.Equal((mirror.ChatAnchorAt, mirror.WarRoomCursor), (mirror.ChatChangedAt, mirror.WarRoomSince));
        Assert.Empty(mirror.AllowedMentions);
        Assert.Equal("p1", Assert.Single(store.ReadPending(1, DeliveryDirection.ChatToWarRoom, 0, 10)).SourceId);
        Assert.Equal("5@7", store.TargetOf(1, DeliveryDirection.ChatToWarRoom, "p2", 0));
        Assert.Contains(store.CountOpen(), count => count is { State: DeliveryState.Failed, Count: 1 });

        // What was mirrored before can be edited now.
        var edit = new DeliveryRecord
        {
            MirrorId = 1,
            Direction = DeliveryDirection.ChatToWarRoom,
            SourceId = "p2",
            Kind = DeliveryKind.Edit,
            Revision = 1795445030000,
            Version = 1795445030000,
            Digest = TextDigest.Of("new"),
            Payload = "{}",
        };
        Assert.Single(await store.RecordAsync(1, [edit], default));
    }

    [Fact]
    public void A_store_that_was_made_new_and_one_that_was_taken_over_have_the_same_layout()
    {
        MakeFirst();
        StateStore.Open(_folder.File("state.db"), "bot", TimeProvider.System).Dispose();
        StateStore.Open(_folder.File("new.db"), "bot", TimeProvider.System).Dispose();

        Assert.Equal(Columns("new.db"), Columns("state.db"));
    }

    private void MakeFirst()
    {
        using var connection = StoreFile.Connect(_folder.File("state.db"));
        using var command = connection.CreateCommand();
        command.CommandText = FirstLayout;
        command.ExecuteNonQuery();
    }

    private List<string> Columns(string file)
    {
        using var connection = StoreFile.Connect(_folder.File(file));
        using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT m.name || '.' || c.name || ' ' || c.type || ' ' || c."notnull" FROM sqlite_master m JOIN pragma_table_info(m.name) c
            WHERE m.type = 'table' ORDER BY m.name, c.cid
            """;
        using SqliteDataReader reader = command.ExecuteReader();
        var found = new List<string>();
        while (reader.Read())
            found.Add(reader.GetString(0));
        return found;
    }
}
