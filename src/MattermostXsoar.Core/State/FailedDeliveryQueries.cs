using Microsoft.Data.Sqlite;

namespace MattermostXsoar.Core.State;

/// <summary>The SQL of lines that were refused: they stay in the table <c>delivery</c> until they are tried
/// again.</summary>
internal sealed class FailedDeliveryQueries(Statements statements)
{
    /// <summary>All refused lines, in the order in which they were recorded.</summary>
    public List<FailedDelivery> Read(SqliteConnection connection)
    {
        var found = new List<FailedDelivery>();
        using var reader = statements
            .Get(
                connection,
                """
                SELECT mirror_id, direction, kind, source_id, part, source_at, COALESCE(error, ''), COALESCE(failed_at, recorded_at), retries
                FROM delivery WHERE state IN (0, 2) AND state = 2 ORDER BY id
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

    /// <summary>
    /// Lets a mirror's refused lines wait again, in their old places. One whose newer version was said meanwhile, or
    /// that was deleted, is not said any more. The mirror's generation grows, so that whichever listener has it begins
    /// it anew and looks up what waits.
    /// </summary>
    /// <returns>How many wait again.</returns>
    public int Retry(SqliteConnection connection, long mirrorId)
    {
        var superseded = statements
            .Get(
                connection,
                """
                UPDATE delivery SET state = 3, payload = '', error = NULL
                WHERE mirror_id = $mirror AND state IN (0, 2) AND state = 2 AND EXISTS (
                    SELECT 1 FROM delivery newer
                    WHERE newer.mirror_id = delivery.mirror_id AND newer.direction = delivery.direction AND newer.source_id = delivery.source_id
                        AND newer.part = delivery.part AND newer.revision > delivery.revision AND (newer.state <> 3 OR newer.kind = 3))
                """,
                ("$mirror", mirrorId)
            )
            .ExecuteNonQuery();
        var again = statements
            .Get(
                connection,
                "UPDATE delivery SET state = 0, error = NULL, failed_at = NULL, retries = retries + 1 WHERE mirror_id = $mirror AND state IN (0, 2) AND state = 2",
                ("$mirror", mirrorId)
            )
            .ExecuteNonQuery();
        if (superseded + again > 0)
        {
            statements
                .Get(
                    connection,
                    "UPDATE mirror SET generation = generation + 1, last_error = NULL WHERE id = $mirror",
                    ("$mirror", mirrorId)
                )
                .ExecuteNonQuery();
        }

        return again;
    }
}
