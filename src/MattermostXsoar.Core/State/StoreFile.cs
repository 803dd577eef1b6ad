using Microsoft.Data.Sqlite;

namespace MattermostXsoar.Core.State;

/// <summary>Opens the file and brings its layout up to date; refuses what is not ours without touching it.</summary>
internal static class StoreFile
{
    // A check of the whole file is worth its time while the file is small, as it stays (finished lines are forgotten).
    private const long LargestChecked = 64 * 1024 * 1024;

    // The smallest page SQLite knows. It takes a shorter file for an empty one and would write over it.
    private const long SmallestStore = 512;

    // Our own processes hold the file for milliseconds. Whoever delivers tries again by himself; a person is told in
    // time.
    private const int SecondsToWait = 5;

    /// <summary>Refuses a file that has been cut off to almost nothing.</summary>
    public static void CheckLength(string path)
    {
        if (new FileInfo(path).Length is > 0 and < SmallestStore and var length)
            throw StoreErrors.Damaged(path, FormattableString.Invariant($"it has only {length} bytes."));
    }

    public static SqliteConnection Connect(string path)
    {
        SQLitePCL.Batteries_V2.Init();
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder
            {
                DataSource = path,
                Mode = SqliteOpenMode.ReadWriteCreate,
                Pooling = false,
                DefaultTimeout = SecondsToWait,
            }.ToString()
        );
        connection.Open();
        return connection;
    }

    public static void Prepare(SqliteConnection connection, string path, StopPoints stops)
    {
        // Read as one: another process may be making the same file just now.
        Run(connection, "BEGIN");
        var tables = Number(connection, "SELECT COUNT(*) FROM sqlite_master");
        var version = Number(connection, "PRAGMA user_version");
        var application = Number(connection, "PRAGMA application_id");
        Run(connection, "COMMIT");
        if (tables > 0 && application != Migrations.ApplicationId)
            throw StoreErrors.Damaged(path, "it is another program's database.");
        if (version > Migrations.Newest)
            throw StoreErrors.TooNew(path, version, Migrations.Newest);
        if (new FileInfo(path).Length <= LargestChecked)
            CheckWhole(connection, path);

        Run(connection, "PRAGMA journal_mode = WAL");
        Run(connection, "PRAGMA synchronous = FULL");
        Run(connection, "PRAGMA foreign_keys = ON");
        if (version < Migrations.Newest)
            Migrations.Apply(connection, version, stops);
    }

    private static void CheckWhole(SqliteConnection connection, string path)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA quick_check(1)";
        var verdict = command.ExecuteScalar() as string;
        if (verdict != "ok")
            throw StoreErrors.Damaged(path, $"SQLite says: {verdict}");
    }

    private static long Number(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar() is long number ? number : 0;
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
