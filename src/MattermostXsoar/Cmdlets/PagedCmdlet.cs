using System.Management.Automation;
using MattermostXsoar.Core.Mattermost;

namespace MattermostXsoar.Cmdlets;

/// <summary>A cmdlet that lists objects in pages. Without any of these parameters it writes the first 50.</summary>
public abstract class PagedCmdlet : SessionCmdlet
{
    private const int DefaultPageSize = 50;

    private long _left = long.MaxValue;
    private bool _isWarned;

    private protected PagedCmdlet() { }

    /// <summary>The page, from 0.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int Page { get; set; }

    /// <summary>The size of a page. A page larger than the server's limit is read with several calls.</summary>
    [Parameter]
    [Alias("page_size")]
    [ValidateRange(1, int.MaxValue)]
    public int PageSize { get; set; } = DefaultPageSize;

    /// <summary>The largest number of objects to write, over all pages and lists.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Limit { get; set; }

    /// <summary>All objects, written page by page.</summary>
    [Parameter]
    public SwitchParameter All { get; set; }

    /// <summary>Whether <c>-Limit</c> objects have been written.</summary>
    private protected bool IsFull => _left <= 0;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (Limit > 0)
            _left = Limit;
    }

    /// <summary>Writes one list, within the window of the parameters.</summary>
    private protected Task WriteListAsync<T>(
        Func<int, int, CancellationToken, Task<IReadOnlyList<T>>> fetch,
        CancellationToken cancellationToken
    ) => WriteListAsync(fetch, _ => true, cancellationToken);

    /// <summary>Writes one list, within the window of the parameters, without what is not wanted.</summary>
    private protected async Task WriteListAsync<T>(
        Func<int, int, CancellationToken, Task<IReadOnlyList<T>>> fetch,
        Func<T, bool> isWanted,
        CancellationToken cancellationToken
    )
    {
        var count = 0;
        await foreach (var page in Window().ReadAsync(WhenWanted(fetch), cancellationToken, Ahead))
        {
            count += page.Count;
            await WritePageAsync([.. page.Where(isWanted)]);
        }

        if (count < DefaultPageSize || _isWarned || IsPagingAsked)
            return;
        _isWarned = true;
        Warn(
            $"These are the first {DefaultPageSize}, and there may be more. Give -All for all of them, -Limit for a "
                + "number, or -Page and -PageSize."
        );
    }

    // With -All pages are read ahead; without it nothing is read that may not be wanted.
    private int Ahead => All ? PagesAhead : 0;

    private Func<int, int, CancellationToken, Task<IReadOnlyList<T>>> WhenWanted<T>(
        Func<int, int, CancellationToken, Task<IReadOnlyList<T>>> fetch
    )
    {
        return All ? fetch : FetchAsync;

        async Task<IReadOnlyList<T>> FetchAsync(int page, int size, CancellationToken cancellationToken)
        {
            await Written;
            return await fetch(page, size, cancellationToken);
        }
    }

    // Whoever asks for a page or a number gets it, and knows that there may be more.
    private bool IsPagingAsked =>
        new[] { nameof(Page), nameof(PageSize), nameof(Limit), nameof(All) }.Any(
            MyInvocation.BoundParameters.ContainsKey
        );

    /// <summary>Writes the objects of a whole list that meet a condition.</summary>
    private protected async Task WriteMatchesAsync<T>(
        Func<int, int, CancellationToken, Task<IReadOnlyList<T>>> fetch,
        Func<T, bool> matches,
        CancellationToken cancellationToken
    )
    {
        if (IsFull)
            return;
        await foreach (var page in PageWindow.Everything.ReadAsync(WhenWanted(fetch), cancellationToken, Ahead))
        {
            await WritePageAsync([.. page.Where(matches)]);
            if (IsFull)
                return;
        }
    }

    private protected Task WriteOneAsync<T>(T item) => WritePageAsync([item]);

    private async Task WritePageAsync<T>(IReadOnlyList<T> page)
    {
        var wanted = page.Count <= _left ? page : page.Take((int)_left).ToList();
        _left -= wanted.Count;
        if (wanted.Count > 0)
            await WriteAsync(wanted, enumerate: true);
    }

    // As in the original a limit may be larger than a page; here it begins at -Page.
    private PageWindow Window()
    {
        var skip = (long)Page * PageSize;
        return All || Limit > 0 ? new PageWindow(skip, _left) : new PageWindow(skip, PageSize);
    }
}
