using Microsoft.Data.Sqlite;
using static MattermostXsoar.Core.State.DeliverySql;

namespace MattermostXsoar.Core.State;

/// <summary>
/// The SQL of the files of a message: which of them are brought, by their ids, whatever their place among the message's
/// files. An edit may add files, remove them and bring removed ones back; each is brought once.
/// </summary>
internal sealed class FileQueries(Statements statements, DeliveryQueries deliveries)
{
    /// <summary>Whether a list of files has a file.</summary>
    public static bool Has(string? files, string? item) =>
        files is not null && item is { Length: > 0 } && files.Split(',').Contains(item);

    /// <summary>
    /// Adds the delivery of a file that a version of a message has, if the message was mirrored, the version is its
    /// newest one, and no other delivery has brought the file or will.
    /// </summary>
    /// <returns>The delivery as it was recorded, or null.</returns>
    public DeliveryRecord? Insert(SqliteConnection connection, DeliveryRecord file, DateTimeOffset now)
    {
        if (
            NewestVersion(connection, file) is not { } newest
            || newest.Version > file.Version
            || newest is { Kind: DeliveryKind.Message, State: DeliveryState.Skipped }
            || (file.IsFirstFile && IsOfUnknownFiles(connection, file))
            || Find(connection, file, file.Item!) is not null
        )
            return null;
        var part = Convert.ToInt32(
            statements
                .Get(
                    connection,
                    $"""
                    SELECT COALESCE(MAX(part) + 1, 0) FROM delivery
                    WHERE mirror_id = $mirror AND direction = $direction AND source_id = $source AND aspect = {LaterFile}
                    """,
                    ("$mirror", file.MirrorId),
                    ("$direction", (int)file.Direction),
                    ("$source", file.SourceId)
                )
                .ExecuteScalar(),
            System.Globalization.CultureInfo.InvariantCulture
        );
        return deliveries.Insert(connection, file with { Part = part }, now);
    }

    /// <summary>
    /// Whether a file that waits is not to be brought any more: an edit has removed it, the message was deleted, or an
    /// earlier delivery of the message brings it.
    /// </summary>
    public bool IsObsolete(SqliteConnection connection, DeliveryRecord line) =>
        line is { Kind: DeliveryKind.Message, Item.Length: > 0, IsFurtherPart: true }
        && (
            NewestVersion(connection, line) is { } newest
                && (newest.Version == DeliveryRecord.Deleted || (newest.Files is { } files && !Has(files, line.Item)))
            || Find(connection, line, line.Item) is { } other && other.Id < line.Id
        );

    /// <summary>
    /// A file that could not be brought and that the newest version of its message no longer has is no failure any more:
    /// nobody can bring it. Should it come back, it is brought.
    /// </summary>
    public void Withdraw(SqliteConnection connection, DeliveryRecord line)
    {
        if (NewestVersion(connection, line) is not { Files: { } files })
            return;
        foreach (var failed in ReadFailed(connection, line).Where(failed => !Has(files, failed.Item)))
        {
            // The first part has brought the text, and a note in place of the file.
            var state = failed is { IsFurtherPart: false, TargetId: not null } ? Done : Skipped;
            if (failed.IsFurtherPart || state == Done)
                statements
                    .Get(
                        connection,
                        $"UPDATE delivery SET state = {state}, item = '', payload = '', error = NULL WHERE id = $id",
                        ("$id", failed.Id)
                    )
                    .ExecuteNonQuery();
        }
    }

    private List<DeliveryRecord> ReadFailed(SqliteConnection connection, DeliveryRecord line)
    {
        using var reader = statements
            .Get(
                connection,
                $"""
                SELECT {DeliveryQueries.Columns} FROM delivery
                WHERE mirror_id = $mirror AND direction = $direction AND source_id = $source
                    AND aspect IN ({Content}, {LaterFile}) AND kind = {Message} AND COALESCE(item, '') <> ''
                    AND state = {Failed}
                """,
                ("$mirror", line.MirrorId),
                ("$direction", (int)line.Direction),
                ("$source", line.SourceId)
            )
            .ExecuteReader();
        var failed = new List<DeliveryRecord>();
        while (reader.Read())
            failed.Add(DeliveryQueries.Read(reader));
        return failed;
    }

    /// <summary>The files of the version that was shown before an edit; null if not known.</summary>
    public string? FilesBefore(SqliteConnection connection, DeliveryRecord edit) =>
        statements
            .Get(
                connection,
                $"""
                SELECT files FROM delivery
                WHERE mirror_id = $mirror AND direction = $direction AND source_id = $source AND aspect = {Content}
                    AND part = 0 AND revision < $revision AND state <> {Skipped}
                ORDER BY revision DESC LIMIT 1
                """,
                ("$mirror", edit.MirrorId),
                ("$direction", (int)edit.Direction),
                ("$source", edit.SourceId),
                ("$revision", edit.Revision)
            )
            .ExecuteScalar() as string;

    /// <summary>The first delivery of a message that brings or has brought a file; null for none.</summary>
    public DeliveryRecord? Find(SqliteConnection connection, DeliveryRecord line, string item)
    {
        using var reader = statements
            .Get(
                connection,
                $"""
                SELECT {DeliveryQueries.Columns} FROM delivery
                WHERE mirror_id = $mirror AND direction = $direction AND source_id = $source
                    AND aspect IN ({Content}, {LaterFile}) AND kind = {Message} AND item = $item AND state <> {Skipped}
                ORDER BY id LIMIT 1
                """,
                ("$mirror", line.MirrorId),
                ("$direction", (int)line.Direction),
                ("$source", line.SourceId),
                ("$item", item)
            )
            .ExecuteReader();
        return reader.Read() ? DeliveryQueries.Read(reader) : null;
    }

    // An earlier version of this module recorded the message.
    private bool IsOfUnknownFiles(SqliteConnection connection, DeliveryRecord line) =>
        statements
            .Get(
                connection,
                $"""
                SELECT 1 FROM delivery
                WHERE mirror_id = $mirror AND direction = $direction AND source_id = $source AND aspect = {Content}
                    AND kind = {Message} AND item IS NULL
                LIMIT 1
                """,
                ("$mirror", line.MirrorId),
                ("$direction", (int)line.Direction),
                ("$source", line.SourceId)
            )
            .ExecuteScalar()
            is not null;

    private (long Version, DeliveryKind Kind, DeliveryState State, string? Files)? NewestVersion(
        SqliteConnection connection,
        DeliveryRecord line
    )
    {
        using var reader = statements
            .Get(
                connection,
                $"""
                SELECT version, kind, state, files FROM delivery
                WHERE mirror_id = $mirror AND direction = $direction AND source_id = $source AND aspect = {Content}
                    AND part = 0
                ORDER BY version DESC, revision LIMIT 1
                """,
                ("$mirror", line.MirrorId),
                ("$direction", (int)line.Direction),
                ("$source", line.SourceId)
            )
            .ExecuteReader();
        return reader.Read()
            ? (
                reader.GetInt64(0),
                (DeliveryKind)reader.GetInt32(1),
                (DeliveryState)reader.GetInt32(2),
                reader.IsDBNull(3) ? null : reader.GetString(3)
            )
            : null;
    }
}
