using Microsoft.Data.Sqlite;

namespace MattermostXsoar.Benchmarks.Mirroring;

/// <summary>The least that writing a line to a database costs: one prepared INSERT, one commit (WAL,
/// synchronous=FULL).</summary>
internal sealed class CommitLog : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _insert;
    private readonly SqliteParameter _line;

    public CommitLog(string path)
    {
        SQLitePCL.Batteries_V2.Init();
        _connection = new SqliteConnection($"Data Source={path};Pooling=False");
        _connection.Open();
        using var create = _connection.CreateCommand();
        create.CommandText =
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE line (id INTEGER PRIMARY KEY, text BLOB NOT NULL)";
        create.ExecuteNonQuery();
        _insert = _connection.CreateCommand();
        _insert.CommandText = "INSERT INTO line (text) VALUES ($text)";
        _line = _insert.Parameters.Add("$text", SqliteType.Blob);
    }

    public void Write(byte[] line)
    {
        _line.Value = line;
        _insert.ExecuteNonQuery();
    }

    public void Dispose()
    {
        _insert.Dispose();
        _connection.Dispose();
    }
}
