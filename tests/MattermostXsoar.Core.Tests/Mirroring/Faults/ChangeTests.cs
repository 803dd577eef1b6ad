using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Sandbox.Faults;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring.Faults;

/// <summary>People edit and delete what they said while everything goes wrong: in the end each side shows the other as
/// it stands.</summary>
[Trait("Category", "Fault")]
public sealed class ChangeTests(ITestOutputHelper output)
{
    private const int Lines = 40;

    public static TheoryData<string> Troubles =>
        ["answers lost", "half answers", "server errors", "rate limits", "websocket cut", "restart", "listener away"];

    [Theory]
    [MemberData(nameof(Troubles))]
    public async Task Posts_that_are_edited_and_deleted_end_in_the_War_Room_as_they_stand(string trouble)
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        MakeTrouble(harness, trouble);
        var ids = new List<string>();
        for (var i = 0; i < Lines; i++)
        {
            ids.Add(harness.Sandbox.Mattermost.Post($"user{(i % 3) + 1}", "incident-1", $"line {i}").Id);
            await PauseAsync(harness);
            if (IsEdited(i - 1))
                harness.Sandbox.Mattermost.Edit(ids[i - 1], $"edit of {i - 1}");
            if (i >= 5 && IsDeleted(i - 5))
                harness.Sandbox.Mattermost.Delete(ids[i - 5]);
            if (i == Lines / 2)
                await DisturbAsync(harness, trouble);
            if (i == Lines * 2 / 3 && trouble == "listener away")
                await ReturnAsync(harness);
        }

        await harness.WarRoomAsync(lines => lines.Contains($"line {Lines - 1}"));
        await SettleAsync(harness);
        var said = harness.SaidInWarRoom();
        var tally = Tally.OfSequence(
            Enumerable.Range(0, Lines).Where(i => !IsEdited(i) && !IsDeleted(i)).Select(i => $"line {i}").ToList(),
            said
        );
        output.WriteLine($"chat to War Room: {tally}");
        Assert.Equal((0, 0, 0), (tally.Lost, tally.Doubled, tally.OutOfOrder));
        for (var i = 0; i < Lines; i++)
        {
            // The last word on each counts, and is said once.
            if (IsDeleted(i))
                Assert.True(!said.Contains($"line {i}") || Deletions(harness, ids[i]) == 1, $"line {i}");
            else if (IsEdited(i))
                Assert.Equal(1, said.Count(line => line == $"edit of {i}"));
            Assert.InRange(Deletions(harness, ids[i]), 0, IsDeleted(i) ? 1 : 0);
        }
    }

    [Theory]
    [MemberData(nameof(Troubles))]
    public async Task Entries_that_are_edited_and_deleted_end_in_the_channel_as_they_stand(string trouble)
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        MakeTrouble(harness, trouble);
        var ids = new List<string>();
        for (var i = 0; i < Lines; i++)
        {
            ids.Add(harness.Sandbox.Xsoar.AddEntry("1", "jane", $"line {i}").Id);
            await PauseAsync(harness);
            if (IsEdited(i - 1))
                harness.Sandbox.Xsoar.EditEntry(ids[i - 1], $"edit of {i - 1}");
            if (i >= 5 && IsDeleted(i - 5))
                harness.Sandbox.Xsoar.DeleteEntry(ids[i - 5]);
            if (i == Lines / 2)
                await DisturbAsync(harness, trouble);
            if (i == Lines * 2 / 3 && trouble == "listener away")
                await ReturnAsync(harness);
        }

        var standing = Enumerable
            .Range(0, Lines)
            .Where(i => !IsDeleted(i))
            .Select(i => IsEdited(i) ? $"edit of {i}" : $"line {i}")
            .ToList();
        await harness.ChatAsync("incident-1", lines => standing.TrueForAll(lines.Contains));
        await SettleAsync(harness);
        var said = harness.SaidInChat("incident-1");
        var tally = Tally.OfSequence(standing, said);
        output.WriteLine($"War Room to chat: {tally}");
        Assert.Equal((0, 0, 0), (tally.Lost, tally.Doubled, tally.OutOfOrder));
        Assert.Equal(
            [],
            said.Where(line => !standing.Contains(line) && line != "*(deleted in the War Room)*").ToList()
        );
    }

    private static bool IsEdited(int i) => i >= 0 && i % 3 == 0 && i < Lines - 1;

    private static bool IsDeleted(int i) => i % 10 == 4 && i < Lines - 5;

    private static int Deletions(MirrorHarness harness, string postId) =>
        harness.FromChat().Count(entry => entry.Contains($"/pl/{postId}), deleted)", StringComparison.Ordinal));

    private static void MakeTrouble(MirrorHarness harness, string trouble)
    {
        switch (trouble)
        {
            case "answers lost":
                OnChanges(harness, FaultKind.ActThenDrop, 2);
                break;
            case "half answers":
                OnChanges(harness, FaultKind.CutBody, 2);
                break;
            case "server errors":
                OnChanges(harness, FaultKind.Status, 6);
                break;
            case "rate limits":
                OnChanges(harness, FaultKind.RateLimit, 3);
                break;
            case "websocket cut":
                foreach (var frame in new[] { "posted", "post_edited", "post_deleted" })
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

    private static void OnChanges(MirrorHarness harness, FaultKind kind, int count)
    {
        foreach (
            var (server, method, path) in new[]
            {
                ("xsoar", "POST", "entry/formatted"),
                ("mattermost", "POST", "/posts$"),
                ("mattermost", "PUT", "/posts/[a-z0-9]+/patch$"),
                ("mattermost", "DELETE", "/posts/"),
            }
        )
        {
            foreach (var skip in new[] { 2, 9 })
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

    private static async Task DisturbAsync(MirrorHarness harness, string trouble)
    {
        switch (trouble)
        {
            case "restart":
                await harness.Sandbox.RestartAsync(TimeSpan.FromMilliseconds(300), cancellationToken: harness.Token);
                break;
            case "listener away":
                await harness.Service.CloseAsync();
                break;
        }
    }

    // As long as somebody listens, what was said has time to be carried before it is changed.
    private static async Task PauseAsync(MirrorHarness harness)
    {
        harness.Tick();
        if (harness.Service.ListenerState != ListenerState.Stopped)
            await harness.WaitsAsync();
    }

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
