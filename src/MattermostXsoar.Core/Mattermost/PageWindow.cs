using System.Runtime.CompilerServices;

namespace MattermostXsoar.Core.Mattermost;

/// <summary>
/// A part of a list. The server limits the size of its pages, so a window is read in pages of at most that size,
/// whatever page size the caller uses.
/// </summary>
/// <param name="Skip">The number of items of the list before the window.</param>
/// <param name="Take">The largest number of items in the window.</param>
internal sealed record PageWindow(long Skip, long Take)
{
    /// <summary>
    /// The largest page of the server (<c>per_page</c> of channels, users, groups and posts).
    /// </summary>
    public const int ServerCap = 200;

    public static readonly PageWindow Everything = new(0, long.MaxValue);

    /// <summary>Reads the window, page by page.</summary>
    /// <param name="fetch">Reads a page, by its number (from 0) and its size.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="ahead">
    /// How many pages after the one that is returned are requested already. None is before the first page turns out to
    /// be full: mostly it is the only one.
    /// </param>
    public async IAsyncEnumerable<IReadOnlyList<T>> ReadAsync<T>(
        Func<int, int, CancellationToken, Task<IReadOnlyList<T>>> fetch,
        [EnumeratorCancellation] CancellationToken cancellationToken,
        int ahead = 0
    )
    {
        // A window that is exactly one page is read with one request.
        var size = Take is > 0 and <= ServerCap && Skip % Take == 0 ? (int)Take : ServerCap;
        var surplus = (int)(Skip % size);
        var left = Take;
        var number = (int)(Skip / size);
        var requested = (long)-surplus;
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var pages = new Queue<Task<IReadOnlyList<T>>>();
        try
        {
            Request(1);
            while (left > 0 && pages.Count > 0)
            {
                var page = await pages.Dequeue();
                var wanted =
                    surplus == 0 && page.Count <= left
                        ? page
                        : page.Skip(surplus).Take((int)Math.Min(left, int.MaxValue)).ToList();
                surplus = 0;
                left -= wanted.Count;
                var isLast = page.Count < size;
                if (!isLast)
                    Request(ahead);
                if (wanted.Count > 0)
                    yield return wanted;
                if (isLast)
                    yield break;
                Request(1);
            }
        }
        finally
        {
            cancel.Cancel();
            foreach (var page in pages)
                _ = page.ContinueWith(
                    static ended => ended.Exception,
                    CancellationToken.None,
                    TaskContinuationOptions.ExecuteSynchronously,
                    TaskScheduler.Default
                );
        }

        void Request(int most)
        {
            for (; pages.Count < most && requested < Take; requested += size)
                pages.Enqueue(fetch(number++, size, cancel.Token));
        }
    }
}
