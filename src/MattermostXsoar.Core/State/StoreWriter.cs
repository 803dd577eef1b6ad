using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace MattermostXsoar.Core.State;

/// <summary>
/// The one place that writes. Work is queued and done on one thread; whatever waits when a transaction opens goes into it,
/// so that a burst shares one flush to disk while a single line gets its own at once.
/// </summary>
internal sealed class StoreWriter : IDisposable
{
    private const int MostPerTransaction = 512;

    private readonly SqliteConnection _connection;
    private readonly string _path;
    private readonly BlockingCollection<Work> _queue = new();
    private readonly Thread _thread;

    public StoreWriter(SqliteConnection connection, string path)
    {
        _connection = connection;
        _path = path;
        _thread = new Thread(Run) { IsBackground = true, Name = "MattermostXsoar store" };
        _thread.Start();
    }

    /// <summary>Does <paramref name="work"/> in a transaction; the task ends when that is on disk, or failed and undone.</summary>
    public Task<T> WriteAsync<T>(Func<SqliteConnection, T> work)
    {
        var completion = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        T result = default!;
        var item = new Work(
            connection => result = work(connection),
            () => completion.TrySetResult(result),
            exception => completion.TrySetException(StoreErrors.From(exception, _path)));
        try
        {
            _queue.Add(item);
        }
        catch (InvalidOperationException)
        {
            completion.TrySetException(new ObjectDisposedException(nameof(StoreWriter)));
        }

        return completion.Task;
    }

    /// <summary>Finishes what is queued, then ends the thread.</summary>
    public void Dispose()
    {
        if (_queue.IsAddingCompleted)
            return;
        _queue.CompleteAdding();
        _thread.Join();
        _queue.Dispose();
    }

    private void Run()
    {
        var batch = new List<Work>();
        while (_queue.TryTake(out var first, Timeout.Infinite))
        {
            batch.Clear();
            batch.Add(first);
            while (batch.Count < MostPerTransaction && _queue.TryTake(out var next))
                batch.Add(next);
            if (TryCommit(batch, out var failure))
            {
                foreach (var work in batch)
                    work.Succeed();
            }
            else if (batch.Count == 1)
            {
                first.Fail(failure!);
            }
            else
            {
                CommitOneByOne(batch);
            }
        }
    }

    // One bad item must not take its neighbours with it.
    private void CommitOneByOne(List<Work> batch)
    {
        foreach (var work in batch)
        {
            if (TryCommit([work], out var failure))
                work.Succeed();
            else
                work.Fail(failure!);
        }
    }

    private bool TryCommit(List<Work> batch, out Exception? failure)
    {
        failure = null;
        try
        {
            using var begin = Command("BEGIN IMMEDIATE");
            begin.ExecuteNonQuery();
            foreach (var work in batch)
                work.Do(_connection);
            using var commit = Command("COMMIT");
            commit.ExecuteNonQuery();
            return true;
        }
        catch (Exception exception)
        {
            failure = exception;
            RollBack();
            return false;
        }
    }

    private void RollBack()
    {
        try
        {
            using var rollback = Command("ROLLBACK");
            rollback.ExecuteNonQuery();
        }
        catch (SqliteException)
        {
            // SQLite has rolled back by itself, as it does when the disk is full.
        }
    }

    private SqliteCommand Command(string text)
    {
        var command = _connection.CreateCommand();
        command.CommandText = text;
        return command;
    }

    private sealed record Work(Action<SqliteConnection> Do, Action Succeed, Action<Exception> Fail);
}
