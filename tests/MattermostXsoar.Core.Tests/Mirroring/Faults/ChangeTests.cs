using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Sandbox.Faults;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring.Faults;

/// <summary>People edit and delete what they wrote while everything goes wrong: in the end each side shows the other as
/// it is.</summary>
[Trait("Category", "Fault")]
public sealed class ChangeTests(ITestOutputHelper output)
{
    private const int Messages = 40;

    public static TheoryData<string> Troubles =>
        ["answers lost", "half answers", "server errors", "rate limits", "websocket cut", "restart", "listener away"];

    [Theory]
    [MemberData(nameof(Troubles))]
    public async Task Posts_that_are_edited_and_deleted_end_in_the_War_Room_as_the_channel_shows_them(
        string disturbance
    )
    {
        await using var harness = await StartAsync();
        MakeDisturbance(
            harness,
            disturbance,
            [("xsoar", "POST", "entry/formatted", [2, 9])],
            ["posted", "post_edited", "post_deleted"]
        );
        var ids = new List<string>();
        for (var i = 0; GoesOn(harness, i); i++)
        {
            ids.Add(harness.Sandbox.Mattermost.Post($"user{(i % 3) + 1}", "incident-1", $"line {i}").Id);
            await PauseAsync(harness);
            if (IsEdited(i - 1))
            {
                // Every second one when it has arrived: a change of a message that waits would be one with it.
                if (i % 2 == 0 && IsListening(harness))
                    await harness.WarRoomAsync(lines => lines.Contains($"line {i - 1}"));
                harness.Sandbox.Mattermost.Edit(ids[i - 1], $"edit of {i - 1}");
            }

            if (IsDeleted(i - 5))
                harness.Sandbox.Mattermost.Delete(ids[i - 5]);
            if (i == Messages / 2)
                await DisturbAsync(harness, disturbance);
            if (i == Messages * 2 / 3 && disturbance == "listener away")
                await ReturnAsync(harness);
        }

        var last = ids.Count - 1;
        await harness.WarRoomAsync(lines => lines.Contains($"line {last}"));
        await SettleAsync(harness);
        var texts = harness.MirroredInWarRoom();
        var tally = Tally.OfSequence(
            Enumerable
                .Range(0, ids.Count)
                .Where(i => !(IsEdited(i) && i < last) && !(IsDeleted(i) && i <= last - 5))
                .Select(i => $"line {i}")
                .ToList(),
            texts
        );
        output.WriteLine($"chat to War Room: {tally}");
        Assert.Equal((0, 0, 0), (tally.Lost, tally.Doubled, tally.OutOfOrder));
        for (var i = 0; i < ids.Count; i++)
        {
            // The last state of each counts, and is mirrored once.
            var isDeleted = IsDeleted(i) && i <= last - 5;
            if (isDeleted)
                Assert.True(!texts.Contains($"line {i}") || Deletions(harness, ids[i]) == 1, $"line {i}");
            else if (IsEdited(i) && i < last)
                Assert.Equal(1, texts.Count(line => line == $"edit of {i}"));
            Assert.InRange(Deletions(harness, ids[i]), 0, isDeleted ? 1 : 0);
        }
    }

    [Theory]
    [MemberData(nameof(Troubles))]
    public async Task Entries_that_are_edited_and_deleted_end_in_the_channel_as_the_War_Room_shows_them(
        string disturbance
    )
    {
        await using var harness = await StartAsync();
        MakeDisturbance(
            harness,
            disturbance,
            [
                ("mattermost", "POST", "/posts$", [2, 9]),
                ("mattermost", "PUT", "/posts/[a-z0-9]+/patch$", [0]),
                ("mattermost", "DELETE", "/posts/", [0]),
            ],
            ["posted", "post_edited"]
        );
        var ids = new List<string>();
        var file = "";
        for (var i = 0; GoesOn(harness, i); i++)
        {
            ids.Add(harness.Sandbox.Xsoar.AddEntry("1", "jane", $"line {i}").Id);
            await PauseAsync(harness);
            if (IsEdited(i - 1))
            {
                // Every second one when it has arrived: a change of an entry that waits would be one with it.
                if (i % 2 == 0 && IsListening(harness))
                    await harness.ChatAsync("incident-1", lines => lines.Contains($"line {i - 1}"));
                harness.Sandbox.Xsoar.EditEntry(ids[i - 1], $"edit of {i - 1}");
            }

            if (IsDeleted(i - 5))
                harness.Sandbox.Xsoar.DeleteEntry(ids[i - 5]);
            // The post of a file is deleted with its entry, where that of a text is edited.
            if (i % 10 == 5)
                file = harness.Sandbox.Xsoar.AddFile("1", "jane", "a.txt", new byte[] { 1, 2, 3 }, $"file {i}").Id;
            if (i % 10 == 8)
            {
                await harness.ChatAsync("incident-1", lines => lines.Contains($"file {i - 3}"));
                harness.Sandbox.Xsoar.DeleteEntry(file);
            }

            if (i == Messages / 2)
                await DisturbAsync(harness, disturbance);
            if (i == Messages * 2 / 3 && disturbance == "listener away")
                await ReturnAsync(harness);
        }

        var last = ids.Count - 1;
        if (last % 10 is >= 5 and < 8)
            harness.Sandbox.Xsoar.DeleteEntry(file);
        var expected = Enumerable
            .Range(0, ids.Count)
            .Where(i => !(IsDeleted(i) && i <= last - 5))
            .Select(i => IsEdited(i) && i < last ? $"edit of {i}" : $"line {i}")
            .ToList();
        await harness.ChatAsync("incident-1", lines => expected.TrueForAll(lines.Contains));
        await SettleAsync(harness);
        var texts = harness.MirroredInChat("incident-1");
        var tally = Tally.OfSequence(expected, texts);
        output.WriteLine($"War Room to chat: {tally}");
        Assert.Equal((0, 0, 0), (tally.Lost, tally.Doubled, tally.OutOfOrder));
        Assert.Equal(
            [],
            texts.Where(line => !expected.Contains(line) && line != "*(deleted in the War Room)*").ToList()
        );
    }

    // A gap that nothing follows is found when the channels are compared.
    private static async Task<MirrorHarness> StartAsync()
    {
        var harness = await MirrorHarness.StartAsync(
            mirroring: MirrorHarness.Quick with
            {
                Reconcile = TimeSpan.FromMilliseconds(300),
            }
        );
        await harness.MirrorConnectedAsync();
        return harness;
    }

    // Until everything that was to go wrong has gone wrong.
    private static bool GoesOn(MirrorHarness harness, int i) => i < Messages || harness.Sandbox.WithoutEffect.Count > 0;

    private static bool IsEdited(int i) => i >= 0 && i % 3 == 0;

    private static bool IsDeleted(int i) => i >= 0 && i % 10 == 4;

    private static int Deletions(MirrorHarness harness, string postId) =>
        harness.FromChat().Count(entry => entry.Contains($"/pl/{postId}), deleted)", StringComparison.Ordinal));

    private static void MakeDisturbance(
        MirrorHarness harness,
        string disturbance,
        IReadOnlyList<(string Server, string Method, string Path, int[] Skips)> calls,
        IReadOnlyList<string> frames
    )
    {
        switch (disturbance)
        {
            case "answers lost":
                OnCalls(harness, calls, FaultKind.ActThenDrop, 2);
                break;
            case "half answers":
                OnCalls(harness, calls, FaultKind.CutBody, 2);
                break;
            case "server errors":
                // More than the tries of one call.
                OnCalls(harness, calls, FaultKind.Status, 5);
                break;
            case "rate limits":
                OnCalls(harness, calls, FaultKind.RateLimit, 2);
                break;
            case "websocket cut":
                foreach (var frame in frames)
                {
                    harness.Sandbox.Faults.Add(
                        new Fault
                        {
                            Server = "mattermost",
                            PathPattern = $"^{frame}$",
                            Kind = FaultKind.WebSocketCut,
                            Skip = 2,
                        }
                    );
                    harness.Sandbox.Faults.Add(
                        new Fault
                        {
                            Server = "mattermost",
                            PathPattern = $"^{frame}$",
                            Kind = FaultKind.WebSocketDropFrames,
                            Skip = 3,
                            Count = 2,
                        }
                    );
                }

                break;
        }
    }

    private static void OnCalls(
        MirrorHarness harness,
        IReadOnlyList<(string Server, string Method, string Path, int[] Skips)> calls,
        FaultKind kind,
        int count
    )
    {
        foreach (var (server, method, path, skips) in calls)
        {
            foreach (var skip in skips)
                harness.Sandbox.Faults.Add(
                    new Fault
                    {
                        Server = server,
                        Method = method,
                        PathPattern = path,
                        Kind = kind,
                        Status = 503,
                        Skip = skip,
                        Count = count,
                    }
                );
        }
    }

    private static async Task DisturbAsync(MirrorHarness harness, string disturbance)
    {
        switch (disturbance)
        {
            case "restart":
                await harness.Sandbox.RestartAsync(TimeSpan.FromMilliseconds(300), cancellationToken: harness.Token);
                break;
            case "listener away":
                await harness.Service.CloseAsync();
                break;
        }
    }

    // As long as somebody listens, what was written has time to be mirrored before it is changed.
    private static async Task PauseAsync(MirrorHarness harness)
    {
        harness.Tick();
        if (IsListening(harness))
            await harness.WaitsAsync();
    }

    private static bool IsListening(MirrorHarness harness) => harness.Service.ListenerState != ListenerState.Stopped;

    private static async Task ReturnAsync(MirrorHarness harness)
    {
        await harness.NewServiceAsync();
        await harness.Service.StartListenerAsync(harness.Token);
    }

    private static async Task SettleAsync(MirrorHarness harness)
    {
        await harness.Service.WaitListenerAsync(ListenerState.Connected, harness.Token);
        await harness.Service.SynchronizeAsync(null, harness.Token);
        await harness.MirrorIsAsync(mirror => mirror.Pending == 0);
    }
}
