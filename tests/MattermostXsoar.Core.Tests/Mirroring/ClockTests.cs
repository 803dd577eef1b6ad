using System.Text.Json;
using MattermostXsoar.Core.Mirroring.WarRoomToChat;
using MattermostXsoar.Core.Xsoar;
using MattermostXsoar.Core.Xsoar.Models;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring;

/// <summary>Which entries may move a War Room's cursor.</summary>
public sealed class ClockTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public void An_entry_from_the_future_does_not_count()
    {
        var clock = new ClockSkewGuard(_time);
        var now = _time.GetUtcNow();
        Assert.Null(clock.Newest([At(now.AddHours(1))]));
        Assert.Equal(now, clock.Newest([At(now), At(now.AddHours(1))]));
    }

    [Fact]
    public void The_time_of_a_server_that_stays_ahead_counts_after_a_while()
    {
        var clock = new ClockSkewGuard(_time);
        for (var i = 0; i < 4; i++)
        {
            Assert.Null(clock.Newest([At(_time.GetUtcNow().AddHours(1))]));
            _time.Advance(TimeSpan.FromMinutes(3));
        }

        var ahead = _time.GetUtcNow().AddHours(1);
        Assert.Equal(ahead, clock.Newest([At(ahead)]));
    }

    private static XsoarEntry At(DateTimeOffset created) =>
        JsonSerializer.Deserialize(
            JsonSerializer.Serialize(
                new
                {
                    id = "1@1",
                    type = 1,
                    contents = "x",
                    created,
                }
            ),
            XsoarJson.Default.XsoarEntry
        )!;
}
