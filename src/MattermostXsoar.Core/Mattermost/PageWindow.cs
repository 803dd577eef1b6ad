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
    public async IAsyncEnumerable<IReadOnlyList<T>> ReadAsync<T>(
        Func<int, int, CancellationToken, Task<IReadOnlyList<T>>> fetch,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        // A window that is exactly one page is read with one request.
        var size = Take is > 0 and <= ServerCap && Skip % Take == 0 ? (int)Take : ServerCap;
        var surplus = (int)(Skip % size);
        var left = Take;
        for (var number = (int)(Skip / size); left > 0; number++)
        {
            var page = await fetch(number, size, cancellationToken);
            var wanted =
                surplus == 0 && page.Count <= left
                    ? page
                    : page.Skip(surplus).Take((int)Math.Min(left, int.MaxValue)).ToList();
            surplus = 0;
            left -= wanted.Count;
            if (wanted.Count > 0)
                yield return wanted;
            if (page.Count < size)
                yield break;
        }
    }
}
