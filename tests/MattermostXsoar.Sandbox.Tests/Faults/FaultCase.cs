using MattermostXsoar.Sandbox.Faults;
using MattermostXsoar.Sandbox.Tests.Support;

namespace MattermostXsoar.Sandbox.Tests.Faults;

/// <summary>The same fault as JSON from another process and as an object in a test.</summary>
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
