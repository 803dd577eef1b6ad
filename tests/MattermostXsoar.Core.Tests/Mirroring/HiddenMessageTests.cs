using System.Net.Http.Json;
using System.Text.Json;
using MattermostXsoar.Core.Mirroring.WarRoomToChat;
using MattermostXsoar.Core.State;
using MattermostXsoar.Sandbox;
using MattermostXsoar.Sandbox.Faults;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring;

/// <summary>What people who may write in Mattermost try, so that messages are hidden, replaced or forged.</summary>
[Trait("Category", "Fault")]
public sealed class HiddenMessageTests
{
    [Theory]
    [InlineData("11.6.0")]
    [InlineData("5.37.0")]
    public async Task A_post_with_the_bots_next_pending_post_id_replaces_no_entry(string version)
    {
        await using var harness = await MirrorHarness.StartAsync(new SandboxOptions { MattermostVersion = version });
        await harness.MirrorConnectedAsync();
        await harness.Service.Listener.StopAsync();
        var entries = Enumerable
            .Range(0, 10)
            .Select(i => harness.Sandbox.Xsoar.AddEntry("1", "jane", $"entry {i}"))
            .ToList();
        // Somebody who has stolen the secret: without it the ids cannot be guessed.
        var channel = harness.Sandbox.Mattermost.Channel("incident-1");
        var ids = new PendingPostIds(Secret(harness), harness.BotUserId);
        foreach (var entry in entries)
        {
            var delivery = new DeliveryRecord
            {
                MirrorId = 1,
                Direction = DeliveryDirection.WarRoomToChat,
                SourceId = entry.Id,
            };
            await PostAsync(harness, "user1", "incident-1", "squatted", ids.Of(channel.Id, delivery, 0));
        }

        await harness.NewServiceAsync();
        await harness.Service.Listener.StartAsync(harness.Token);
        await harness.ChatAsync("incident-1", texts => texts.Contains("entry 9"));
        var view = await harness.MirrorIsAsync(mirror => mirror.Pending == 0);

        Assert.Equal(0, view.Failed);
        Assert.Equal(
            entries.Select((_, i) => $"entry {i}"),
            harness.MirroredInChat("incident-1").Where(text => text.StartsWith("entry", StringComparison.Ordinal))
        );
        lock (harness.Log)
            Assert.Equal(10, harness.Log.Count(record => record.Event == "PostReplaced"));
    }

    [Theory]
    [InlineData(FaultKind.Status)]
    // A proxy passes the request on, and answers with something else: the post is there, and must not be doubled.
    [InlineData(FaultKind.ActThenStatus)]
    public async Task An_answer_with_another_post_is_never_taken_for_the_bots(FaultKind kind)
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        var other = harness.Sandbox.Mattermost.Post("user1", "incident-1", "a post of user1");
        Answer(
            harness,
            "mattermost",
            "POST",
            "/posts$",
            201,
            new
            {
                id = other.Id,
                user_id = other.UserId,
                channel_id = other.ChannelId,
                message = other.Message,
            },
            4,
            kind
        );
        harness.Sandbox.Xsoar.AddEntry("1", "jane", "first");
        harness.Sandbox.Xsoar.AddEntry("1", "jane", "second");
        await harness.ChatAsync("incident-1", texts => texts.Contains("second"));
        var view = await harness.MirrorIsAsync(mirror => mirror.Pending == 0);

        Assert.Equal(0, view.Failed);
        Assert.Equal(["first", "second"], harness.MirroredInChat("incident-1"));
    }

    [Fact]
    public async Task An_answer_about_another_post_is_no_edit()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        var entry = harness.Sandbox.Xsoar.AddEntry("1", "jane", "v1");
        await harness.ChatAsync("incident-1", texts => texts.Contains("v1"));
        Answer(harness, "mattermost", "PUT", "/patch$", 200, new { id = new string('a', 26), message = "v2" });
        harness.Sandbox.Xsoar.EditEntry(entry.Id, "v2");
        await harness.ChatAsync("incident-1", texts => texts.SequenceEqual(["v2"]));
        Assert.Equal(0, (await harness.MirrorIsAsync(mirror => mirror.Pending == 0)).Failed);
    }

    [Fact]
    public async Task An_answer_with_the_entry_of_another_post_is_not_believed()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        var other = $"**x**: y\n**From Mattermost** ([post](http://127.0.0.1/panw/pl/{new string('b', 26)}))";
        Answer(harness, "xsoar", "POST", "/entry/formatted$", 200, new { id = "1@1", contents = other });
        harness.Sandbox.Mattermost.Post("user1", "incident-1", "first");
        harness.Sandbox.Mattermost.Post("user1", "incident-1", "second");
        await harness.WarRoomAsync(texts => texts.Contains("second"));
        Assert.Equal(["first", "second"], harness.MirroredInWarRoom());
    }

    [Fact]
    public async Task A_file_that_the_server_leaves_out_of_the_post_counts_as_failed()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        await harness.Service.Listener.StopAsync();
        var entry = harness.Sandbox.Xsoar.AddFile("1", "jane", "dump.bin", new byte[] { 1, 2, 3 });
        Answer(
            harness,
            "mattermost",
            "POST",
            "/posts$",
            201,
            new
            {
                id = new string('c', 26),
                user_id = harness.BotUserId,
                channel_id = harness.Sandbox.Mattermost.Channel("incident-1").Id,
                props = new
                {
                    xsoar_entry_id = entry.Id,
                    xsoar_part = "0",
                    xsoar_investigation_id = "1",
                },
            }
        );
        await harness.NewServiceAsync();
        await harness.Service.Listener.StartAsync(harness.Token);
        var view = await harness.MirrorIsAsync(mirror => mirror is { Pending: 0, Failed: 1 });
        Assert.Contains("did not attach the file", view.LastError);
    }

    [Fact]
    public async Task A_person_who_marks_a_post_as_a_bots_or_a_webhooks_does_not_hide_it()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        await PostAsync(harness, "user1", "incident-1", "from the start", props: new { from_bot = "true" });
        await PostAsync(harness, "user1", "incident-1", "as a hook", props: new { from_webhook = true });
        var later = harness.Sandbox.Mattermost.Post("user2", "incident-1", "v1");
        await harness.WarRoomAsync(texts => texts.Contains("v1"));
        await SendAsync(
            harness,
            "user2",
            HttpMethod.Put,
            $"api/v4/posts/{later.Id}/patch",
            new { message = "v2", props = new { from_webhook = "true" } }
        );
        await harness.WarRoomAsync(texts => texts.Exists(text => text.EndsWith("v2", StringComparison.Ordinal)));

        var entries = harness.FromChat();
        Assert.Equal(4, entries.Count);
        Assert.Contains("via integration", entries[0]);
        Assert.Contains("via webhook", entries[1]);
    }

    [Fact]
    public async Task A_post_that_is_only_a_message_attachment_is_mirrored_as_text()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        await PostAsync(
            harness,
            "user1",
            "incident-1",
            "",
            props: new { attachments = new[] { new { title = "Alarm", text = "CPU at 99 %" } } }
        );
        await harness.WarRoomAsync(texts => texts.Count == 1);
        var entry = Assert.Single(harness.FromChat());
        Assert.Contains("Alarm", entry);
        Assert.Contains("CPU at 99 %", entry);
    }

    // The server or a proxy answers in place of acting.
    private static void Answer(
        MirrorHarness harness,
        string server,
        string method,
        string path,
        int status,
        object body,
        int count = 1,
        FaultKind kind = FaultKind.Status
    ) =>
        harness.Sandbox.Faults.Add(
            new Fault
            {
                Server = server,
                Method = method,
                PathPattern = path,
                Kind = kind,
                Status = status,
                Count = count,
                Body = JsonSerializer.Serialize(body),
            }
        );

    private static byte[] Secret(MirrorHarness harness)
    {
        using var store = StateStore.Open(harness.StatePath, harness.BotUserId, TimeProvider.System);
        return store.Secret;
    }

    private static Task PostAsync(
        MirrorHarness harness,
        string username,
        string channel,
        string message,
        string pendingId = "",
        object? props = null
    ) =>
        SendAsync(
            harness,
            username,
            HttpMethod.Post,
            "api/v4/posts",
            new
            {
                channel_id = harness.Sandbox.Mattermost.Channel(channel).Id,
                message,
                pending_post_id = pendingId,
                props = props ?? new { },
            }
        );

    private static async Task SendAsync(
        MirrorHarness harness,
        string username,
        HttpMethod method,
        string path,
        object body
    )
    {
        using var http = new HttpClient { BaseAddress = harness.Sandbox.MattermostUri };
        http.DefaultRequestHeaders.Authorization = new("Bearer", harness.Sandbox.Mattermost.CreateToken(username));
        using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body) };
        using var response = await http.SendAsync(request, harness.Token);
        response.EnsureSuccessStatusCode();
    }
}
