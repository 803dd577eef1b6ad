using Microsoft.Data.Sqlite;

namespace MattermostXsoar.Core.State;

/// <summary>
/// The schema of the store, as numbered steps: <c>PRAGMA user_version</c> is the number of those applied. A released
/// step is never changed. The SQL is kept simple, so that another database can serve several hosts later.
/// </summary>
internal static class Migrations
{
    /// <summary>
    /// "MMXS": identifies the file in its header (https://www.sqlite.org/pragma.html#pragma_application_id).
    /// </summary>
    public const long ApplicationId = 0x4D4D5853;

    private static readonly string[] Steps =
    [
        """
            CREATE TABLE identity (
                key   TEXT NOT NULL PRIMARY KEY,
                value TEXT NOT NULL
            );
            CREATE TABLE mirror (
                id               INTEGER PRIMARY KEY AUTOINCREMENT,
                investigation_id TEXT    NOT NULL,
                channel_id       TEXT    NOT NULL,
                channel_name     TEXT    NOT NULL,
                team_id          TEXT    NOT NULL,
                team_name        TEXT    NOT NULL,
                type             INTEGER NOT NULL,
                direction        INTEGER NOT NULL,
                auto_close       INTEGER NOT NULL,
                state            INTEGER NOT NULL,
                state_since      INTEGER NOT NULL,
                reason           TEXT,
                generation       INTEGER NOT NULL,
                chat_anchor_id   TEXT,
                chat_anchor_at   INTEGER NOT NULL,
                war_room_cursor  INTEGER NOT NULL,
                from_chat        INTEGER NOT NULL DEFAULT 0,
                from_war_room    INTEGER NOT NULL DEFAULT 0,
                last_delivery_at INTEGER,
                last_error       TEXT,
                UNIQUE (investigation_id, channel_id)
            );
            CREATE TABLE delivery (
                id          INTEGER PRIMARY KEY AUTOINCREMENT,
                mirror_id   INTEGER NOT NULL REFERENCES mirror (id),
                direction   INTEGER NOT NULL,
                source_id   TEXT    NOT NULL,
                part        INTEGER NOT NULL,
                revision    INTEGER NOT NULL,
                kind        INTEGER NOT NULL,
                source_at   INTEGER NOT NULL,
                floor       TEXT,
                payload     TEXT    NOT NULL,
                state       INTEGER NOT NULL,
                target_id   TEXT,
                error       TEXT,
                recorded_at INTEGER NOT NULL,
                UNIQUE (mirror_id, direction, source_id, part, revision)
            );
            CREATE INDEX delivery_open ON delivery (mirror_id, direction, state, id) WHERE state IN (0, 2);
            CREATE INDEX delivery_age ON delivery (recorded_at);
            """,
        // Edits and deletions; the names that a War Room entry may mention.
        """
            ALTER TABLE delivery ADD COLUMN version INTEGER NOT NULL DEFAULT 0;
            ALTER TABLE delivery ADD COLUMN digest INTEGER;
            ALTER TABLE mirror ADD COLUMN chat_changed_at INTEGER NOT NULL DEFAULT 0;
            ALTER TABLE mirror ADD COLUMN war_room_since INTEGER NOT NULL DEFAULT 0;
            ALTER TABLE mirror ADD COLUMN allowed_mentions TEXT NOT NULL DEFAULT '';
            UPDATE mirror SET chat_changed_at = chat_anchor_at, war_room_since = war_room_cursor;
            """,
        // Refused deliveries: when, and how often a person retried them.
        """
            ALTER TABLE delivery ADD COLUMN failed_at INTEGER;
            ALTER TABLE delivery ADD COLUMN retries INTEGER NOT NULL DEFAULT 0;
            """,
        // What of a message a delivery is about (MessageAspect) becomes part of the key; which of them a mirror has to
        // be asked for.
        """
            CREATE TABLE delivery_new (
                id           INTEGER PRIMARY KEY AUTOINCREMENT,
                mirror_id    INTEGER NOT NULL REFERENCES mirror (id),
                direction    INTEGER NOT NULL,
                source_id    TEXT    NOT NULL,
                aspect       INTEGER NOT NULL DEFAULT 0,
                part         INTEGER NOT NULL,
                revision     INTEGER NOT NULL,
                kind         INTEGER NOT NULL,
                source_at    INTEGER NOT NULL,
                lookup_start TEXT,
                payload      TEXT    NOT NULL,
                state        INTEGER NOT NULL,
                target_id    TEXT,
                error        TEXT,
                recorded_at  INTEGER NOT NULL,
                version      INTEGER NOT NULL DEFAULT 0,
                digest       INTEGER,
                failed_at    INTEGER,
                retries      INTEGER NOT NULL DEFAULT 0,
                UNIQUE (mirror_id, direction, source_id, aspect, part, revision)
            );
            INSERT INTO delivery_new (id, mirror_id, direction, source_id, part, revision, kind, source_at,
                lookup_start, payload, state, target_id, error, recorded_at, version, digest, failed_at, retries)
            SELECT id, mirror_id, direction, source_id, part, revision, kind, source_at,
                floor, payload, state, target_id, error, recorded_at, version, digest, failed_at, retries FROM delivery;
            UPDATE sqlite_sequence SET seq = (SELECT seq FROM sqlite_sequence WHERE name = 'delivery')
            WHERE name = 'delivery_new' AND EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'delivery');
            DROP TABLE delivery;
            ALTER TABLE delivery_new RENAME TO delivery;
            CREATE INDEX delivery_open ON delivery (mirror_id, direction, state, id) WHERE state IN (0, 2);
            CREATE INDEX delivery_age ON delivery (recorded_at);
            ALTER TABLE mirror ADD COLUMN optional_aspects TEXT NOT NULL DEFAULT '';
            """,
        // Who can read a mirror's channel, and what was asked for. Mirrors that exist keep the channel they have.
        """
            ALTER TABLE mirror ADD COLUMN allows_public INTEGER NOT NULL DEFAULT 1;
            ALTER TABLE mirror ADD COLUMN is_named INTEGER NOT NULL DEFAULT 1;
            ALTER TABLE mirror ADD COLUMN is_private INTEGER;
            ALTER TABLE mirror ADD COLUMN members INTEGER;
            ALTER TABLE mirror ADD COLUMN guests INTEGER;
            UPDATE mirror SET is_named = 0 WHERE channel_name = 'incident-' || investigation_id;
            """,
        // The file that a delivery brings, and the files of the message's version. Unknown for what was recorded before.
        """
            ALTER TABLE delivery ADD COLUMN item TEXT;
            ALTER TABLE delivery ADD COLUMN files TEXT;
            """,
        // The messages to the bot.
        HandledMessageTable.Layout,
        // Questions and their answers.
        """
            CREATE TABLE question (
                id               INTEGER PRIMARY KEY AUTOINCREMENT,
                channel_id       TEXT    NOT NULL,
                channel_name     TEXT    NOT NULL,
                team_id          TEXT    NOT NULL,
                team_name        TEXT    NOT NULL,
                root_id          TEXT    NOT NULL,
                post_id          TEXT,
                text             TEXT    NOT NULL,
                options          TEXT    NOT NULL,
                answerers        TEXT    NOT NULL,
                votes            INTEGER NOT NULL,
                reply            TEXT    NOT NULL,
                default_response TEXT    NOT NULL,
                investigation_id TEXT    NOT NULL,
                task_id          TEXT    NOT NULL,
                entitlement      TEXT    NOT NULL,
                entries_tag      TEXT    NOT NULL,
                is_persistent    INTEGER NOT NULL,
                created_at       INTEGER NOT NULL,
                expires_at       INTEGER NOT NULL,
                state            INTEGER NOT NULL,
                is_ready         INTEGER NOT NULL DEFAULT 0,
                is_helped        INTEGER NOT NULL DEFAULT 0,
                is_told          INTEGER NOT NULL DEFAULT 0,
                closed_at        INTEGER,
                answer           TEXT,
                answered_by      TEXT,
                answered_at      INTEGER,
                error            TEXT
            );
            CREATE INDEX question_post ON question (post_id);
            CREATE INDEX question_root ON question (root_id);
            CREATE TABLE question_answer (
                id          INTEGER PRIMARY KEY AUTOINCREMENT,
                question_id INTEGER NOT NULL REFERENCES question (id),
                source_id   TEXT    NOT NULL,
                post_id     TEXT    NOT NULL,
                user_id     TEXT    NOT NULL,
                username    TEXT    NOT NULL,
                full_name   TEXT    NOT NULL,
                answer      TEXT    NOT NULL,
                answered_at INTEGER NOT NULL,
                recorded_at INTEGER NOT NULL,
                state       INTEGER NOT NULL,
                entry_id    TEXT,
                UNIQUE (question_id, source_id)
            );
            CREATE INDEX question_answer_post ON question_answer (post_id);
            """,
    ];

    public static long Newest => Steps.Length;

    public static void Apply(SqliteConnection connection, long from, StopPoints stops)
    {
        for (var step = (int)from; step < Steps.Length; step++)
        {
            using var transaction = connection.BeginTransaction();
            using var command = connection.CreateCommand();
            command.Transaction = transaction;
            // Another process may have applied the step since the version was read; now the file is locked.
            command.CommandText = "PRAGMA user_version";
            if (command.ExecuteScalar() is long version && version > step)
                continue;
            command.CommandText =
                Steps[step]
                + FormattableString.Invariant(
                    $"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {step + 1};"
                );
            command.ExecuteNonQuery();
            stops.At(StopPoint.BeforeMigrated);
            transaction.Commit();
            stops.At(StopPoint.AfterMigrated);
        }
    }
}
