using Microsoft.Data.Sqlite;
using static MattermostXsoar.Core.State.DeliverySql;

namespace MattermostXsoar.Core.State;

/// <summary>The SQL of refused deliveries: they stay in the table <c>delivery</c> until they are retried.</summary>
internal sealed class FailedDeliveryQueries(Statements statements)
{
    /// <summary>All refused deliveries, in the order in which they were recorded.</summary>
    public List<FailedDelivery> Read(SqliteConnection connection)
    {
        var found = new List<FailedDelivery>();
        using var reader = statements
            .Get(
                connection,
                $"""
                SELECT mirror_id, direction, kind, source_id, part, source_at, COALESCE(error, ''),
                    COALESCE(failed_at, recorded_at), retries
                FROM delivery WHERE {IsOpen} AND state = {Failed} ORDER BY id
                """
            )
            .ExecuteReader();
        while (reader.Read())
        {
            found.Add(
                new FailedDelivery(
                    reader.GetInt64(0),
                    (DeliveryDirection)reader.GetInt32(1),
                    (DeliveryKind)reader.GetInt32(2),
                    reader.GetString(3),
                    reader.GetInt32(4),
                    DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(5)),
                    reader.GetString(6),
                    DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(7)),
                    reader.GetInt32(8)
                )
            );
        }

        return found;
    }

    /// <summary>How many messages, edits and deletions included, were refused for exactly that reason.</summary>
    public long CountMessages(SqliteConnection connection, long mirrorId, string reason) =>
        statements
            .Get(
                connection,
                $"""
                SELECT COUNT(DISTINCT source_id) FROM delivery
                WHERE mirror_id = $mirror AND {IsOpen} AND state = {Failed} AND error = $reason
                """,
                ("$mirror", mirrorId),
                ("$reason", reason)
            )
            .ExecuteScalar()
            is long count
            ? count
            : 0;

    /// <summary>
    /// Makes a mirror's refused deliveries pending again, in their old places. One of which a newer version was
    /// delivered meanwhile, or whose message was deleted, is skipped. The mirror's generation is increased, so that the
    /// listener that runs it, in whatever process, restarts it and looks up what is pending.
    /// </summary>
    /// <param name="connection">The connection.</param>
    /// <param name="mirrorId">The mirror.</param>
    /// <param name="reason">
    /// Only those that were refused for exactly that reason, without counting it as a person's retry; null for all.
    /// </param>
    /// <param name="restarts">Whether to increase the generation; false where nobody runs the mirror.</param>
    /// <returns>The number of deliveries that are pending again.</returns>
    public int Retry(SqliteConnection connection, long mirrorId, string? reason, bool restarts)
    {
        // An edit shows the text; the file of the version before it has still to be brought.
        statements
            .Get(
                connection,
                $"""
                UPDATE delivery SET aspect = {LaterFile}, part = (
                        SELECT COALESCE(MAX(other.part) + 1, 0) FROM delivery other
                        WHERE other.mirror_id = delivery.mirror_id AND other.direction = delivery.direction
                            AND other.source_id = delivery.source_id AND other.aspect = {LaterFile})
                WHERE mirror_id = $mirror AND direction = {FromChat} AND {IsOpen} AND state = {Failed}
                    AND ($reason IS NULL OR error = $reason) AND kind = {Message} AND aspect = {Content} AND part = 0 AND COALESCE(item, '') <> ''
                    AND EXISTS (
                        SELECT 1 FROM delivery newer
                        WHERE newer.mirror_id = delivery.mirror_id AND newer.direction = delivery.direction
                            AND newer.source_id = delivery.source_id AND newer.aspect = {Content}
                            AND newer.part = 0 AND newer.kind = {Edit} AND newer.state <> {Skipped})
                """,
                ("$mirror", mirrorId),
                ("$reason", reason)
            )
            .ExecuteNonQuery();
        var superseded = statements
            .Get(
                connection,
                $"""
                UPDATE delivery SET state = {Skipped}, payload = '', error = NULL
                WHERE mirror_id = $mirror AND {IsOpen} AND state = {Failed}
                    AND ($reason IS NULL OR error = $reason) AND EXISTS (
                    SELECT 1 FROM delivery newer
                    WHERE newer.mirror_id = delivery.mirror_id AND newer.direction = delivery.direction
                        AND newer.source_id = delivery.source_id AND newer.aspect = delivery.aspect
                        AND newer.part = delivery.part AND newer.revision > delivery.revision
                        AND (newer.state <> {Skipped} OR newer.kind = {Deletion}))
                """,
                ("$mirror", mirrorId),
                ("$reason", reason)
            )
            .ExecuteNonQuery();
        var retried = statements
            .Get(
                connection,
                $"""
                UPDATE delivery SET state = {Pending}, error = NULL, failed_at = NULL,
                    retries = retries + ($reason IS NULL)
                WHERE mirror_id = $mirror AND {IsOpen} AND state = {Failed}
                    AND ($reason IS NULL OR error = $reason)
                """,
                ("$mirror", mirrorId),
                ("$reason", reason)
            )
            .ExecuteNonQuery();
        if (superseded + retried > 0)
        {
            statements
                .Get(
                    connection,
                    "UPDATE mirror SET generation = generation + $restarts, last_error = NULL WHERE id = $mirror",
                    ("$mirror", mirrorId),
                    ("$restarts", restarts ? 1 : 0)
                )
                .ExecuteNonQuery();
        }

        return retried;
    }
}
