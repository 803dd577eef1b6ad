using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.State;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace MattermostXsoar.Core.Tests.State;

public sealed class ListenerLeaseTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string StatePath => _folder.File("state.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_second_process_learns_who_holds_it_and_gets_it_when_the_first_has_ended()
    {
        using (ListenerLease.Take(StatePath, TimeProvider.System))
        {
            var error = Assert.Throws<MattermostXsoarException>(() =>
                ListenerLease.Take(StatePath, TimeProvider.System)
            );
            Assert.Equal((ErrorIds.ListenerAlreadyRunning, ErrorKind.InvalidOperation), (error.ErrorId, error.Kind));
            Assert.Contains($"process {Environment.ProcessId}", error.Message, StringComparison.Ordinal);
            Assert.Contains("Stop-MattermostListener", error.Advice, StringComparison.Ordinal);
        }

        ListenerLease.Take(StatePath, TimeProvider.System).Dispose();
    }

    [Fact]
    public void Whether_it_is_held_is_seen_from_outside_and_the_look_does_not_take_it()
    {
        Assert.False(ListenerLease.IsHeld(StatePath));
        using (ListenerLease.Take(StatePath, TimeProvider.System))
            Assert.True(ListenerLease.IsHeld(StatePath));

        Assert.False(ListenerLease.IsHeld(StatePath));
        ListenerLease.Take(StatePath, TimeProvider.System).Dispose();
    }

    [Fact]
    public void It_shows_when_its_holder_was_last_alive()
    {
        var start = new DateTimeOffset(2026, 11, 23, 3, 0, 0, TimeSpan.Zero);
        var time = new FakeTimeProvider(start);
        Assert.Null(ListenerLease.LastSeen(StatePath));
        using var lease = ListenerLease.Take(StatePath, time);

        time.Advance(TimeSpan.FromSeconds(29));
        lease.NoteAlive();
        Assert.Equal(start, ListenerLease.LastSeen(StatePath));
        time.Advance(TimeSpan.FromSeconds(1));
        lease.NoteAlive();
        Assert.Equal(start.AddSeconds(30), ListenerLease.LastSeen(StatePath));
        time.Advance(TimeSpan.FromSeconds(5));
        lease.Dispose();
        Assert.Equal(start.AddSeconds(35), ListenerLease.LastSeen(StatePath));
    }

    [Fact]
    public void Leases_of_different_stores_are_independent()
    {
        using var one = ListenerLease.Take(StatePath, TimeProvider.System);
        using var two = ListenerLease.Take(_folder.File("other.db"), TimeProvider.System);
        Assert.NotSame(one, two);
    }
}
