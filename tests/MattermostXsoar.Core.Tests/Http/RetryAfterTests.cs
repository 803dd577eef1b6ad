using MattermostXsoar.Core.Http;
using Xunit;

namespace MattermostXsoar.Core.Tests.Http;

public sealed class RetryAfterTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 14, 49, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("1", 1)]
    [InlineData("0", 0)]
    [InlineData("3, 3", 3)]
    [InlineData(" 12 ", 12)]
    [InlineData("1.5", 1.5)]
    [InlineData("30", 30)]
    [InlineData("3600", 3600)]
    [InlineData("Mon, 23 Nov 2026 14:49:33 GMT", 33)]
    [InlineData("Mon, 23 Nov 2026 14:48:00 GMT", 0)]
    [InlineData("Wed, 21 Oct 2015 07:28:00 GMT", 0)]
    [InlineData("99999999999999999999", 86400)]
    public void Seconds_and_dates_are_read(string value, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), RetryAfter.Parse(value, Now));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("garbage")]
    [InlineData("NaN")]
    [InlineData("1e9")]
    [InlineData("-5")]
    [InlineData("-1x")]
    public void Anything_else_is_nothing(string? value) => Assert.Null(RetryAfter.Parse(value, Now));
}
