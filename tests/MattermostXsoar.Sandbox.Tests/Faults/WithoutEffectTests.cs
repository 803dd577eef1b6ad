using MattermostXsoar.Sandbox.Faults;

namespace MattermostXsoar.Sandbox.Tests.Faults;

/// <summary>What was to go wrong and did not, by which a test sees that it tested nothing.</summary>
public sealed class WithoutEffectTests
{
    private readonly FaultSet _faults = new(TimeProvider.System);
    private readonly Disturbances _disturbances = new();

    [Fact]
    public void A_fault_is_without_a_hit_until_it_has_one()
    {
        var fault = _faults.Add(
            new Fault
            {
                Kind = FaultKind.Status,
                Count = 2,
                Skip = 1,
            }
        );
        Assert.Null(_faults.ForCall("xsoar", "GET", "/user"));
        Assert.Equal([fault], _faults.WithoutHit);
        Assert.Same(fault, _faults.ForCall("xsoar", "GET", "/user"));
        Assert.Empty(_faults.WithoutHit);
    }

    [Fact]
    public void One_that_was_taken_away_stays_without_a_hit()
    {
        var removed = _faults.Add(new Fault { Kind = FaultKind.Status });
        var cleared = _faults.Add(new Fault { Kind = FaultKind.Drop });
        _faults.Remove(removed.Id);
        _faults.Clear();
        Assert.Equal([removed, cleared], _faults.WithoutHit);
    }

    [Fact]
    public void It_says_what_it_waited_for()
    {
        var fault = new Fault
        {
            Server = "mattermost",
            Method = "GET",
            PathPattern = "/ping$",
            Kind = FaultKind.Status,
            Status = 503,
            Skip = 3,
        };
        _faults.Add(fault);
        _faults.ForCall("mattermost", "GET", "/api/v4/system/ping");
        _faults.ForCall("mattermost", "POST", "/api/v4/system/ping");
        Assert.Equal(
            "Status 503 on GET mattermost /ping$, after 3 that pass: 1 that fit came, 0 were hit",
            fault.ToString()
        );
        Assert.Equal(
            "Drop on everything, after 0 that pass: 0 that fit came, 0 were hit",
            new Fault { Kind = FaultKind.Drop }.ToString()
        );
    }

    [Fact]
    public void Of_several_cuts_one_has_to_find_a_websocket()
    {
        _disturbances.Cut(0);
        _disturbances.Cut(0);
        Assert.Equal(["2 cuts of all websockets: none was open"], _disturbances.WithoutEffect);
        _disturbances.Cut(1);
        Assert.Empty(_disturbances.WithoutEffect);
    }

    [Fact]
    public void In_each_freeze_somebody_has_to_wait()
    {
        _disturbances.Frozen("servers", 1);
        Assert.Empty(_disturbances.WithoutEffect);
        _disturbances.Frozen("websockets", 0);
        Assert.Equal(["a freeze of the websockets: no call and no frame waited"], _disturbances.WithoutEffect);
    }

    [Fact]
    public async Task Whoever_waited_in_an_earlier_freeze_does_not_count()
    {
        var gate = new FreezeGate(new Signal());
        await gate.WaitAsync(TestContext.Current.CancellationToken);
        gate.Freeze();
        Assert.Equal(0, gate.Waited);
        var waiting = gate.WaitAsync(TestContext.Current.CancellationToken);
        gate.Freeze();
        Assert.Equal(1, gate.Waited);
        gate.Thaw();
        await waiting;
        gate.Freeze();
        Assert.Equal(0, gate.Waited);
    }

    [Fact]
    public async Task A_sandbox_shows_what_has_to_happen_and_not_what_may()
    {
        await using var sandbox = await SandboxServer.StartAsync();
        sandbox.Faults.Add(new Fault { Kind = FaultKind.Stall, MayNotHappen = "it is only there to be listed" });
        Assert.Empty(sandbox.WithoutEffect);
    }
}
