using MattermostXsoar.Sandbox;
using MattermostXsoar.Sandbox.Mattermost.Model;

namespace MattermostXsoar.Module.Tests.Faults;

/// <summary>
/// The listener's process is killed (SIGKILL, by itself) between two steps of a message to the bot. Every step, in a
/// world that ends within the test's process: BotMessageStopTests of the core's tests.
/// </summary>
[Trait("Category", "Fault")]
public sealed class BotMessageKillTests
{
    private const int Killed = 137;
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Killed_at_each_step_one_incident_and_one_answer_come_of_a_message()
    {
        using var deadline = new CancellationTokenSource(Deadline);
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions { MattermostVersion = "11.6.0" });
        using var host = new ListenerHost(sandbox);
        var world = sandbox.Mattermost;
        var direct = world.Direct("user1", sandbox.Options.Seed.Bot);
        var messages = new List<SandboxPost>();
        foreach (var step in new[] { "MessageActed", "AfterReply" })
        {
            using var listener = host.Start($"{step}:1");
            // Once the bot has connected it is past the first start, before which nobody is answered.
            await world.WhenConnectionsAsync(count => count > 0, deadline.Token);
            messages.Add(world.Post("user1", direct.Id, $"create incident name={step}"));
            await listener.WaitForExitAsync(deadline.Token);
            Assert.True(listener.ExitCode == Killed, string.Join('\n', host.LastOutput));
        }

        using var last = host.Start();
        messages.Add(world.Post("user1", direct.Id, "help"));
        await world.WhenAsync(_ => Answers(messages[2]) > 0, deadline.Token);
        last.Kill();
        await last.WaitForExitAsync(deadline.Token);

        Assert.Equal([1, 1, 1], messages.Select(Answers));
        Assert.Equal(
            ["AfterReply", "MessageActed"],
            sandbox.Xsoar.Incidents.Skip(3).Select(incident => incident.Name).Order()
        );

        int Answers(SandboxPost message) =>
            world
                .Messages(direct.Id)
                .Count(post => post.Props.TryGetValue("xsoar_reply_to", out var id) && id == message.Id);
    }
}
