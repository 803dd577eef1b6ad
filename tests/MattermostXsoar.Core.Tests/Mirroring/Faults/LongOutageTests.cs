using MattermostXsoar.Sandbox.Faults;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring.Faults;

/// <summary>
/// A server is out for ten minutes: it is asked seldom, people see why messages wait, and they go on soon after the end.
/// </summary>
[Trait("Category", "Fault")]
public sealed class LongOutageTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("mattermost", 502)]
    [InlineData("xsoar", 503)]
    [InlineData(null, 503)]
    public Task A_server_answers_with_errors_for_ten_minutes(string? server, int status) =>
        LongOutage.RunAsync(
            output,
            new Fault
            {
                Count = int.MaxValue,
                Server = server,
                Kind = FaultKind.Status,
                Status = status,
            },
            TimeSpan.FromMinutes(10)
        );
}
