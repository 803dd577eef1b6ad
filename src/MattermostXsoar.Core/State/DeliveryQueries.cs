using Microsoft.Data.Sqlite;
using static MattermostXsoar.Core.State.DeliverySql;

namespace MattermostXsoar.Core.State;

/// <summary>The SQL of the table <c>delivery</c>: the outbox, and the map of ids between both sides.</summary>
internal sealed class DeliveryQueries(Statements statements)
{
    private const long UnixEpochTicks = 621_355_968_000_000_000;

    internal const string Columns =
        "id, mirror_id, direction, source_id, part, revision, kind, source_at, lookup_start, payload, state, "
        + "target_id, version, digest, retries, aspect, item, files";

    /// <summary>Adds a delivery unless it was recorded before.</summary>
    /// <returns>The delivery with its number, or null if it was recorded before.</returns>
    public DeliveryRecord? Insert(SqliteConnection connection, DeliveryRecord line, DateTimeOffset now)
    {
        using var reader = statements
            .Get(
                connection,
                """
                INSERT INTO delivery (mirror_id, direction, source_id, aspect, part, revision, kind, source_at,
                    lookup_start, payload, state, recorded_at, version, digest, item, files)
                VALUES ($mirror, $direction, $source, $aspect, $part, $revision, $kind, $at,
                    $lookupStart, $payload, $state, $now, $version, $digest, $item, $files)
                ON CONFLICT (mirror_id, direction, source_id, aspect, part, revision) DO NOTHING
                RETURNING id
                """,
                ("$mirror", line.MirrorId),
                ("$direction", (int)line.Direction),
                ("$source", line.SourceId),
                ("$aspect", (int)line.Aspect),
                ("$part", line.Part),
                ("$revision", line.Revision),
                ("$kind", (int)line.Kind),
                ("$at", line.SourceAt),
                ("$lookupStart", line.LookupStart.ToText()),
                ("$payload", line.Payload),
                ("$state", (int)line.State),
                ("$now", now.ToUnixTimeMilliseconds()),
                ("$version", line.Version),
                ("$digest", line.Digest),
                ("$item", line.Item),
                ("$files", line.Files)
            )
            .ExecuteReader();
        return reader.Read() ? line with { Id = reader.GetInt64(0) } : null;
    }

    /// <summary>The next deliveries not known to have arrived, in the order in which they are sent.</summary>
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
                $"""
                SELECT {Columns} FROM delivery
                WHERE mirror_id = $mirror AND direction = $direction AND state = {Pending} AND id > $after
                ORDER BY id LIMIT $limit
                """,
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

    /// <summary>Marks a delivery as arrived and deletes its text.</summary>
    /// <returns>False if it was marked before.</returns>
    public bool MarkDone(SqliteConnection connection, long id, string targetId) =>
        statements
            .Get(
                connection,
                $"""
                UPDATE delivery SET state = {Done}, target_id = $target, payload = '', error = NULL
                WHERE id = $id AND state <> {Done}
                """,
                ("$target", targetId),
                ("$id", id)
            )
            .ExecuteNonQuery() > 0;

    /// <summary>Marks a pending delivery as refused.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="id">The delivery's number.</param>
    /// <param name="error">Why it was refused.</param>
    /// <param name="targetId">The id of what was written instead, if anything.</param>
    /// <param name="now">The time of the refusal.</param>
    public void MarkFailed(SqliteConnection connection, long id, string error, string? targetId, DateTimeOffset now) =>
        statements
            .Get(
                connection,
                $"""
                UPDATE delivery
                SET state = {Failed}, error = $error, target_id = COALESCE($target, target_id), failed_at = $now
                WHERE id = $id AND state = {Pending}
                """,
                ("$error", error),
                ("$target", targetId),
                ("$now", now.ToUnixTimeMilliseconds()),
                ("$id", id)
            )
            .ExecuteNonQuery();

    /// <summary>Marks a pending delivery as one that is not sent, and deletes its text.</summary>
    public void MarkSkipped(SqliteConnection connection, long id) =>
        statements
            .Get(
                connection,
                $"UPDATE delivery SET state = {Skipped}, payload = '' WHERE id = $id AND state = {Pending}",
                ("$id", id)
            )
            .ExecuteNonQuery();

    public List<DeliveryCount> CountOpen(SqliteConnection connection)
    {
        var found = new List<DeliveryCount>();
        using var reader = statements
            .Get(
                connection,
                $"""
                SELECT mirror_id, direction, state, COUNT(*), MIN(recorded_at) FROM delivery INDEXED BY delivery_open
                WHERE {IsOpen} GROUP BY mirror_id, direction, state
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

    /// <summary>The highest number so far; deliveries with a higher one were recorded later.</summary>
    public long NewestId(SqliteConnection connection) =>
        statements.Get(connection, "SELECT COALESCE(MAX(id), 0) FROM delivery").ExecuteScalar() is long id ? id : 0;

    /// <summary>The highest number of a delivery that is not known to have arrived; 0 if there is none.</summary>
    public long NewestPendingId(SqliteConnection connection, long mirrorId, DeliveryDirection direction) =>
        statements
            .Get(
                connection,
                $"""
                SELECT COALESCE(MAX(id), 0) FROM delivery
                WHERE mirror_id = $mirror AND direction = $direction AND state = {Pending}
                """,
                ("$mirror", mirrorId),
                ("$direction", (int)direction)
            )
            .ExecuteScalar()
            is long id
            ? id
            : 0;

    /// <summary>
    /// Deletes finished deliveries recorded before <paramref name="before"/>, except those that will be read again:
    /// posts up to <paramref name="chatWindow"/> before a channel's anchor, entries up to
    /// <paramref name="warRoomWindow"/> before a War Room's cursor. A mirror without new messages keeps those for ever;
    /// without them the next start would deliver them again. Which files a message has brought is kept for as long as
    /// anything of the message is: otherwise its next edit would bring them again.
    /// </summary>
    public int Prune(SqliteConnection connection, DateTimeOffset before, TimeSpan chatWindow, TimeSpan warRoomWindow) =>
        statements
            .Get(
                connection,
                $"""
                DELETE FROM delivery WHERE id IN (
                    SELECT d.id FROM delivery d JOIN mirror m ON m.id = d.mirror_id
                    WHERE d.recorded_at < $before AND d.state IN ({Done}, {Skipped})
                        AND ((d.direction = {FromChat} AND d.source_at < m.chat_anchor_at - $chatWindow)
                          OR (d.direction = {FromWarRoom}
                              AND d.source_at < (m.war_room_cursor - $unixEpoch) / 10000 - $warRoomWindow))
                        AND (COALESCE(d.item, '') = '' OR NOT EXISTS (
                            SELECT 1 FROM delivery later
                            WHERE later.mirror_id = d.mirror_id AND later.direction = d.direction
                                AND later.source_id = d.source_id AND later.recorded_at >= $before))
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
            Aspect = (MessageAspect)row.GetInt32(15),
            Item = row.IsDBNull(16) ? null : row.GetString(16),
            Files = row.IsDBNull(17) ? null : row.GetString(17),
        };
}
