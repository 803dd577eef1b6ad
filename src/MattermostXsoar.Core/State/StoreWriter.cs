using MattermostXsoar.Core.Errors;
using Microsoft.Data.Sqlite;

namespace MattermostXsoar.Core.State;

/// <summary>
/// The one place that writes, one transaction after another. A line that finds it idle is written by its own thread at
/// once; whatever comes meanwhile waits for the writer's thread and shares a transaction, so that a burst shares a
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

    // Whose turn it is: while true, somebody writes or is about to, and takes care of what is queued.
    private bool _isBusy;

    // Whether it is the thread's turn. It sleeps without spinning first: on a small machine that takes time from the
    // line that is on its way.
    private bool _isThreadsTurn;
    private bool _isClosed;
    private volatile MattermostXsoarException? _trouble;

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

    /// <summary>Why the last transaction could not be written; null when it was.</summary>
    public MattermostXsoarException? Trouble => _trouble;

    /// <summary>Does <paramref name="work"/> in a transaction; the task ends when that is on disk, or failed and
    /// undone.</summary>
    public Task<T> WriteAsync<T>(Func<SqliteConnection, T> work)
    {
        var item = Prepare(work, out var completion);
        Add(item, completion, mayWriteItself: false);
        return completion.Task;
    }

    /// <summary>
    /// The same for what nothing else can go on without: if nobody writes, the caller's thread does it, which saves the
    /// way to another thread and back. Not to be called with a lock held.
    /// </summary>
    public Task<T> WriteNowAsync<T>(Func<SqliteConnection, T> work)
    {
        var item = Prepare(work, out var completion);
        if (Add(item, completion, mayWriteItself: true))
        {
            Write([item]);
            PassOn();
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

    // True when the caller has the turn and nothing is queued.
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

    // What came meanwhile is the writer's thread's, so that nobody is kept writing for others.
    private void PassOn()
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
                // What came between the last look and the end has had its turn noted.
                if (_isClosed && _queue.Count == 0)
                    return;
            }
        }
    }

    // With the gate held.
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

    // False, and the turn given back, when nothing is queued.
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
            Tell(batch, outcome == Outcome.Committed ? null : failure);
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
            _begin.ExecuteNonQuery();
        }
        catch (Exception exception)
        {
            // Another process holds the file: trying for each piece of work by itself would only wait as often.
            NoteTrouble(failure = exception);
            return Outcome.NotBegun;
        }

        try
        {
            foreach (var work in batch)
                work.Do(_connection);
            _stops.At(StopPoint.BeforeCommit);
            _commit.ExecuteNonQuery();
            _trouble = null;
            _stops.At(StopPoint.AfterCommit);
            return Outcome.Committed;
        }
        catch (Exception exception)
        {
            NoteTrouble(failure = exception);
            RollBack();
            return Outcome.WorkFailed;
        }
    }

    // What the store itself met; what a piece of work did wrong says nothing of the store.
    private void NoteTrouble(Exception failure)
    {
        if (failure is SqliteException)
            _trouble = StoreErrors.From(failure, _path);
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
