using MattermostXsoar.Core.Mattermost;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mattermost;

public sealed class PageWindowTests
{
    [Theory]
    [InlineData(0, long.MaxValue, 0, 450, 3)]
    [InlineData(0, long.MaxValue, 0, 400, 3)]
    [InlineData(50, 50, 50, 50, 1)]
    [InlineData(200, 200, 200, 200, 1)]
    [InlineData(150, 300, 150, 300, 3)]
    [InlineData(430, 300, 430, 20, 1)]
    [InlineData(1000, 50, 0, 0, 1)]
    [InlineData(0, 0, 0, 0, 0)]
    public async Task A_window_is_read_once_whole_and_in_order(long skip, long take, int first, int count, int calls)
    {
        var server = new Pages(skip == 0 && count == 400 ? 400 : 450);
        var read = new List<int>();
        await foreach (
            var page in new PageWindow(skip, take).ReadAsync<int>(
                server.FetchAsync,
                TestContext.Current.CancellationToken
            )
        )
            read.AddRange(page);

        Assert.Equal(Enumerable.Range(first, count), read);
        Assert.Equal(calls, server.Calls);
    }

    [Fact]
    public async Task No_page_is_asked_for_before_the_one_before_it_was_worked_on()
    {
        var server = new Pages(1000);
        var page = 0;
        await foreach (
            var _ in PageWindow.Everything.ReadAsync<int>(server.FetchAsync, TestContext.Current.CancellationToken)
        )
            Assert.Equal(++page, server.Calls);
        Assert.Equal((5, 6), (page, server.Calls));
    }

    [Fact]
    public async Task A_page_that_fails_comes_after_those_before_it()
    {
        var server = new Pages(1000);
        var read = 0;
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(async () =>
        {
            await foreach (
                var page in PageWindow.Everything.ReadAsync<int>(
                    (number, size, token) =>
                        number < 2
                            ? server.FetchAsync(number, size, token)
                            : Task.FromException<IReadOnlyList<int>>(new InvalidOperationException("The third page.")),
                    TestContext.Current.CancellationToken
                )
            )
            {
                read += page.Count;
            }
        });

        Assert.Equal("The third page.", failure.Message);
        Assert.Equal(400, read);
    }

    private sealed class Pages(int count)
    {
        public int Calls { get; private set; }

        public Task<IReadOnlyList<int>> FetchAsync(int number, int size, CancellationToken cancellationToken)
        {
            Calls++;
            return Task.FromResult<IReadOnlyList<int>>(
                Enumerable.Range(number * size, Math.Clamp(count - (number * size), 0, size)).ToList()
            );
        }
    }
}
