using MattermostXsoar.Core.Platform;
using Microsoft.Data.Sqlite;

namespace MattermostXsoar.Core.State;

/// <summary>Opens the file and migrates its schema; refuses the file of another program without changing it.</summary>
internal static class StoreFile
{
    // Larger files are not checked completely, since that would take too long. The file stays small, since finished
    // deliveries are deleted.
    private const long LargestChecked = 64 * 1024 * 1024;

    // The smallest page size of SQLite. It treats a shorter file as an empty one and would overwrite it.
    private const long SmallestStore = 512;

    // The module's own processes lock the file for milliseconds. Deliveries are retried anyway; for other callers the
    // error must not come too late.
    private const int SecondsToWait = 5;

    // The store, what SQLite keeps beside it, and the files of the lease.
    private static readonly string[] Endings = ["", "-wal", "-shm", "-journal", ".lock", ".holder"];

    /// <summary>
    /// Refuses a link in place of the store or of a file beside it, and a pipe or device in place of the store. SQLite
    /// keeps its files beside the target of a link, the lease its own beside the link: two processes could then use one
    /// store without knowing of each other. And in a folder that others may write to, a link makes the module write to
    /// a file of their choice. Links to folders are followed.
    /// </summary>
    public static void CheckPlace(string path)
    {
        foreach (var ending in Endings)
        {
            if (FileLink.Is(path + ending))
                throw StoreErrors.Linked(path, path + ending);
        }

        if (File.Exists(path) && !FileKind.IsRegular(path))
            throw StoreErrors.NotRegular(path);
    }

    /// <summary>
    /// Checks that a store is or can be created at a path. It creates no folder and does not open the file: closing it
    /// would release the locks that SQLite has on it in this process.
    /// </summary>
    /// <exception cref="Errors.MattermostXsoarException">StoreUnavailable; StoreDamaged.</exception>
    public static void CheckUsable(string path)
    {
        try
        {
            CheckPlace(path);
            if (File.Exists(path))
            {
                CheckLength(path);
                if (new FileInfo(path).IsReadOnly)
                    throw new UnauthorizedAccessException("It is read-only for this user.");
            }

            var folder = Path.GetDirectoryName(path);
            while (folder is not null && !Directory.Exists(folder))
            {
                if (File.Exists(folder))
                    throw new IOException($"'{folder}' is a file, not a folder.");
                folder = Path.GetDirectoryName(folder);
            }

            if (folder is null)
                throw new IOException("There is no such drive.");
            new FileStream(
                Path.Combine(folder, Path.GetRandomFileName()),
                FileMode.CreateNew,
                FileAccess.Write,
                FileShare.None,
                bufferSize: 1,
                FileOptions.DeleteOnClose
            ).Dispose();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw StoreErrors.From(exception, path);
        }
    }

    /// <summary>Refuses a file that was truncated to a few bytes.</summary>
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
        // Read in one transaction: another process may be creating the same file.
        Run(connection, "BEGIN");
        var tables = Number(connection, "SELECT COUNT(*) FROM sqlite_master");
        var version = Number(connection, "PRAGMA user_version");
        var application = Number(connection, "PRAGMA application_id");
        Run(connection, "COMMIT");
        if (tables > 0 && application != Migrations.ApplicationId)
            throw StoreErrors.Damaged(path, "it is the database of another program.");
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
        var result = command.ExecuteScalar() as string;
        if (result != "ok")
            throw StoreErrors.Damaged(path, $"SQLite reports: {result}");
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
