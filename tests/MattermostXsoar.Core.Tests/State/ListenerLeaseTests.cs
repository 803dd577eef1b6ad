using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.State;
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
    public void Leases_of_different_stores_are_independent()
    {
        using var one = ListenerLease.Take(StatePath, TimeProvider.System);
        using var two = ListenerLease.Take(_folder.File("other.db"), TimeProvider.System);
        Assert.NotSame(one, two);
    }
}
