using System.Runtime.CompilerServices;

namespace MattermostXsoar.Core.Mattermost;

/// <summary>
/// Which part of a list is wanted. The server caps its pages, so a window is read through pages of the server's own
/// greatest size, whatever page size the caller thinks in.
/// </summary>
/// <param name="Skip">How many items of the list come before the window.</param>
/// <param name="Take">How many items the window holds at most.</param>
internal sealed record PageWindow(long Skip, long Take)
{
    /// <summary>The most that the server gives at once (<c>per_page</c> of channels, users, groups and
    /// posts).</summary>
    public const int ServerCap = 200;

    public static readonly PageWindow Everything = new(0, long.MaxValue);

    /// <summary>Reads the window, page by page as the server gives it.</summary>
    /// <param name="fetch">Reads the page of a number (from 0) and a size.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async IAsyncEnumerable<IReadOnlyList<T>> ReadAsync<T>(
        Func<int, int, CancellationToken, Task<IReadOnlyList<T>>> fetch,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        // A window that fits one page of the server is read as that page, with nothing to spare.
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
