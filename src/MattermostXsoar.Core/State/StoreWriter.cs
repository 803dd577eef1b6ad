using MattermostXsoar.Core.Errors;
using Microsoft.Data.Sqlite;

namespace MattermostXsoar.Core.State;

/// <summary>
/// Makes all writes, one transaction after another. If none is under way, a write can be made at once by the caller's
/// thread; those that arrive meanwhile wait for the writer's thread and share a transaction, so that a burst shares a
/// flush to disk.
/// </summary>
internal sealed class StoreWriter : IDisposable
{
    private const int MostPerTransaction = 512;

    private readonly SqliteConnection _connection;
    private readonly string _path;
    private readonly StopPoints _stops;
    private readonly object _gate = new();
    private readonly Queue<Work> _queue = new();
    private readonly Thread _thread;
    private readonly SqliteCommand _begin;
    private readonly SqliteCommand _commit;

    // True while a thread writes or is about to; that thread also takes what is queued.
    private bool _isBusy;

    // Whether the writer's thread is to write. It waits without spinning, which on a small machine would take time from
    // the threads that deliver.
    private bool _isThreadsTurn;
    private bool _isClosed;
    private volatile MattermostXsoarException? _lastError;

    public StoreWriter(SqliteConnection connection, string path, StopPoints stops)
    {
        _connection = connection;
        _path = path;
        _stops = stops;
        _begin = Command("BEGIN IMMEDIATE");
        _commit = Command("COMMIT");
        _thread = new Thread(Run) { IsBackground = true, Name = "MattermostXsoar store" };
        _thread.Start();
    }

    /// <summary>Why the last transaction could not be written; null if it was.</summary>
    public MattermostXsoarException? LastError => _lastError;

    /// <summary>
    /// Runs <paramref name="work"/> in a transaction. The task ends when the transaction is on disk, or failed and was
    /// rolled back.
    /// </summary>
    public Task<T> WriteAsync<T>(Func<SqliteConnection, T> work)
    {
        var item = Prepare(work, out var completion);
        Add(item, completion, mayWriteItself: false);
        return completion.Task;
    }

    /// <summary>
    /// The same for work that the caller has to wait for: if no write is under way, the caller's thread does it, which
    /// saves switching threads. Must not be called while holding a lock.
    /// </summary>
    public Task<T> WriteNowAsync<T>(Func<SqliteConnection, T> work)
    {
        var item = Prepare(work, out var completion);
        if (Add(item, completion, mayWriteItself: true))
        {
            Write([item]);
            HandOver();
        }

        return completion.Task;
    }

    /// <summary>Finishes what is queued, then ends the thread.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_isClosed)
                return;
            _isClosed = true;
            if (!_isBusy)
                WakeThread();
        }

        _thread.Join();
        _begin.Dispose();
        _commit.Dispose();
    }

    private Work Prepare<T>(Func<SqliteConnection, T> work, out TaskCompletionSource<T> completion)
    {
        var source = completion = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        T result = default!;
        return new Work(
            connection => result = work(connection),
            () => source.TrySetResult(result),
            exception => source.TrySetException(StoreErrors.From(exception, _path))
        );
    }

    // True if the caller is to write; then nothing is queued.
    private bool Add<T>(Work item, TaskCompletionSource<T> completion, bool mayWriteItself)
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                completion.TrySetException(StoreErrors.Disconnected());
                return false;
            }

            var isFree = !_isBusy;
            _isBusy = true;
            if (isFree && mayWriteItself)
                return true;
            _queue.Enqueue(item);
            if (isFree)
                WakeThread();
            return false;
        }
    }

    // What arrived meanwhile is left to the writer's thread, so that no caller writes for others.
    private void HandOver()
    {
        lock (_gate)
        {
            if (_queue.Count > 0 || _isClosed)
                WakeThread();
            else
                _isBusy = false;
        }
    }

    private void Run()
    {
        var batch = new List<Work>();
        while (true)
        {
            WaitForTurn();
            while (Take(batch))
                Write(batch);
            lock (_gate)
            {
                // Work that arrived after the last check has set the turn, so that the loop goes on.
                if (_isClosed && _queue.Count == 0)
                    return;
            }
        }
    }

    // The caller holds the gate.
    private void WakeThread()
    {
        _isThreadsTurn = true;
        Monitor.Pulse(_gate);
    }

    private void WaitForTurn()
    {
        lock (_gate)
        {
            while (!_isThreadsTurn)
                Monitor.Wait(_gate);
            _isThreadsTurn = false;
        }
    }

    // False if nothing is queued; then the turn is given up.
    private bool Take(List<Work> batch)
    {
        batch.Clear();
        lock (_gate)
        {
            while (batch.Count < MostPerTransaction && _queue.Count > 0)
                batch.Add(_queue.Dequeue());
            _isBusy = batch.Count > 0;
            return _isBusy;
        }
    }

    private void Write(List<Work> batch)
    {
        var outcome = Commit(batch, out var failure);
        if (outcome == Outcome.WorkFailed && batch.Count > 1)
            CommitOneByOne(batch);
        else
            Complete(batch, outcome == Outcome.Committed ? null : failure);
    }

    // A failing item must not make the others fail.
    private void CommitOneByOne(List<Work> batch)
    {
        foreach (var work in batch)
            Complete([work], Commit([work], out var failure) == Outcome.Committed ? null : failure);
    }

    private static void Complete(List<Work> batch, Exception? failure)
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
            _begin.ExecuteNonQuery();
        }
        catch (Exception exception)
        {
            // Another process has locked the file: trying each item by itself would only repeat the wait.
            NoteError(failure = exception);
            return Outcome.NotBegun;
        }

        try
        {
            foreach (var work in batch)
                work.Do(_connection);
            _stops.At(StopPoint.BeforeCommit);
            _commit.ExecuteNonQuery();
            _lastError = null;
            _stops.At(StopPoint.AfterCommit);
            return Outcome.Committed;
        }
        catch (Exception exception)
        {
            NoteError(failure = exception);
            RollBack();
            return Outcome.WorkFailed;
        }
    }

    // Only errors of the store: an exception of the work itself says nothing about it.
    private void NoteError(Exception failure)
    {
        if (failure is SqliteException)
            _lastError = StoreErrors.From(failure, _path);
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
