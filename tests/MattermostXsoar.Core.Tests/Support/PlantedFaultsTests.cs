using System.Reflection;
using MattermostXsoar.Sandbox;
using MattermostXsoar.Sandbox.Faults;
using MattermostXsoar.Tests.Support;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace MattermostXsoar.Core.Tests.Support;

/// <summary>What makes a test fail whose faults do not happen. In these tests they happen in the end.</summary>
public sealed class PlantedFaultsTests
{
    [Fact]
    public void A_test_fails_while_something_that_it_planned_has_not_happened()
    {
        string[] missing = ["the end of the world"];
        PlantedFaults.Watch(() => missing);
        var failure = Assert.Throws<FailException>(EndTest);
        Assert.Contains("never did:\n- the end of the world", failure.Message, StringComparison.Ordinal);
        missing = [];
        EndTest();
    }

    [Fact]
    public async Task Every_sandbox_that_a_test_starts_is_looked_at()
    {
        await using var sandbox = await SandboxServer.StartAsync();
        await using var other = await SandboxServer.StartAsync();
        using var http = new HttpClient { BaseAddress = other.MattermostUri };
        other.Faults.Add(new Fault { Kind = FaultKind.Status, Status = 503 });
        Assert.Contains("Status 503", Assert.Throws<FailException>(EndTest).Message, StringComparison.Ordinal);
        await http.GetAsync(new Uri("api/v4/system/ping", UriKind.Relative), TestContext.Current.CancellationToken);
        EndTest();
    }

    private static void EndTest() =>
        new PlantedFaultsAttribute().After(
            (MethodInfo)MethodBase.GetCurrentMethod()!,
            (IXunitTest)TestContext.Current.Test!
        );
}
