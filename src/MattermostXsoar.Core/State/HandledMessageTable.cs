using Microsoft.Data.Sqlite;

namespace MattermostXsoar.Core.State;

/// <summary>
/// The messages to the bot. Each is recorded before anything is done for it, and kept for as long as it could be read
/// again; of one that is done only its id is kept.
/// </summary>
internal sealed class HandledMessageTable(StoreAccess access, TimeProvider time)
{
    /// <summary>The step of the store's layout that makes the table.</summary>
    public const string Layout = """
        CREATE TABLE handled_message (
            post_id     TEXT    NOT NULL PRIMARY KEY,
            channel_id  TEXT    NOT NULL,
            root_id     TEXT    NOT NULL,
            user_id     TEXT    NOT NULL,
            is_direct   INTEGER NOT NULL,
            text        TEXT    NOT NULL,
            written_at  INTEGER NOT NULL,
            state       INTEGER NOT NULL,
            plan        TEXT,
            reply       TEXT,
            recorded_at INTEGER NOT NULL
        );
        CREATE INDEX handled_message_open ON handled_message (state, written_at, post_id) WHERE state < 3;
        CREATE INDEX handled_message_age ON handled_message (recorded_at);
        """;

    private const string Columns =
        "post_id, channel_id, root_id, user_id, is_direct, text, written_at, state, plan, reply";

    /// <summary>Records messages; those that are known already are left as they are.</summary>
    /// <returns>How many were new.</returns>
    public Task<int> RecordAsync(IReadOnlyList<HandledMessage> messages) =>
        access.WriteAsync(
            (connection, statements) =>
                messages.Sum(message =>
                    statements
                        .Get(
                            connection,
                            $"INSERT INTO handled_message ({Columns}, recorded_at) VALUES ($post, $channel, $root, $user, "
                                + "$direct, $text, $written, $state, $plan, $reply, $now) ON CONFLICT DO NOTHING",
                            ("$post", message.PostId),
                            ("$channel", message.ChannelId),
                            ("$root", message.RootId),
                            ("$user", message.UserId),
                            ("$direct", message.IsDirect ? 1L : 0L),
                            ("$text", message.Text),
                            ("$written", message.WrittenAt),
                            ("$state", (long)message.State),
                            ("$plan", message.Plan),
                            ("$reply", message.Reply),
                            ("$now", time.GetUtcNow().ToUnixTimeMilliseconds())
                        )
                        .ExecuteNonQuery()
                )
        );

    /// <summary>The first message that is not done, in the order in which they were written; null for none.</summary>
    public HandledMessage? ReadNext() =>
        access.Read(
            (connection, statements) =>
            {
                using var reader = statements
                    .Get(
                        connection,
                        $"SELECT {Columns} FROM handled_message WHERE state < 3 ORDER BY written_at, post_id LIMIT 1"
                    )
                    .ExecuteReader();
                return reader.Read() ? Of(reader) : null;
            }
        );

    /// <summary>Whether a message was recorded.</summary>
    public bool Has(string postId) =>
        access.Read(
            (connection, statements) =>
                statements
                    .Get(connection, "SELECT 1 FROM handled_message WHERE post_id = $post", ("$post", postId))
                    .ExecuteScalar()
                    is not null
        );

    /// <summary>Stores how far a message is handled. Of one that is done only the id is kept.</summary>
    public Task SaveAsync(HandledMessage message)
    {
        var isDone = message.State == HandledMessageState.Done;
        return access.WriteAsync(
            (connection, statements) =>
                statements
                    .Get(
                        connection,
                        "UPDATE handled_message SET state = $state, text = $text, plan = $plan, reply = $reply "
                            + "WHERE post_id = $post",
                        ("$state", (long)message.State),
                        ("$text", isDone ? "" : message.Text),
                        ("$plan", isDone ? null : message.Plan),
                        ("$reply", isDone ? null : message.Reply),
                        ("$post", message.PostId)
                    )
                    .ExecuteNonQuery()
        );
    }

    /// <summary>Forgets the messages that are done and were recorded longer ago than this.</summary>
    public Task PruneAsync(TimeSpan age) =>
        access.WriteAsync(
            (connection, statements) =>
                statements
                    .Get(
                        connection,
                        "DELETE FROM handled_message WHERE state = 3 AND recorded_at < $before",
                        ("$before", (time.GetUtcNow() - age).ToUnixTimeMilliseconds())
                    )
                    .ExecuteNonQuery()
        );

    private static HandledMessage Of(SqliteDataReader row) =>
        new()
        {
            PostId = row.GetString(0),
            ChannelId = row.GetString(1),
            RootId = row.GetString(2),
            UserId = row.GetString(3),
            IsDirect = row.GetInt64(4) != 0,
            Text = row.GetString(5),
            WrittenAt = row.GetInt64(6),
            State = (HandledMessageState)row.GetInt64(7),
            Plan = row.IsDBNull(8) ? null : row.GetString(8),
            Reply = row.IsDBNull(9) ? null : row.GetString(9),
        };
}
