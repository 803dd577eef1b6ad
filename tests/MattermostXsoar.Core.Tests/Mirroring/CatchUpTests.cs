using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.Mirroring.WarRoomToChat;
using MattermostXsoar.Core.State;
using MattermostXsoar.Core.Tests.Mirroring.Faults;
using MattermostXsoar.Sandbox;
using MattermostXsoar.Sandbox.Faults;
using MattermostXsoar.Sandbox.Xsoar;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring;

/// <summary>What happened on both sides while nobody listened, however much it is.</summary>
public sealed class CatchUpTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("11.6.0", WarRoomPageCut.NewestKept)]
    [InlineData("5.37.0", WarRoomPageCut.OldestKept)]
    [Trait("Category", "Fault")]
    public async Task Five_thousand_messages_with_edits_and_deletions_are_made_up_for_in_order(
        string version,
        WarRoomPageCut cut
    )
    {
        const int Messages = 2500;
        await using var harness = await MirrorHarness.StartAsync(
            new SandboxOptions
            {
                MattermostVersion = version,
                RandomEntryIds = true,
                WarRoomPageCut = cut,
            }
        );
        await harness.MirrorConnectedAsync();
        var edited = harness.Sandbox.Mattermost.Post("user1", "incident-1", "carried and edited");
        var deleted = harness.Sandbox.Mattermost.Post("user1", "incident-1", "carried and deleted");
        var editedEntry = harness.Sandbox.Xsoar.AddEntry("1", "jane", "carried and edited");
        var deletedEntry = harness.Sandbox.Xsoar.AddEntry("1", "jane", "carried and deleted");
        await harness.WarRoomAsync(lines => lines.Count == 2);
        await harness.ChatAsync("incident-1", lines => lines.Count == 2);
        await harness.Service.Listener.StopAsync();

        var (fromChat, fromWarRoom) = (new List<string>(), new List<string>());
        for (var i = 0; i < Messages; i++)
        {
            fromChat.Add(Tally.Text($"user{(i % 3) + 1}", i / 3));
            harness.Sandbox.Mattermost.Post($"user{(i % 3) + 1}", "incident-1", fromChat[i]);
            fromWarRoom.Add(Tally.Text("jane", i));
            harness.Sandbox.Xsoar.AddEntry("1", "jane", fromWarRoom[i]);
        }

        harness.Sandbox.Mattermost.Edit(edited.Id, "edited since");
        harness.Sandbox.Mattermost.Delete(deleted.Id);
        harness.Sandbox.Xsoar.EditEntry(editedEntry.Id, "edited since");
        harness.Sandbox.Xsoar.DeleteEntry(deletedEntry.Id);
        await harness.NewServiceAsync();
        await harness.Service.Listener.StartAsync(harness.Token);
        await harness.WarRoomAsync(lines =>
            lines.Count >= Messages && Tally.Of(fromChat, lines).Lost == 0 && lines.Contains("edited since")
        );
        await harness.ChatAsync(
            "incident-1",
            lines => lines.Count >= Messages && Tally.Of(fromWarRoom, lines).Lost == 0 && lines.Contains("edited since")
        );
        await harness.MirrorIsAsync(mirror => mirror.Pending == 0);

        var (toWarRoom, toChat) = (
            Tally.Of(fromChat, harness.MirroredInWarRoom()),
            Tally.Of(fromWarRoom, harness.MirroredInChat("incident-1"))
        );
        output.WriteLine($"chat to War Room: {toWarRoom}");
        output.WriteLine($"War Room to chat: {toChat}");
        Assert.Equal((0, 0, 0), (toWarRoom.Lost, toWarRoom.Doubled, toWarRoom.OutOfOrder));
        Assert.Equal((0, 0, 0), (toChat.Lost, toChat.Doubled, toChat.OutOfOrder));
        Assert.Contains(
            harness.FromChat(),
            entry =>
                entry.StartsWith("The message of **", StringComparison.Ordinal)
                || entry.StartsWith("A message of ", StringComparison.Ordinal)
        );
        Assert.Contains("*(deleted in the War Room)*", harness.MirroredInChat("incident-1"));
    }

    [Fact]
    public async Task After_a_break_few_mirrors_at_a_time_read_their_channels()
    {
        await using var harness = await MirrorHarness.StartAsync();
        var ids = Enumerable.Range(0, 30).Select(_ => harness.Sandbox.Xsoar.CreateIncident("many")).ToList();
        foreach (var id in ids)
            await harness.MirrorAsync(id);
        await harness.Service.Listener.WaitAsync(Core.Mirroring.Models.ListenerState.Connected, harness.Token);
        harness.Sandbox.Faults.Add(
            new Fault
            {
                Server = "mattermost",
                Method = "GET",
                PathPattern = "/channels/[a-z0-9]+/posts$",
                Kind = FaultKind.Stall,
                Count = 1000,
            }
        );
        harness.Sandbox.Calls.Clear();
        // After it no connection can be resumed.
        await harness.Sandbox.RestartAsync(cancellationToken: harness.Token);
        await harness.Service.Listener.WaitAsync(Core.Mirroring.Models.ListenerState.CatchingUp, harness.Token);
        await harness.Sandbox.Calls.WaitForAsync(
            _ => harness.Sandbox.Calls.CountOf("mattermost", "GET", "/channels/[a-z0-9]+/posts$") >= 8,
            harness.Token
        );

        Assert.Equal(8, harness.Sandbox.Calls.CountOf("mattermost", "GET", "/channels/[a-z0-9]+/posts$"));
        harness.Sandbox.Faults.Clear();
        await harness.Service.Listener.WaitAsync(Core.Mirroring.Models.ListenerState.Connected, harness.Token);
    }

    [Theory]
    [InlineData(7, WarRoomPageCut.OldestKept)]
    [InlineData(7, WarRoomPageCut.NewestKept)]
    [InlineData(20, WarRoomPageCut.OldestKept)]
    [InlineData(20, WarRoomPageCut.NewestKept)]
    public async Task A_very_low_limit_of_entries_loses_no_message(int cap, WarRoomPageCut cut)
    {
        await using var harness = await MirrorHarness.StartAsync(
            new SandboxOptions
            {
                WarRoomPageCap = cap,
                WarRoomPageCut = cut,
                RandomEntryIds = true,
            }
        );
        await harness.MirrorConnectedAsync();
        await harness.Service.Listener.StopAsync();
        var texts = Enumerable.Range(0, 60).Select(i => $"line {i}").ToList();
        foreach (var line in texts)
            harness.Sandbox.Xsoar.AddEntry("1", "jane", line);
        await harness.NewServiceAsync();
        await harness.Service.Listener.StartAsync(harness.Token);
        await harness.ChatAsync("incident-1", lines => lines.Count >= texts.Count);

        Assert.Equal(texts, harness.MirroredInChat("incident-1"));
    }

    [Theory]
    [InlineData(WarRoomOrder.Descending, EmptyEntries.Null, false)]
    [InlineData(WarRoomOrder.Ascending, EmptyEntries.Absent, true)]
    public async Task The_order_of_the_answer_and_how_an_empty_one_looks_do_not_matter(
        WarRoomOrder order,
        EmptyEntries empty,
        bool fromTimeIsExclusive
    )
    {
        await using var harness = await MirrorHarness.StartAsync(
            new SandboxOptions
            {
                RandomEntryIds = true,
                Xsoar = new XsoarBehaviour
                {
                    EntryOrdering = order,
                    EmptyEntries = empty,
                    FromTimeIsExclusive = fromTimeIsExclusive,
                },
            }
        );
        await harness.MirrorConnectedAsync();
        var texts = Enumerable.Range(0, 300).Select(i => $"line {i}").ToList();
        foreach (var line in texts)
            harness.Sandbox.Xsoar.AddEntry("1", "jane", line);
        await harness.ChatAsync("incident-1", lines => lines.Count >= texts.Count);
        await harness.Service.SynchronizeAsync(null, harness.Token);

        Assert.Equal(texts, harness.MirroredInChat("incident-1"));
    }

    [Theory]
    [InlineData(90)]
    [InlineData(3600)]
    public async Task An_entry_that_appears_late_is_mirrored(int secondsLate)
    {
        await using var harness = await MirrorHarness.StartAsync(
            mirroring: MirrorHarness.Quick with
            {
                DeepReading = TimeSpan.FromMilliseconds(200),
                WholeReading = TimeSpan.FromMilliseconds(200),
            }
        );
        await harness.MirrorConnectedAsync();
        var now = TimeProvider.System.GetUtcNow();
        string Entry(string id, string text, DateTimeOffset at) =>
            $"{{\"id\":\"{id}@1\",\"type\":1,\"category\":\"chat\",\"user\":\"jane\",\"contents\":\"{text}\",\"created\":\"{at:yyyy-MM-dd'T'HH:mm:ss.fffffff}12Z\"}}";
        void Answer(params string[] entries) =>
            harness.Sandbox.Faults.Add(
                new Fault
                {
                    Server = "xsoar",
                    PathPattern = "/investigation/1",
                    Kind = FaultKind.Status,
                    Status = 200,
                    Count = 1000000,
                    Body = $"{{\"id\":\"1\",\"type\":0,\"status\":0,\"entries\":[{string.Join(",", entries)}]}}",
                }
            );
        var early = Entry("901", "early", now);
        Answer(early);
        harness.Sandbox.Xsoar.AddEntry("1", "jane", "a sign of change");
        await harness.ChatAsync("incident-1", lines => lines.Contains("early"));
        harness.Sandbox.Faults.Clear();
        Answer(early, Entry("902", "late", now.AddSeconds(-secondsLate)));
        harness.Sandbox.Xsoar.AddEntry("1", "jane", "another sign");
        await harness.ChatAsync("incident-1", lines => lines.Contains("late"));
        await harness.Service.SynchronizeAsync(null, harness.Token);

        Assert.Equal(["early", "late"], harness.MirroredInChat("incident-1"));
    }

    [Fact]
    [Trait("Category", "Fault")]
    public async Task What_is_written_after_the_clock_of_XSOAR_was_set_back_is_mirrored()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        var sent = new List<string>();
        void Write() => harness.Sandbox.Xsoar.AddEntry("1", "jane", sent[^1]);
        for (var i = 0; i < 20; i++)
        {
            sent.Add(Tally.Text("jane", i));
            Write();
        }

        await harness.ChatAsync("incident-1", lines => lines.Count == 20);
        await harness.Service.Listener.StopAsync();
        // As if the server had run an hour ahead for long, and was believed: its cursor lies there.
        using (var store = StateStore.Open(harness.StatePath, harness.BotUserId, TimeProvider.System))
        {
            var mirror = store.ReadMirrors()[0];
            await store.RecordAsync(
                mirror.Id,
                [],
                ReadPosition.WarRoom(TimeProvider.System.GetUtcNow().AddHours(1).UtcTicks)
            );
        }

        await harness.NewServiceAsync();
        await harness.Service.Listener.StartAsync(harness.Token);
        for (var i = 20; i < 40; i++)
        {
            sent.Add(Tally.Text("jane", i));
            Write();
        }

        await harness.ChatAsync("incident-1", lines => Tally.Of(sent, lines).Lost == 0);
        await harness.Service.SynchronizeAsync(null, harness.Token);
        var tally = Tally.Of(sent, harness.MirroredInChat("incident-1"));
        output.WriteLine($"War Room to chat: {tally}");
        Assert.Equal((0, 0, 0), (tally.Lost, tally.Doubled, tally.OutOfOrder));
    }

    [Fact]
    [Trait("Category", "Fault")]
    public async Task Edits_and_deletions_under_lost_frames_and_answers_end_as_the_channel_shows_them()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        foreach (
            var (frame, skips) in new[]
            {
                ("posted", new[] { 2, 11, 20, 29 }),
                ("post_edited", [2, 7]),
                ("post_deleted", [0, 1]),
            }
        )
        {
            foreach (var skip in skips)
                harness.Sandbox.Faults.Add(
                    new Fault
                    {
                        Server = "mattermost",
                        PathPattern = $"^{frame}$",
                        Kind = skip % 2 == 0 ? FaultKind.WebSocketDropFrames : FaultKind.WebSocketCut,
                        Skip = skip,
                    }
                );
        }

        harness.Sandbox.Faults.Add(
            new Fault
            {
                Server = "xsoar",
                PathPattern = "entry/formatted",
                Kind = FaultKind.ActThenDrop,
                Skip = 3,
                Count = 2,
            }
        );
        harness.Sandbox.Faults.Add(
            new Fault
            {
                Server = "xsoar",
                PathPattern = "entry/formatted",
                Kind = FaultKind.Status,
                Status = 503,
                Skip = 20,
                Count = 5,
            }
        );
        var (sent, posts) = (new List<string>(), new List<string>());
        // Until everything that was to go wrong has gone wrong.
        for (var i = 0; i < 60 || harness.Sandbox.WithoutEffect.Count > 0; i++)
        {
            // The first ones at once; then no faster than the listener works, or it is given thousands.
            if (i >= 60)
                await harness.WaitsAsync(2);
            sent.Add(Tally.Text("user1", i));
            posts.Add(harness.Sandbox.Mattermost.Post("user1", "incident-1", sent[i]).Id);
            harness.Tick();
            if (i % 3 == 1)
                harness.Sandbox.Mattermost.Edit(posts[i - 1], $"edit of {i - 1}");
            if (i % 10 == 9)
                harness.Sandbox.Mattermost.Delete(posts[i - 5]);
        }

        await harness.WarRoomAsync(lines => lines.Contains(sent[^1]));
        await harness.Service.SynchronizeAsync(null, harness.Token);
        await harness.MirrorIsAsync(mirror => mirror.Pending == 0);
        var texts = harness.MirroredInWarRoom();
        // What was edited or deleted before its delivery is delivered as it is then, or never: the last state counts.
        var plain = sent.Where((_, i) => i % 3 != 0 && i % 10 != 4).ToList();
        var tally = Tally.Of(plain, texts);
        output.WriteLine($"chat to War Room: {tally}");
        Assert.Equal((0, 0, 0), (tally.Lost, tally.Doubled, tally.OutOfOrder));
        for (var i = 0; i < sent.Count; i += 3)
        {
            var deletions = harness
                .FromChat()
                .Count(entry => entry.Contains($"/pl/{posts[i]}), deleted)", StringComparison.Ordinal));
            if (i % 10 != 4 && i < sent.Count - 1)
                Assert.Equal(1, texts.Count(line => line == $"edit of {i}"));
            Assert.InRange(deletions, 0, i % 10 == 4 ? 1 : 0);
        }
    }
}
