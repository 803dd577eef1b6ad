using System.Diagnostics;
using System.Text;
using MattermostXsoar.Sandbox;

namespace MattermostXsoar.Module.Tests.Faults;

/// <summary>
/// The listener's process is killed (SIGKILL, by itself) at one step between two writes after the other, while people
/// talk on both sides. Every step, in a world that ends within the test's process: StopPointTests of the core's tests.
/// </summary>
[Trait("Category", "Fault")]
public sealed class ListenerStopTests(ITestOutputHelper output)
{
    // 128 + SIGKILL.
    private const int Killed = 137;
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(5);

    private static readonly string[] Steps =
    [
        "WarRoomToChat.BeforeCursor",
        "WarRoomToChat.AfterRecord",
        "WarRoomToChat.AfterSend",
        "WarRoomToChat.BetweenParts",
        "WarRoomToChat.BeforeFileIsShown",
        "WarRoomToChat.BeforeMark",
        "WarRoomToChat.AfterMark",
        "ChatToWarRoom.BeforeCursor",
        "ChatToWarRoom.AfterRecord",
        "ChatToWarRoom.AfterSend",
        "ChatToWarRoom.BeforeMark",
        "ChatToWarRoom.AfterMark",
    ];

    // The store's rules are the same in both builds; the second one is tried at fewer steps.
    private static readonly string[] Tried =
        StagedModule.Build == "net8.0" ? Steps : ["WarRoomToChat.AfterSend", "ChatToWarRoom.AfterSend"];

    [Fact]
    public async Task Killed_at_one_step_after_the_other_it_loses_nothing_doubles_nothing_and_keeps_the_order()
    {
        var watch = Stopwatch.StartNew();
        using var deadline = new CancellationTokenSource(Deadline);
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions { MattermostVersion = "11.6.0" });
        using var host = new ListenerHost(sandbox);
        var conversation = new Conversation(sandbox, 1000, deadline.Token);
        await MirrorOnceAsync(sandbox, host, deadline.Token);
        var share = 0;
        var (texts, files) = (new List<string>(), new List<string>());
        var attached = new ChangingFiles(sandbox, deadline.Token);
        foreach (var step in Tried)
        {
            // While nobody listens, and while somebody does.
            await attached.ChangeAsync();
            using var listener = host.Start($"{step}:1");
            texts.Add(
                sandbox.Xsoar.AddEntry("1", "jane", string.Join('\n', Enumerable.Repeat(new string('x', 100), 400))).Id
            );
            files.Add(sandbox.Xsoar.AddFile("1", "jane", "case.txt", Encoding.UTF8.GetBytes("case"), "a file").Id);
            await attached.ChangeAsync();
            var exited = listener.WaitForExitAsync(deadline.Token);
            while (!exited.IsCompleted)
                await conversation.TalkAsync(++share / 200.0, exited);
            await exited;
            output.WriteLine(
                $"killed at {step}, with {conversation.InWarRoom} messages in the War Room and {conversation.InChat} in the chat"
            );
            Assert.True(listener.ExitCode == Killed, string.Join('\n', host.LastOutput));
        }

        // Passes over both sides: what the last process left, and what would be sent a second time.
        await host.SynchronizeAsync();
        var counters = await host.SynchronizeAsync();
        output.WriteLine($"{Tried.Length} kills in {watch.Elapsed.TotalSeconds:0.0} s");
        output.WriteLine($"chat to War Room: {conversation.ChatToWarRoom}");
        output.WriteLine($"War Room to chat: {conversation.WarRoomToChat}");
        output.WriteLine($"counters (state, from chat, from War Room, pending, failed): {counters}");
        var lines = conversation.SentByAll / 2;
        Assert.Equal(new(lines, lines, 0, 0, 0), conversation.ChatToWarRoom);
        Assert.Equal(new(lines, lines, 0, 0, 0), conversation.WarRoomToChat);
        Assert.EndsWith(" 0 0", counters, StringComparison.Ordinal);
        foreach (var text in texts)
            Assert.Equal(["0", "1", "2"], Posts(sandbox, text).Select(post => post.Props["xsoar_part"].ToString()));
        Assert.Equal(attached.Names.Order(), attached.InWarRoom.Order());
        if (Tried.Length == Steps.Length)
            Assert.NotEqual(0, attached.Removed);
        foreach (var file in files)
            Assert.Single(Assert.Single(Posts(sandbox, file)).FileIds);
    }

    private static IEnumerable<MattermostXsoar.Sandbox.Mattermost.Model.SandboxPost> Posts(
        SandboxServer sandbox,
        string entryId
    ) =>
        sandbox
            .Mattermost.Messages("incident-1")
            .Where(post => post.Props.TryGetValue("xsoar_entry_id", out var id) && id.ToString() == entryId);

    // The first process only begins the mirror.
    private static async Task MirrorOnceAsync(SandboxServer sandbox, ListenerHost host, CancellationToken deadline)
    {
        using var first = host.Start();
        await sandbox.Mattermost.WhenAsync(
            world => world.Channels.Any(channel => channel.Name == "incident-1"),
            deadline
        );
        await sandbox.Mattermost.WhenConnectionsAsync(count => count > 0, deadline);
        foreach (var person in sandbox.Options.Seed.People)
            sandbox.Mattermost.AddMember("incident-1", person.Username);
        first.Kill();
        await first.WaitForExitAsync(deadline);
    }
}
