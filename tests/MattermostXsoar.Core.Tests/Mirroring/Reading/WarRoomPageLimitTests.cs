using MattermostXsoar.Core.Mirroring.Reading;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring.Reading;

public sealed class WarRoomPageLimitTests
{
    private readonly WarRoomPageLimit _limit = new();

    [Theory]
    [InlineData(0, false)]
    [InlineData(4, false)]
    [InlineData(5, true)]
    [InlineData(6, true)]
    public void Before_anything_is_known_an_answer_of_five_may_have_been_cut(int length, bool expected) =>
        Assert.Equal(expected, _limit.MayCut(length));

    [Fact]
    public void A_longer_answer_shows_that_shorter_ones_were_not_cut()
    {
        _limit.Learn(50);
        Assert.Equal((false, true, true), (_limit.MayCut(49), _limit.MayCut(50), _limit.MayCut(51)));
    }

    [Fact]
    public void From_a_shorter_answer_nothing_is_learned()
    {
        _limit.Learn(50);
        _limit.Learn(49);
        _limit.Learn(0);
        Assert.False(_limit.MayCut(49));
        var young = new WarRoomPageLimit();
        young.Learn(4);
        Assert.Equal((false, true), (young.MayCut(4), young.MayCut(5)));
    }

    [Fact]
    public void Of_those_who_learn_at_once_the_longest_answer_stays()
    {
        for (var round = 0; round < 50; round++)
        {
            var limit = new WarRoomPageLimit();
            Parallel.For(0, 1000, length => limit.Learn(length));
            Assert.Equal((false, true), (limit.MayCut(998), limit.MayCut(999)));
        }
    }
}
