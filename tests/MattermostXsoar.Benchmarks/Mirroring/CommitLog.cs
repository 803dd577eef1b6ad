using Microsoft.Data.Sqlite;

namespace MattermostXsoar.Benchmarks.Mirroring;

/// <summary>The minimum cost of writing a message to a database: one prepared INSERT, one commit (WAL,
/// synchronous=FULL).</summary>
internal sealed class CommitLog : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _insert;
    private readonly SqliteParameter _text;

    public CommitLog(string path)
    {
        SQLitePCL.Batteries_V2.Init();
        _connection = new SqliteConnection($"Data Source={path};Pooling=False");
        _connection.Open();
        using var create = _connection.CreateCommand();
        create.CommandText =
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE message (id INTEGER PRIMARY KEY, text "
            + "BLOB NOT NULL)";
        create.ExecuteNonQuery();
        _insert = _connection.CreateCommand();
        _insert.CommandText = "INSERT INTO message (text) VALUES ($text)";
        _text = _insert.Parameters.Add("$text", SqliteType.Blob);
    }

    public void Write(byte[] text)
    {
        _text.Value = text;
        _insert.ExecuteNonQuery();
    }

    public void Dispose()
    {
        _insert.Dispose();
        _connection.Dispose();
    }
}
