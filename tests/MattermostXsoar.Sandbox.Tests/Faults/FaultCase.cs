using MattermostXsoar.Sandbox.Faults;
using MattermostXsoar.Sandbox.Tests.Support;

namespace MattermostXsoar.Sandbox.Tests.Faults;

/// <summary>The same fault as another process writes it and as a test of ours makes it.</summary>
internal sealed record FaultCase(Fault InProcess, string Json)
{
    public async Task PlantAsync(SandboxServer sandbox, SandboxClient client, bool overHttp)
    {
        if (!overHttp)
        {
            sandbox.Faults.Add(InProcess);
            return;
        }
        var reply = await client.PostAsync("/sandbox/faults", Json);
        Assert.True(reply.Status == 200, reply.Text);
    }
}
