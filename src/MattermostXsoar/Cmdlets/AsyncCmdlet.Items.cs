using MattermostXsoar.Core.Errors;

namespace MattermostXsoar.Cmdlets;

/// <content>Processing of many items, each of which may fail.</content>
public abstract partial class AsyncCmdlet
{
    // Enough to hide the latency of the server, and few enough for a small server.
    private const int AtOnce = 8;

    /// <summary>Processes each item; the error of an item is reported, and the others are still processed.</summary>
    private protected async Task ForEachAsync<T>(
        IEnumerable<T> items,
        Func<T, Task> action,
        Func<T, object?>? targetOf = null
    )
    {
        foreach (var item in items)
        {
            try
            {
                await action(item);
            }
            catch (MattermostXsoarException error)
            {
                Report(error, targetOf is null ? item : targetOf(item));
            }
        }
    }

    /// <summary>
    /// Processes several items at once and returns the results in the order of the items; the error of an item is
    /// reported, and the others are still processed.
    /// </summary>
    private protected async Task ForEachAtOnceAsync<T, TResult>(
        IEnumerable<T> items,
        Func<T, object?> targetOf,
        Func<T, Task<TResult>> work,
        Func<T, TResult, Task> handOn
    )
    {
        var running = new Queue<(T Item, Task<TResult> Result)>();
        foreach (var item in items)
        {
            if (running.Count == AtOnce)
                await FinishAsync(running.Dequeue());
            running.Enqueue((item, work(item)));
        }

        while (running.Count > 0)
            await FinishAsync(running.Dequeue());

        async Task FinishAsync((T Item, Task<TResult> Result) oldest)
        {
            try
            {
                await handOn(oldest.Item, await oldest.Result);
            }
            catch (MattermostXsoarException error)
            {
                Report(error, targetOf(oldest.Item));
            }
        }
    }
}
