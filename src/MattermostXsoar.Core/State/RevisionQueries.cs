using Microsoft.Data.Sqlite;
using static MattermostXsoar.Core.State.DeliverySql;

namespace MattermostXsoar.Core.State;

/// <summary>
/// The SQL of edits and deletions: further rows of the table <c>delivery</c> for a message that has one already.
/// </summary>
internal sealed class RevisionQueries(Statements statements, DeliveryQueries deliveries)
{
    /// <summary>
    /// Adds an edit or deletion if its message was delivered or is pending, and if it is new: its version is newer than
    /// what is known of the message, and its text is different.
    /// </summary>
    /// <returns>The delivery as it was recorded, or null if there is nothing to deliver.</returns>
    public DeliveryRecord? Insert(SqliteConnection connection, DeliveryRecord change, DateTimeOffset now) =>
        change.Kind == DeliveryKind.Annotation ? InsertAnnotation(connection, change, now)
        : Newest(connection, change) is { } known && IsNew(known, change) ? deliveries.Insert(connection, change, now)
        : null;

    // The newest state counts: it is delivered if it is another than the last one recorded, and at first only if there
    // is something to show.
    private DeliveryRecord? InsertAnnotation(SqliteConnection connection, DeliveryRecord change, DateTimeOffset now)
    {
        if (!change.IsOfKnownMessage && !IsMirrored(connection, change.MirrorId, change.Direction, change.SourceId))
            return null;
        var known = NewestAnnotation(connection, change);
        if (change.Digest == (known?.Digest ?? DeliveryRecord.NoState) || change.Version < known?.Version)
            return null;
        // Two changes may have the same time.
        var revision = Math.Max(change.Revision, (known?.Revision ?? 0) + 1);
        return deliveries.Insert(connection, change with { Revision = revision }, now);
    }

    private (long Version, long Revision, long? Digest)? NewestAnnotation(
        SqliteConnection connection,
        DeliveryRecord change
    )
    {
        using var reader = statements
            .Get(
                connection,
                """
                SELECT version, revision, digest FROM delivery
                WHERE mirror_id = $mirror AND direction = $direction AND source_id = $source AND aspect = $aspect
                ORDER BY revision DESC LIMIT 1
                """,
                ("$mirror", change.MirrorId),
                ("$direction", (int)change.Direction),
                ("$source", change.SourceId),
                ("$aspect", (int)change.Aspect)
            )
            .ExecuteReader();
        return reader.Read()
            ? (reader.GetInt64(0), reader.GetInt64(1), reader.IsDBNull(2) ? null : reader.GetInt64(2))
            : null;
    }

    /// <summary>
    /// What to send instead of a delivery whose message was edited or deleted while it was pending. An edit is merged
    /// into the delivery, so that the message is delivered once, in its place and with its current text.
    /// </summary>
    /// <returns>What to send, or null if there is nothing to send any more.</returns>
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

        var renewed = line with
        {
            Payload = waiting.Payload,
            Version = waiting.Version,
            Digest = waiting.Digest,
            Files = waiting.Files,
            Item = FileQueries.Has(waiting.Files, line.Item) ? line.Item : waiting.Item,
        };
        statements
            .Get(
                connection,
                """
                UPDATE delivery SET payload = $payload, version = $version, digest = $digest, item = $item, files = $files
                WHERE id = $id
                """,
                ("$payload", renewed.Payload),
                ("$version", renewed.Version),
                ("$digest", renewed.Digest),
                ("$item", renewed.Item),
                ("$files", renewed.Files),
                ("$id", renewed.Id)
            )
            .ExecuteNonQuery();
        statements
            .Get(
                connection,
                $"""
                UPDATE delivery SET state = {Skipped}, payload = ''
                WHERE mirror_id = $mirror AND direction = $direction AND source_id = $source AND aspect = $aspect
                    AND part = $part AND revision > $revision AND revision <= $newest AND state = {Pending}
                """,
                ("$mirror", line.MirrorId),
                ("$direction", (int)line.Direction),
                ("$source", line.SourceId),
                ("$aspect", (int)line.Aspect),
                ("$part", line.Part),
                ("$revision", line.Revision),
                ("$newest", waiting.Revision)
            )
            .ExecuteNonQuery();
        return renewed;
    }

    /// <summary>The newest pending version of a delivery, itself included; null if none is pending any more.</summary>
    public DeliveryRecord? Waiting(SqliteConnection connection, DeliveryRecord line)
    {
        using var reader = statements
            .Get(
                connection,
                $"""
                SELECT {DeliveryQueries.Columns} FROM delivery
                WHERE mirror_id = $mirror AND direction = $direction AND source_id = $source AND aspect = $aspect
                    AND part = $part AND revision >= $revision AND state = {Pending}
                ORDER BY revision
                """,
                ("$mirror", line.MirrorId),
                ("$direction", (int)line.Direction),
                ("$source", line.SourceId),
                ("$aspect", (int)line.Aspect),
                ("$part", line.Part),
                ("$revision", line.Revision)
            )
            .ExecuteReader();
        DeliveryRecord? newest = null;
        while (reader.Read())
        {
            var row = DeliveryQueries.Read(reader);
            // The delivery was merged into another one or is not pending any more.
            if (newest is null && row.Id != line.Id)
                return null;
            newest = row;
        }

        return newest;
    }

    /// <summary>
    /// The id of what shows a part of a message, or something attached to it, on the other side now; null if it never
    /// arrived, or was removed because the message has fewer parts now.
    /// </summary>
    public string? TargetOf(
        SqliteConnection connection,
        long mirrorId,
        DeliveryDirection direction,
        string sourceId,
        int part,
        MessageAspect aspect = MessageAspect.Content
    )
    {
        using var reader = statements
            .Get(
                connection,
                """
                SELECT kind, target_id FROM delivery
                WHERE mirror_id = $mirror AND direction = $direction AND source_id = $source AND aspect = $aspect
                    AND part = $part AND target_id IS NOT NULL
                ORDER BY version DESC, revision DESC LIMIT 1
                """,
                ("$mirror", mirrorId),
                ("$direction", (int)direction),
                ("$source", sourceId),
                ("$aspect", (int)aspect),
                ("$part", part)
            )
            .ExecuteReader();
        return reader.Read() && !(part > 0 && reader.GetInt32(0) == Deletion) ? reader.GetString(1) : null;
    }

    /// <summary>
    /// The ids of everything that shows or showed a part of a message on the other side, the first one first: more than
    /// one where an edit could not change what was there.
    /// </summary>
    public List<string> TargetsOf(
        SqliteConnection connection,
        long mirrorId,
        DeliveryDirection direction,
        string sourceId,
        int part,
        MessageAspect aspect = MessageAspect.Content
    )
    {
        using var reader = statements
            .Get(
                connection,
                """
                SELECT target_id FROM delivery
                WHERE mirror_id = $mirror AND direction = $direction AND source_id = $source AND aspect = $aspect
                    AND part = $part AND target_id IS NOT NULL
                GROUP BY target_id ORDER BY MIN(version), MIN(revision)
                """,
                ("$mirror", mirrorId),
                ("$direction", (int)direction),
                ("$source", sourceId),
                ("$aspect", (int)aspect),
                ("$part", part)
            )
            .ExecuteReader();
        var targets = new List<string>();
        while (reader.Read())
            targets.Add(reader.GetString(0));
        return targets;
    }

    /// <summary>The newest posts of a mirror's channel that are known, the newest first.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="mirrorId">The mirror.</param>
    /// <param name="direction">From the chat: what people posted; from the War Room: what the mirror posted.</param>
    /// <param name="most">How many at most.</param>
    /// <returns>Their ids and about when they were written (ms).</returns>
    public List<(string PostId, long At)> NewestPosts(
        SqliteConnection connection,
        long mirrorId,
        DeliveryDirection direction,
        int most
    )
    {
        var (id, at, order) =
            direction == DeliveryDirection.ChatToWarRoom
                ? ("source_id", "source_at", "source_at")
                : ("target_id", "recorded_at", "id");
        using var reader = statements
            .Get(
                connection,
                $"""
                SELECT {id}, {at} FROM delivery
                WHERE mirror_id = $mirror AND direction = $direction AND aspect = {Content} AND {id} IS NOT NULL
                ORDER BY {order} DESC LIMIT $most
                """,
                ("$mirror", mirrorId),
                ("$direction", (int)direction),
                ("$most", most)
            )
            .ExecuteReader();
        var posts = new List<(string PostId, long At)>();
        while (reader.Read())
            posts.Add((reader.GetString(0), reader.GetInt64(1)));
        return posts;
    }

    /// <summary>When a message was written, as the store knows it (ms); null for an unknown message.</summary>
    public long? SourceAt(SqliteConnection connection, long mirrorId, DeliveryDirection direction, string sourceId) =>
        statements
            .Get(
                connection,
                $"""
                SELECT source_at FROM delivery
                WHERE mirror_id = $mirror AND direction = $direction AND source_id = $source AND aspect = {Content}
                ORDER BY part, revision LIMIT 1
                """,
                ("$mirror", mirrorId),
                ("$direction", (int)direction),
                ("$source", sourceId)
            )
            .ExecuteScalar() as long?;

    /// <summary>
    /// Whether a message was delivered, is pending or was refused: then it was not written before the mirror began.
    /// </summary>
    public bool IsMirrored(SqliteConnection connection, long mirrorId, DeliveryDirection direction, string sourceId) =>
        statements
            .Get(
                connection,
                $"""
                SELECT 1 FROM delivery
                WHERE mirror_id = $mirror AND direction = $direction AND source_id = $source AND aspect = {Content}
                    AND state <> {Skipped}
                LIMIT 1
                """,
                ("$mirror", mirrorId),
                ("$direction", (int)direction),
                ("$source", sourceId)
            )
            .ExecuteScalar()
            is not null;

    /// <summary>
    /// Whether the post or entry with that id on the other side was written by this mirror, for a message that was
    /// recorded at that time or later.
    /// </summary>
    public bool IsOurs(
        SqliteConnection connection,
        long mirrorId,
        DeliveryDirection direction,
        string targetId,
        DateTimeOffset recordedSince
    ) =>
        statements
            .Get(
                connection,
                """
                SELECT 1 FROM delivery
                WHERE mirror_id = $mirror AND direction = $direction AND target_id = $target
                    AND recorded_at >= $since
                LIMIT 1
                """,
                ("$mirror", mirrorId),
                ("$direction", (int)direction),
                ("$target", targetId),
                ("$since", recordedSince.ToUnixTimeMilliseconds())
            )
            .ExecuteScalar()
            is not null;

    /// <summary>The number of parts that a message has or had; 0 for an unknown message.</summary>
    public int PartsOf(
        SqliteConnection connection,
        long mirrorId,
        DeliveryDirection direction,
        string sourceId,
        MessageAspect aspect = MessageAspect.Content
    ) =>
        statements
            .Get(
                connection,
                """
                SELECT COALESCE(MAX(part) + 1, 0) FROM delivery
                WHERE mirror_id = $mirror AND direction = $direction AND source_id = $source AND aspect = $aspect
                """,
                ("$mirror", mirrorId),
                ("$direction", (int)direction),
                ("$source", sourceId),
                ("$aspect", (int)aspect)
            )
            .ExecuteScalar()
            is long parts
            ? (int)parts
            : 0;

    /// <summary>
    /// The time of the oldest known message, whether it was delivered or only seen when the mirror began (ms); 0 if
    /// none is known.
    /// </summary>
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

    /// <summary>
    /// The known messages of a side since a time that are not known to be deleted.
    /// </summary>
    public List<KnownMessage> ReadKnown(
        SqliteConnection connection,
        long mirrorId,
        DeliveryDirection direction,
        long since
    )
    {
        var found = new List<KnownMessage>();
        using var reader = statements
            .Get(
                connection,
                $"""
                SELECT source_id, MIN(source_at), MAX(version) FROM delivery
                WHERE mirror_id = $mirror AND direction = $direction AND source_at >= $since
                    AND aspect = {Content} AND kind <> {Notice}
                GROUP BY source_id HAVING MAX(revision) < $deleted AND MIN(state) <> {Skipped} ORDER BY MIN(source_at)
                """,
                ("$mirror", mirrorId),
                ("$direction", (int)direction),
                ("$since", since),
                ("$deleted", DeliveryRecord.Deleted)
            )
            .ExecuteReader();
        while (reader.Read())
            found.Add(new KnownMessage(reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2)));
        return found;
    }

    private static bool IsNew(
        (DeliveryState State, DeliveryKind Kind, long Version, long? Digest) known,
        DeliveryRecord change
    )
    {
        // Written before the mirror began: its edits and deletion are not delivered either.
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
                $"""
                SELECT state, kind, version, digest FROM delivery
                WHERE mirror_id = $mirror AND direction = $direction AND source_id = $source AND aspect = {Content}
                    AND revision <> $revision
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
