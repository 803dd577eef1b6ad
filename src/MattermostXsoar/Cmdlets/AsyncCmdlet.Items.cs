using MattermostXsoar.Core.Errors;

namespace MattermostXsoar.Cmdlets;

/// <content>Work on many items, of which one may fail.</content>
public abstract partial class AsyncCmdlet
{
    // Enough to hide the way to the server and back, few enough for a small server to bear.
    private const int AtOnce = 8;

    /// <summary>Does something with each item; an item that fails is reported, the others go on.</summary>
    private protected async Task ForEachAsync<T>(IEnumerable<T> items, Func<T, Task> action)
    {
        foreach (var item in items)
        {
            try
            {
                await action(item);
            }
            catch (MattermostXsoarException error)
            {
                Report(error, item);
            }
        }
    }

    /// <summary>
    /// Works on several items at once and hands on each result in the items' order; an item that fails is reported, the
    /// others go on.
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
