using MattermostXsoar.Core.Errors;
using Microsoft.Data.Sqlite;

namespace MattermostXsoar.Core.State;

/// <summary>
/// How the tables of the store are reached: one connection that writes, one transaction after another, and one that
/// reads, each with its prepared statements. <see cref="StateStore"/> has one; each table that is not about mirrors is
/// a class of its own that takes it (<c>QuestionTable</c>).
/// </summary>
internal sealed class StoreAccess : IDisposable
{
    private readonly SqliteConnection _writeConnection;
    private readonly SqliteConnection _readConnection;
    private readonly StoreWriter _writer;
    private readonly object _readLock = new();
    private int _disposed;

    /// <summary>Takes over both connections.</summary>
    public StoreAccess(string path, SqliteConnection writeConnection, SqliteConnection readConnection, StopPoints stops)
    {
        FilePath = path;
        _writeConnection = writeConnection;
        _readConnection = readConnection;
        _writer = new StoreWriter(writeConnection, path, stops);
    }

    public string FilePath { get; }

    /// <summary>The statements of the connection that writes; used only in the work of a write.</summary>
    public Statements WriteStatements { get; } = new();

    /// <summary>The statements of the connection that reads; used only in a reading.</summary>
    public Statements ReadStatements { get; } = new();

    /// <inheritdoc cref="StoreWriter.LastError"/>
    public MattermostXsoarException? LastError => _writer.LastError;

    /// <summary>Reads, one reading at a time.</summary>
    /// <exception cref="MattermostXsoarException">An error of the store; NotConnected after its end.</exception>
    public T Read<T>(Func<SqliteConnection, T> read)
    {
        try
        {
            lock (_readLock)
                return read(_readConnection);
        }
        catch (Exception) when (Volatile.Read(ref _disposed) == 1)
        {
            throw StoreErrors.Disconnected();
        }
        catch (SqliteException exception)
        {
            throw StoreErrors.From(exception, FilePath);
        }
    }

    /// <summary>The same, with the statements of the connection.</summary>
    /// <exception cref="MattermostXsoarException">An error of the store; NotConnected after its end.</exception>
    public T Read<T>(Func<SqliteConnection, Statements, T> read) =>
        Read(connection => read(connection, ReadStatements));

    /// <inheritdoc cref="StoreWriter.WriteAsync"/>
    public Task<T> WriteAsync<T>(Func<SqliteConnection, T> work) => _writer.WriteAsync(work);

    /// <summary>The same, with the statements of the connection.</summary>
    public Task<T> WriteAsync<T>(Func<SqliteConnection, Statements, T> work) =>
        _writer.WriteAsync(connection => work(connection, WriteStatements));

    /// <inheritdoc cref="StoreWriter.WriteNowAsync"/>
    public Task<T> WriteNowAsync<T>(Func<SqliteConnection, T> work) => _writer.WriteNowAsync(work);

    /// <summary>Finishes the writes that wait, and closes both connections.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
            return;
        _writer.Dispose();
        lock (_readLock)
        {
            ReadStatements.Dispose();
            _readConnection.Dispose();
        }

        WriteStatements.Dispose();
        _writeConnection.Dispose();
    }
}
