using Microsoft.Data.Sqlite;

namespace MattermostXsoar.Core.State;

/// <summary>The SQL of the table <c>delivery</c>: the outbox, and the map of what came from where.</summary>
internal sealed class DeliveryQueries(Statements statements)
{
    private const long UnixEpochTicks = 621_355_968_000_000_000;

    internal const string Columns =
        "id, mirror_id, direction, source_id, part, revision, kind, source_at, floor, payload, state, target_id, version, digest, retries";

    /// <summary>Adds a line unless it is there already.</summary>
    /// <returns>Its number, or null when the same line was recorded before.</returns>
    public long? Insert(SqliteConnection connection, DeliveryRecord line, DateTimeOffset now)
    {
        using var reader = statements
            .Get(
                connection,
                """
                INSERT INTO delivery (mirror_id, direction, source_id, part, revision, kind, source_at, floor, payload, state, recorded_at, version, digest)
                VALUES ($mirror, $direction, $source, $part, $revision, $kind, $at, $floor, $payload, $state, $now, $version, $digest)
                ON CONFLICT (mirror_id, direction, source_id, part, revision) DO NOTHING
                RETURNING id
                """,
                ("$mirror", line.MirrorId),
                ("$direction", (int)line.Direction),
                ("$source", line.SourceId),
                ("$part", line.Part),
                ("$revision", line.Revision),
                ("$kind", (int)line.Kind),
                ("$at", line.SourceAt),
                ("$floor", line.LookupStart.ToText()),
                ("$payload", line.Payload),
                ("$state", (int)line.State),
                ("$now", now.ToUnixTimeMilliseconds()),
                ("$version", line.Version),
                ("$digest", line.Digest)
            )
            .ExecuteReader();
        return reader.Read() ? reader.GetInt64(0) : null;
    }

    /// <summary>The next lines not known to have arrived, in the order in which they are to be delivered.</summary>
    public List<DeliveryRecord> ReadPending(
        SqliteConnection connection,
        long mirrorId,
        DeliveryDirection direction,
        long afterId,
        int limit
    )
    {
        var found = new List<DeliveryRecord>();
        using var reader = statements
            .Get(
                connection,
                $"SELECT {Columns} FROM delivery WHERE mirror_id = $mirror AND direction = $direction AND state = 0 AND id > $after ORDER BY id LIMIT $limit",
                ("$mirror", mirrorId),
                ("$direction", (int)direction),
                ("$after", afterId),
                ("$limit", limit)
            )
            .ExecuteReader();
        while (reader.Read())
            found.Add(Read(reader));
        return found;
    }

    /// <summary>Marks a line as arrived and forgets its text.</summary>
    /// <returns>False when it was marked before.</returns>
    public bool MarkDone(SqliteConnection connection, long id, string targetId) =>
        statements
            .Get(
                connection,
                "UPDATE delivery SET state = 1, target_id = $target, payload = '', error = NULL WHERE id = $id AND state <> 1",
                ("$target", targetId),
                ("$id", id)
            )
            .ExecuteNonQuery() > 0;

    /// <param name="connection">Where to.</param>
    /// <param name="id">The line's number.</param>
    /// <param name="error">Why it was refused.</param>
    /// <param name="targetId">The id of what was said in its stead, if anything.</param>
    /// <param name="now">When.</param>
    public void MarkFailed(SqliteConnection connection, long id, string error, string? targetId, DateTimeOffset now) =>
        statements
            .Get(
                connection,
                "UPDATE delivery SET state = 2, error = $error, target_id = COALESCE($target, target_id), failed_at = $now WHERE id = $id AND state = 0",
                ("$error", error),
                ("$target", targetId),
                ("$now", now.ToUnixTimeMilliseconds()),
                ("$id", id)
            )
            .ExecuteNonQuery();

    /// <summary>Marks a line as one that needs not be said, and forgets its text.</summary>
    public void MarkSkipped(SqliteConnection connection, long id) =>
        statements
            .Get(connection, "UPDATE delivery SET state = 3, payload = '' WHERE id = $id AND state = 0", ("$id", id))
            .ExecuteNonQuery();

    public List<DeliveryCount> CountOpen(SqliteConnection connection)
    {
        var found = new List<DeliveryCount>();
        using var reader = statements
            .Get(
                connection,
                """
                SELECT mirror_id, direction, state, COUNT(*), MIN(recorded_at) FROM delivery INDEXED BY delivery_open
                WHERE state IN (0, 2) GROUP BY mirror_id, direction, state
                """
            )
            .ExecuteReader();
        while (reader.Read())
        {
            found.Add(
                new DeliveryCount(
                    reader.GetInt64(0),
                    (DeliveryDirection)reader.GetInt32(1),
                    (DeliveryState)reader.GetInt32(2),
                    reader.GetInt64(3),
                    DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(4))
                )
            );
        }

        return found;
    }

    /// <summary>The highest number given so far; lines with a higher one were recorded later.</summary>
    public long NewestId(SqliteConnection connection) =>
        statements.Get(connection, "SELECT COALESCE(MAX(id), 0) FROM delivery").ExecuteScalar() is long id ? id : 0;

    /// <summary>The highest number of a line that is not known to have arrived; 0 when there is none.</summary>
    public long NewestPendingId(SqliteConnection connection, long mirrorId, DeliveryDirection direction) =>
        statements
            .Get(
                connection,
                "SELECT COALESCE(MAX(id), 0) FROM delivery WHERE mirror_id = $mirror AND direction = $direction AND state = 0",
                ("$mirror", mirrorId),
                ("$direction", (int)direction)
            )
            .ExecuteScalar()
            is long id
            ? id
            : 0;

    /// <summary>
    /// Forgets finished lines recorded before <paramref name="before"/>, except those that will be met again: posts up
    /// to
    /// <paramref name="chatWindow"/> before a channel's anchor, entries up to <paramref name="warRoomWindow"/> before a
    /// War Room's cursor. A quiet mirror keeps those for ever; without them the next start would say them a second
    /// time.
    /// </summary>
    public int Prune(SqliteConnection connection, DateTimeOffset before, TimeSpan chatWindow, TimeSpan warRoomWindow) =>
        statements
            .Get(
                connection,
                """
                DELETE FROM delivery WHERE id IN (
                    SELECT d.id FROM delivery d JOIN mirror m ON m.id = d.mirror_id
                    WHERE d.recorded_at < $before AND d.state IN (1, 3)
                        AND ((d.direction = 0 AND d.source_at < m.chat_anchor_at - $chatWindow)
                          OR (d.direction = 1 AND d.source_at < (m.war_room_cursor - $unixEpoch) / 10000 - $warRoomWindow))
                    LIMIT 2000)
                """,
                ("$before", before.ToUnixTimeMilliseconds()),
                ("$unixEpoch", UnixEpochTicks),
                ("$chatWindow", (long)chatWindow.TotalMilliseconds),
                ("$warRoomWindow", (long)warRoomWindow.TotalMilliseconds + 1)
            )
            .ExecuteNonQuery();

    internal static DeliveryRecord Read(SqliteDataReader row) =>
        new()
        {
            Id = row.GetInt64(0),
            MirrorId = row.GetInt64(1),
            Direction = (DeliveryDirection)row.GetInt32(2),
            SourceId = row.GetString(3),
            Part = row.GetInt32(4),
            Revision = row.GetInt64(5),
            Kind = (DeliveryKind)row.GetInt32(6),
            SourceAt = row.GetInt64(7),
            LookupStart = LookupStart.FromText(
                (DeliveryDirection)row.GetInt32(2),
                row.IsDBNull(8) ? null : row.GetString(8)
            ),
            Payload = row.GetString(9),
            State = (DeliveryState)row.GetInt32(10),
            TargetId = row.IsDBNull(11) ? null : row.GetString(11),
            Version = row.GetInt64(12),
            Digest = row.IsDBNull(13) ? null : row.GetInt64(13),
            Retries = row.GetInt32(14),
        };
}
