using System.Collections.Concurrent;
using System.Management.Automation;

namespace MattermostXsoar.Pipeline;

/// <summary>
/// Lets asynchronous work use the pipeline, to which only the pipeline's thread may write: any thread adds an action,
/// and the pipeline's thread runs them one by one until the work has ended.
/// </summary>
internal sealed class PipelineQueue
{
    private readonly BlockingCollection<Action> _actions = [];

    /// <summary>Adds an action for the pipeline's thread. It is ignored if the work has ended.</summary>
    public void Post(Action action)
    {
        try
        {
            _actions.Add(action);
        }
        catch (InvalidOperationException)
        {
            // Work that was stopped adds it late: there is no pipeline for it any more.
        }
    }

    /// <summary>
    /// Adds an action for the pipeline's thread and waits until it has run, so that nothing is read before it is
    /// needed.
    /// </summary>
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

    // On this thread until its first wait, which saves a change of threads for each call. A host's own synchronization
    // context would bring the rest of the work back to this thread, which waits for it; this method's end restores it.
    private static async Task BeginAsync(Func<CancellationToken, Task> work, CancellationToken token)
    {
        SynchronizationContext.SetSynchronizationContext(null);
        await work(token).ConfigureAwait(false);
    }

    /// <summary>
    /// Runs work, on other threads once it waits, and its actions on this one. Stopping does not wait for work that ignores
    /// cancellation.
    /// </summary>
    /// <exception cref="PipelineStoppedException">The pipeline was stopped.</exception>
    public void Run(Func<CancellationToken, Task> work, CancellationTokenSource stop)
    {
        // For this work only: after a failed input the next one is still processed.
        using var own = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
        var token = own.Token;
        var running = BeginAsync(work, token);
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
            // A later command has stopped the pipeline (Select-Object -First), or the work failed: it is canceled.
            own.Cancel();
            throw;
        }
        finally
        {
            _actions.CompleteAdding();
        }
    }
}
