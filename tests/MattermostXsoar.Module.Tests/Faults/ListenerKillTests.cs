using System.Diagnostics;
using MattermostXsoar.Sandbox;
using MattermostXsoar.Tests.Support;

namespace MattermostXsoar.Module.Tests.Faults;

/// <summary>The listener's process is killed (SIGKILL) again and again while people talk on both sides.</summary>
[Trait("Category", "Fault")]
public sealed class ListenerKillTests(ITestOutputHelper output)
{
    private const int Messages = 1000;

    // The store's rules are the same in both builds; the second one is tried with fewer kills.
    private static readonly int Kills = StagedModule.Build == "net8.0" ? 20 : 5;
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Killed_at_random_moments_it_loses_nothing_doubles_nothing_and_keeps_the_order()
    {
        var random = new Random(TestSeed.Take());
        var watch = Stopwatch.StartNew();
        using var deadline = new CancellationTokenSource(Deadline);
        await using var sandbox = await SandboxServer.StartAsync();
        using var host = new ListenerHost(sandbox);
        var conversation = new Conversation(sandbox, Messages, deadline.Token);
        var listener = host.Start();
        try
        {
            await MirroredAsync(sandbox, deadline.Token);
            for (var kill = 1; kill <= Kills; kill++)
            {
                var exited = listener.WaitForExitAsync(deadline.Token);
                var talking = conversation.TalkAsync(kill / (Kills + 1.0), exited);
                var when = await MomentAsync(random, sandbox, conversation, kill, deadline.Token);
                listener.Kill();
                await exited;
                await talking;
                listener.Dispose();
                output.WriteLine(
                    $"kill {kill} {when}, with {conversation.InWarRoom} messages in the War Room and {conversation.InChat} in the chat"
                );
                listener = host.Start();
            }

            await conversation.TalkAsync(1, listener.WaitForExitAsync(deadline.Token));
            await ArrivedAsync(conversation, deadline.Token);
            await StopAsync(listener, deadline.Token);
        }
        finally
        {
            listener.Kill();
            listener.Dispose();
        }

        // A pass over both sides from their positions reveals what would be sent a second time.
        var counters = await host.SynchronizeAsync();
        output.WriteLine($"{Kills} kills in {watch.Elapsed.TotalSeconds:0.0} s");
        output.WriteLine($"chat to War Room: {conversation.ChatToWarRoom}");
        output.WriteLine($"War Room to chat: {conversation.WarRoomToChat}");
        output.WriteLine($"counters (state, from chat, from War Room, pending, failed): {counters}");
        if (conversation.ChatToWarRoom.Lost + conversation.WarRoomToChat.Lost > 0)
            output.WriteLine(string.Join('\n', host.LastOutput));
        Assert.Equal(new(Messages, Messages, 0, 0, 0), conversation.ChatToWarRoom);
        Assert.Equal(new(Messages, Messages, 0, 0, 0), conversation.WarRoomToChat);
        Assert.Equal($"Active {Messages} {Messages} 0 0", counters);
    }

    // Most moments fall into the traffic, some into the start of a process.
    private static async Task<string> MomentAsync(
        Random random,
        SandboxServer sandbox,
        Conversation conversation,
        int kill,
        CancellationToken deadline
    )
    {
        if (random.Next(4) == 0)
        {
            var calls = random.Next(20);
            if (calls > 0)
                await conversation.CallAsync(sandbox.Calls.Total + calls - 1, deadline);
            return $"{calls} calls after its start";
        }

        var before = conversation.Arrived;
        var more = random.Next(1, Math.Max(2, (2 * Messages * kill / (Kills + 1)) - 2 - before));
        await conversation.ArrivedAsync(before + more);
        return $"after {more} more messages";
    }

    private static async Task MirroredAsync(SandboxServer sandbox, CancellationToken deadline)
    {
        await sandbox.Mattermost.WhenAsync(
            world => world.Channels.Any(channel => channel.Name == "incident-1"),
            deadline
        );
        await sandbox.Mattermost.WhenConnectionsAsync(count => count > 0, deadline);
        foreach (var person in sandbox.Options.Seed.People)
            sandbox.Mattermost.AddMember("incident-1", person.Username);
    }

    private static async Task ArrivedAsync(Conversation conversation, CancellationToken deadline)
    {
        try
        {
            await conversation.ArrivedAsync(2 * Messages);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            // The counts show what is missing.
        }
    }

    // SIGTERM, as a service manager stops it: in good order.
    private static async Task StopAsync(Process listener, CancellationToken deadline)
    {
        using var terminate = Process.Start(
            "kill",
            listener.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)
        );
        await terminate.WaitForExitAsync(deadline);
        await listener.WaitForExitAsync(deadline);
    }
}
