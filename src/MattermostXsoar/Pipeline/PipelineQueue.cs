using System.Collections.Concurrent;
using System.Management.Automation;

namespace MattermostXsoar.Pipeline;

/// <summary>
/// Lets asynchronous work use the pipeline, which only its own thread may write to: any thread puts an action in, the
/// pipeline's thread takes them out one by one until the work has ended.
/// </summary>
internal sealed class PipelineQueue
{
    private readonly BlockingCollection<Action> _actions = [];

    /// <summary>Has the pipeline's thread do something some time. Ignored once the work is over.</summary>
    public void Post(Action action)
    {
        try
        {
            _actions.Add(action);
        }
        catch (InvalidOperationException)
        {
            // A straggler of stopped work: there is no pipeline any more that could take it.
        }
    }

    /// <summary>Has the pipeline's thread do something, and waits until it has. So nothing is read ahead of what is
    /// consumed.</summary>
    public Task<T> InvokeAsync<T>(Func<T> function)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(() =>
        {
            try
            {
                done.SetResult(function());
            }
            catch (Exception exception)
            {
                done.SetException(exception);
                throw;
            }
        });
        return done.Task;
    }

    /// <summary>Runs work elsewhere and serves its wishes here. Stopping does not wait for work that does not
    /// listen.</summary>
    /// <exception cref="PipelineStoppedException">The pipeline was stopped.</exception>
    public void Run(Func<CancellationToken, Task> work, CancellationTokenSource stop)
    {
        // Of this piece of work only: the input after one that failed is still worked on.
        using var own = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
        var token = own.Token;
        var running = Task.Run(() => work(token), CancellationToken.None);
        _ = running.ContinueWith(
            ended =>
            {
                _ = ended.Exception;
                _actions.CompleteAdding();
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default
        );
        try
        {
            foreach (var action in _actions.GetConsumingEnumerable(token))
                action();
            running.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        catch
        {
            // Somebody downstream has had enough (Select-Object -First), or the work failed: it has nothing more to do.
            own.Cancel();
            throw;
        }
        finally
        {
            _actions.CompleteAdding();
        }
    }
}
