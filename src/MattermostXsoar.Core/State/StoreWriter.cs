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
            var outcome = Commit(batch, out var failure);
            if (outcome == Outcome.WorkFailed && batch.Count > 1)
                CommitOneByOne(batch);
            else
                Tell(batch, outcome == Outcome.Committed ? null : failure);
        }
    }

    // One bad item must not take its neighbours with it.
    private void CommitOneByOne(List<Work> batch)
    {
        foreach (var work in batch)
            Tell([work], Commit([work], out var failure) == Outcome.Committed ? null : failure);
    }

    private static void Tell(List<Work> batch, Exception? failure)
    {
        foreach (var work in batch)
        {
            if (failure is null)
                work.Succeed();
            else
                work.Fail(failure);
        }
    }

    private Outcome Commit(List<Work> batch, out Exception? failure)
    {
        failure = null;
        try
        {
            using var begin = Command("BEGIN IMMEDIATE");
            begin.ExecuteNonQuery();
        }
        catch (Exception exception)
        {
            // Another process holds the file: trying for each piece of work by itself would only wait as often.
            failure = exception;
            return Outcome.NotBegun;
        }

        try
        {
            foreach (var work in batch)
                work.Do(_connection);
            using var commit = Command("COMMIT");
            commit.ExecuteNonQuery();
            return Outcome.Committed;
        }
        catch (Exception exception)
        {
            failure = exception;
            RollBack();
            return Outcome.WorkFailed;
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

    private enum Outcome
    {
        Committed,
        NotBegun,
        WorkFailed,
    }

    private sealed record Work(Action<SqliteConnection> Do, Action Succeed, Action<Exception> Fail);
}
