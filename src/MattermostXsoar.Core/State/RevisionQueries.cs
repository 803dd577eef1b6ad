using Microsoft.Data.Sqlite;

namespace MattermostXsoar.Core.State;

/// <summary>The SQL of edits and deletions: further rows of the table <c>delivery</c> for a line that is there
/// already.</summary>
internal sealed class RevisionQueries(Statements statements, DeliveryQueries deliveries)
{
    /// <summary>
    /// Adds an edit or deletion if it concerns a line that was carried or waits to be, and says something new: its
    /// version is newer than what is known of the line, and its text another.
    /// </summary>
    /// <returns>Its number, or null when there is nothing to say.</returns>
    public long? Insert(SqliteConnection connection, DeliveryRecord change, DateTimeOffset now) =>
        Newest(connection, change) is { } known && SaysSomethingNew(known, change)
            ? deliveries.Insert(connection, change, now)
            : null;

    /// <summary>
    /// What to say in a line's stead because it was edited or deleted while it waited. An edit is taken into the line,
    /// so that it is said once, in its place and as it is now.
    /// </summary>
    /// <returns>The line to say, or null when there is nothing to say any more.</returns>
    public DeliveryRecord? TakeNewer(SqliteConnection connection, DeliveryRecord line)
    {
        if (Waiting(connection, line) is not { } waiting)
            return null;
        if (waiting.Id == line.Id)
            return line;
        if (waiting.Kind == DeliveryKind.Deletion || line.Kind == DeliveryKind.Deletion)
        {
            deliveries.MarkSkipped(connection, line.Id);
            return null;
        }

        var renewed = line with { Payload = waiting.Payload, Version = waiting.Version, Digest = waiting.Digest };
        statements
            .Get(
                connection,
                "UPDATE delivery SET payload = $payload, version = $version, digest = $digest WHERE id = $id",
                ("$payload", renewed.Payload),
                ("$version", renewed.Version),
                ("$digest", renewed.Digest),
                ("$id", renewed.Id)
            )
            .ExecuteNonQuery();
        statements
            .Get(
                connection,
                """
                UPDATE delivery SET state = 3, payload = ''
                WHERE mirror_id = $mirror AND direction = $direction AND source_id = $source AND part = $part
                    AND revision > $revision AND revision <= $newest AND state = 0
                """,
                ("$mirror", line.MirrorId),
                ("$direction", (int)line.Direction),
                ("$source", line.SourceId),
                ("$part", line.Part),
                ("$revision", line.Revision),
                ("$newest", waiting.Revision)
            )
            .ExecuteNonQuery();
        return renewed;
    }

    /// <summary>The newest of a line's versions that wait, itself included; null when none waits any more.</summary>
    public DeliveryRecord? Waiting(SqliteConnection connection, DeliveryRecord line)
    {
        using var reader = statements
            .Get(
                connection,
                $"""
                SELECT {DeliveryQueries.Columns} FROM delivery
                WHERE mirror_id = $mirror AND direction = $direction AND source_id = $source AND part = $part
                    AND revision >= $revision AND state = 0
                ORDER BY revision
                """,
                ("$mirror", line.MirrorId),
                ("$direction", (int)line.Direction),
                ("$source", line.SourceId),
                ("$part", line.Part),
                ("$revision", line.Revision)
            )
            .ExecuteReader();
        DeliveryRecord? newest = null;
        while (reader.Read())
        {
            var row = DeliveryQueries.Read(reader);
            // The line itself has been taken into another or was dealt with.
            if (newest is null && row.Id != line.Id)
                return null;
            newest = row;
        }

        return newest;
    }

    /// <summary>
    /// The id of what shows a part of a line on the other side now; null when it never arrived, or was taken away again
    /// because the line has fewer parts now.
    /// </summary>
    public string? TargetOf(
        SqliteConnection connection,
        long mirrorId,
        DeliveryDirection direction,
        string sourceId,
        int part
    )
    {
        using var reader = statements
            .Get(
                connection,
                """
                SELECT kind, target_id FROM delivery
                WHERE mirror_id = $mirror AND direction = $direction AND source_id = $source AND part = $part AND target_id IS NOT NULL
                ORDER BY version DESC, revision DESC LIMIT 1
                """,
                ("$mirror", mirrorId),
                ("$direction", (int)direction),
                ("$source", sourceId),
                ("$part", part)
            )
            .ExecuteReader();
        return reader.Read() && !(part > 0 && reader.GetInt32(0) == (int)DeliveryKind.Deletion)
            ? reader.GetString(1)
            : null;
    }

    /// <summary>Whether a line of that id arrived, waits, or was refused: it was not said before the mirror
    /// began.</summary>
    public bool IsCarried(SqliteConnection connection, long mirrorId, DeliveryDirection direction, string sourceId) =>
        statements
            .Get(
                connection,
                "SELECT 1 FROM delivery WHERE mirror_id = $mirror AND direction = $direction AND source_id = $source AND state <> 3 LIMIT 1",
                ("$mirror", mirrorId),
                ("$direction", (int)direction),
                ("$source", sourceId)
            )
            .ExecuteScalar()
            is not null;

    /// <summary>Whether what has that id on the other side is a line of this mirror that arrived there.</summary>
    public bool IsOurs(SqliteConnection connection, long mirrorId, DeliveryDirection direction, string targetId) =>
        statements
            .Get(
                connection,
                "SELECT 1 FROM delivery WHERE mirror_id = $mirror AND direction = $direction AND target_id = $target LIMIT 1",
                ("$mirror", mirrorId),
                ("$direction", (int)direction),
                ("$target", targetId)
            )
            .ExecuteScalar()
            is not null;

    /// <summary>How many parts a line has or had; 0 for one that is not known.</summary>
    public int PartsOf(SqliteConnection connection, long mirrorId, DeliveryDirection direction, string sourceId) =>
        statements
            .Get(
                connection,
                "SELECT COALESCE(MAX(part) + 1, 0) FROM delivery WHERE mirror_id = $mirror AND direction = $direction AND source_id = $source",
                ("$mirror", mirrorId),
                ("$direction", (int)direction),
                ("$source", sourceId)
            )
            .ExecuteScalar()
            is long parts
            ? (int)parts
            : 0;

    /// <summary>When the oldest line that is known was said, be it carried or only seen when the mirror began (ms); 0
    /// when none is known.</summary>
    public long Earliest(SqliteConnection connection, long mirrorId, DeliveryDirection direction) =>
        statements
            .Get(
                connection,
                "SELECT COALESCE(MIN(source_at), 0) FROM delivery WHERE mirror_id = $mirror AND direction = $direction",
                ("$mirror", mirrorId),
                ("$direction", (int)direction)
            )
            .ExecuteScalar()
            is long at
            ? at
            : 0;

    /// <summary>The lines that a side is known to have said since a time, and that nothing is known to have
    /// deleted.</summary>
    public List<KnownLine> ReadKnown(
        SqliteConnection connection,
        long mirrorId,
        DeliveryDirection direction,
        long since
    )
    {
        var found = new List<KnownLine>();
        using var reader = statements
            .Get(
                connection,
                """
                SELECT source_id, MIN(source_at), MAX(version) FROM delivery
                WHERE mirror_id = $mirror AND direction = $direction AND source_at >= $since AND kind <> 1
                GROUP BY source_id HAVING MAX(revision) < $deleted AND MIN(state) <> 3 ORDER BY MIN(source_at)
                """,
                ("$mirror", mirrorId),
                ("$direction", (int)direction),
                ("$since", since),
                ("$deleted", DeliveryRecord.Deleted)
            )
            .ExecuteReader();
        while (reader.Read())
            found.Add(new KnownLine(reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2)));
        return found;
    }

    private static bool SaysSomethingNew(
        (DeliveryState State, DeliveryKind Kind, long Version, long? Digest) known,
        DeliveryRecord change
    )
    {
        // Said before the mirror began: what becomes of it is not carried either.
        if (known is { State: DeliveryState.Skipped, Kind: DeliveryKind.Message })
            return false;
        return known.Version < change.Version && (change.Digest is null || known.Digest != change.Digest);
    }

    private (DeliveryState State, DeliveryKind Kind, long Version, long? Digest)? Newest(
        SqliteConnection connection,
        DeliveryRecord change
    )
    {
        using var reader = statements
            .Get(
                connection,
                """
                SELECT state, kind, version, digest FROM delivery
                WHERE mirror_id = $mirror AND direction = $direction AND source_id = $source AND revision <> $revision
                ORDER BY version DESC, revision, part LIMIT 1
                """,
                ("$mirror", change.MirrorId),
                ("$direction", (int)change.Direction),
                ("$source", change.SourceId),
                ("$revision", change.Revision)
            )
            .ExecuteReader();
        return reader.Read()
            ? (
                (DeliveryState)reader.GetInt32(0),
                (DeliveryKind)reader.GetInt32(1),
                reader.GetInt64(2),
                reader.IsDBNull(3) ? null : reader.GetInt64(3)
            )
            : null;
    }
}
