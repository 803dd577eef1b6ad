using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.State;
using MattermostXsoar.Core.Tests.Mirroring.Faults;
using MattermostXsoar.Sandbox;
using MattermostXsoar.Sandbox.Faults;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring;

/// <summary>A server's own limit of posts and its address for people.</summary>
public sealed class ServerLimitTests
{
    private const string Config = "/api/v4/config/client$";
    private const string Site = "https://chat.corp.example/chat";

    [Fact]
    public async Task Entries_edits_and_notes_keep_to_the_limit_of_a_server_with_an_old_database()
    {
        await using var harness = await MirrorHarness.StartAsync(
            new SandboxOptions { MaxPostSize = 4000, MaxFileSize = 1000 }
        );
        await harness.MirrorConnectedAsync();
        var entry = harness.Sandbox.Xsoar.AddEntry("1", "jane", Lines("first"));
        await harness.ChatAsync("incident-1", posts => string.Join('\n', posts) == Lines("first"));
        harness.Sandbox.Xsoar.EditEntry(entry.Id, Lines("second"));
        await harness.ChatAsync("incident-1", posts => string.Join('\n', posts) == Lines("second"));
        harness.Sandbox.Xsoar.AddFile("1", "jane", "big.log", new byte[2000], new string('c', 3950));
        var view = await harness.MirrorIsAsync(mirror => mirror is { Failed: 1, Pending: 0 });

        // The file only, which is larger than the server accepts.
        Assert.Equal(1, view.FromWarRoom);
        Assert.Contains(
            harness.Sandbox.Mattermost.Messages("incident-1"),
            post => post.Message.Contains("big.log", StringComparison.Ordinal)
        );
        Assert.DoesNotContain(harness.Sandbox.Calls, call => call is { Path: "/api/v4/posts", Status: 400 });
    }

    [Fact]
    public async Task After_a_limit_was_lowered_only_the_entry_that_finds_it_out_fails()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        harness.Sandbox.Mattermost.MaxPostSize = 4000;
        harness.Sandbox.Xsoar.AddEntry("1", "jane", Lines("first"));
        await harness.MirrorIsAsync(mirror => mirror is { Failed: 1, Pending: 0 });
        harness.Sandbox.Xsoar.AddEntry("1", "jane", Lines("second"));
        await harness.ChatAsync("incident-1", posts => string.Join('\n', posts) == Lines("second"));
        Assert.Contains("MaxPostSize", Assert.Single(harness.Service.GetFailedDeliveries()).Reason);
    }

    [Fact]
    public async Task A_listener_that_cannot_read_the_limit_and_the_address_uses_those_of_the_one_before()
    {
        await using var harness = await MirrorHarness.StartAsync(
            new SandboxOptions { MaxPostSize = 4000, SiteUrl = Site }
        );
        await harness.MirrorConnectedAsync();
        await harness.Service.CloseAsync();
        var unreadable = harness.Sandbox.Faults.Add(
            new Fault
            {
                Server = "mattermost",
                PathPattern = Config,
                Kind = FaultKind.Status,
                Status = 403,
                Count = int.MaxValue,
            }
        );
        await harness.NewServiceAsync();
        await harness.Service.Listener.StartAsync(harness.Token);
        await harness.Service.Listener.WaitAsync(ListenerState.Connected, harness.Token);
        var post = harness.Sandbox.Mattermost.Post("user1", "incident-1", "hello");
        harness.Sandbox.Xsoar.AddEntry("1", "jane", Lines("first"));
        await harness.WarRoomAsync(lines => lines.Contains("hello"));
        await harness.ChatAsync("incident-1", posts => string.Join('\n', posts) == Lines("first"));

        Assert.True(unreadable.Hits > 0);
        Assert.EndsWith($"([post]({Site}/panw/pl/{post.Id}))", harness.FromChat().Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Links_lead_to_the_address_for_people_also_of_edits_deletions_reactions_and_failures()
    {
        await using var harness = await MirrorHarness.StartAsync(new SandboxOptions { SiteUrl = Site + "/" });
        await harness.Service.StartMirrorAsync(
            harness.Request() with
            {
                OptionalAspects = [MessageAspect.Reactions],
            },
            harness.Token
        );
        await harness.Service.Listener.WaitAsync(ListenerState.Connected, harness.Token);
        harness.Sandbox.Mattermost.AddMember("incident-1", "user1");
        var post = harness.Sandbox.Mattermost.Post("user1", "incident-1", "one");
        await harness.WarRoomAsync(lines => lines.Count == 1);
        harness.Sandbox.Mattermost.React("user1", post.Id, "tada");
        await harness.WarRoomAsync(lines => lines.Count == 2);
        harness.Sandbox.Mattermost.Edit(post.Id, "two");
        await harness.WarRoomAsync(lines => lines.Count == 3);
        harness.Sandbox.Mattermost.Delete(post.Id);
        await harness.WarRoomAsync(lines => lines.Count == 4);
        harness.Sandbox.Faults.Add(
            new Fault
            {
                Server = "xsoar",
                PathPattern = "/entry/formatted$",
                Kind = FaultKind.Status,
                Status = 400,
                Body = """{"id":"bad","status":400,"title":"no"}""",
            }
        );
        var refused = harness.Sandbox.Mattermost.Post("user1", "incident-1", "refused");
        await harness.MirrorIsAsync(mirror => mirror.Failed == 1);

        Assert.All(
            harness.FromChat(),
            entry => Assert.Contains($"([post]({Site}/panw/pl/{post.Id})", entry, StringComparison.Ordinal)
        );
        Assert.Equal(
            $"{Site}/panw/pl/{refused.Id}",
            Assert.Single(harness.Service.GetFailedDeliveries()).Source.AbsoluteUri
        );
    }

    /// <summary>The entry is found by its link, which has the address of before.</summary>
    [Theory]
    [InlineData("", Site)]
    [InlineData(Site, "")]
    [InlineData(Site, "https://other.example")]
    public async Task A_restored_store_and_another_address_double_and_lose_nothing(string before, string after)
    {
        await using var harness = await MirrorHarness.StartAsync(new SandboxOptions { SiteUrl = before });
        await harness.MirrorConnectedAsync();
        var copy = OpenStore.BackUp(harness.StatePath);
        var post = harness.Sandbox.Mattermost.Post("user1", "incident-1", "one");
        await harness.WarRoomAsync(lines => lines.Contains("one"));
        harness.Sandbox.Mattermost.Edit(post.Id, "one again");
        await harness.WarRoomAsync(lines => lines.Contains("one again"));
        await harness.Service.CloseAsync();
        OpenStore.Restore(copy, harness.StatePath);
        harness.Sandbox.Mattermost.SiteUrl = after;
        await harness.NewServiceAsync();
        await harness.Service.Listener.StartAsync(harness.Token);
        var last = harness.Sandbox.Mattermost.Post("user1", "incident-1", "two");
        await harness.WarRoomAsync(lines => lines.Contains("two"));
        await harness.MirrorIsAsync(mirror => mirror is { Pending: 0, Failed: 0 });

        Assert.Equal(["one", "one again", "two"], harness.MirroredInWarRoom());
        Assert.Empty(harness.MirroredInChat("incident-1"));
        var address = after.Length > 0 ? after : harness.Sandbox.MattermostUri.AbsoluteUri.TrimEnd('/');
        Assert.EndsWith($"([post]({address}/panw/pl/{last.Id}))", harness.FromChat()[^1], StringComparison.Ordinal);
    }

    private static string Lines(string word) =>
        string.Join('\n', Enumerable.Range(1, 300).Select(number => $"{word} {number} 10.0.0.7 svchost.exe"));
}
