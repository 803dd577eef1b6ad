using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Tests.Mirroring;
using MattermostXsoar.Sandbox;
using MattermostXsoar.Sandbox.Mattermost.Model;
using Xunit;

namespace MattermostXsoar.Core.Tests.Security;

/// <summary>Whatever people write in the chat, the War Room runs nothing and shows who wrote it.</summary>
public sealed class HostileChatTests(ITestOutputHelper output)
{
    private const string Head = "**First1 Last1 (@user1)**:";

    [Fact]
    public async Task A_hundred_hostile_messages_run_nothing_and_stay_in_their_frame()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        var posts = HostileMessages
            .All.Select(line => harness.Sandbox.Mattermost.Post("user1", "incident-1", line))
            .ToList();
        await harness.WarRoomAsync(lines => lines.Count >= posts.Count);

        var entries = harness.FromChat();
        Assert.Equal(posts.Count, entries.Count);
        foreach (var (post, entry) in posts.Zip(entries))
            AssertFramed(harness, post, entry, Head);
        AssertNothingRan(harness);
        Assert.True(posts.Count >= 100);
        output.WriteLine(
            $"{posts.Count} hostile messages, {entries.Count} arrived in their frame, {harness.Sandbox.Xsoar.ExecutedCommands.Count} ran"
        );
    }

    /// <summary>The test above is worth something: by the route for plain entries these messages do run.</summary>
    [Fact]
    public async Task The_same_messages_would_run_by_the_route_for_plain_entries()
    {
        await using var harness = await MirrorHarness.StartAsync();
        using var http = new HttpClient { BaseAddress = harness.Sandbox.XsoarUri };
        http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", harness.Sandbox.XsoarApiKey);
        foreach (var line in HostileMessages.All.Where(line => line[0] is '!' or '/' or '@'))
        {
            using var body = new StringContent(
                System.Text.Json.JsonSerializer.Serialize(new { investigationId = "1", data = line }),
                null,
                "application/json"
            );
            using var answer = await http.PostAsync(new Uri("entry", UriKind.Relative), body, harness.Token);
        }

        output.WriteLine($"{harness.Sandbox.Xsoar.ExecutedCommands.Count} ran");
        Assert.True(harness.Sandbox.Xsoar.ExecutedCommands.Count >= 9);
    }

    [Fact]
    public async Task Hostile_edits_run_nothing_and_stay_in_their_frame()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        var lines = HostileMessages.All.Where(line => line.Length < 2000).ToList();
        var posts = lines
            .Select((_, i) => harness.Sandbox.Mattermost.Post("user1", "incident-1", $"harmless {i}"))
            .ToList();
        await harness.WarRoomAsync(texts => texts.Count >= posts.Count);
        harness.Tick();
        foreach (var (post, line) in posts.Zip(lines))
            harness.Sandbox.Mattermost.Edit(post.Id, line);
        await harness.WarRoomAsync(texts => texts.Count >= 2 * posts.Count);

        var edits = harness.FromChat().Skip(posts.Count).ToList();
        Assert.Equal(posts.Count, edits.Count);
        foreach (var (post, entry) in posts.Zip(edits))
            AssertFramed(harness, post, entry, "**First1 Last1 (@user1)** (edited):", ", edited ");
        AssertNothingRan(harness);
        output.WriteLine($"{edits.Count} hostile edits, {harness.Sandbox.Xsoar.ExecutedCommands.Count} ran");
    }

    [Fact]
    public async Task Hostile_replies_quote_hostile_roots_on_one_line()
    {
        await using var harness = await MirrorHarness.StartAsync();
        await harness.MirrorConnectedAsync();
        var lines = HostileMessages.All.Where(line => line.Length < 2000).ToList();
        var replies = lines
            .Select(line =>
                harness.Sandbox.Mattermost.Post(
                    "user1",
                    "incident-1",
                    line,
                    harness.Sandbox.Mattermost.Post("user2", "incident-1", line).Id
                )
            )
            .ToList();
        await harness.WarRoomAsync(texts => texts.Count >= 2 * replies.Count);

        foreach (var reply in replies)
        {
            var entry = Assert.Single(
                harness.FromChat(),
                found => found.EndsWith($"/pl/{reply.Id}))", StringComparison.Ordinal)
            );
            var parts = entry.Split("\n\n", 2);
            if (parts[0].StartsWith("> **@user2**: ", StringComparison.Ordinal))
                AssertFramed(harness, reply, parts[1], Head);
            else
                AssertFramed(harness, reply, entry, Head);
        }

        AssertNothingRan(harness);
        output.WriteLine($"{replies.Count} hostile replies, {harness.Sandbox.Xsoar.ExecutedCommands.Count} ran");
    }

    [Fact]
    public async Task Names_of_people_channels_and_files_run_nothing_and_cannot_pass_for_another()
    {
        await using var harness = await MirrorHarness.StartAsync();
        var mirror = await harness.MirrorConnectedAsync();
        string[] names =
        [
            "!Print value=x",
            "/close",
            "@admin",
            "**Ada Admin (@admin)**: x",
            "x\n**From Mattermost**",
            "x\r\n!Print",
            "</b>",
            "`",
            "```",
            "[a](http://evil.example)",
            "\u202Enimda",
            "${incident.id}",
            "&#33;Print",
            "| a |",
            "%%%{x}%%%",
            "Ada Admin (@admin)",
        ];
        for (var i = 0; i < names.Length; i++)
        {
            harness.Sandbox.Mattermost.CreateUser($"liar{i}", names[i], "");
            harness.Sandbox.Mattermost.AddToTeam("panw", $"liar{i}");
            harness.Sandbox.Mattermost.AddMember("incident-1", $"liar{i}");
            harness.Sandbox.Mattermost.Rename("incident-1", names[i]);
        }

        var posts = names.Select((_, i) => harness.Sandbox.Mattermost.Post($"liar{i}", "incident-1", "hello")).ToList();
        await harness.WarRoomAsync(texts => texts.Count >= posts.Count);
        foreach (var (post, i) in posts.Select((post, i) => (post, i)))
        {
            var lines = harness.FromChat()[i].Split('\n');
            Assert.Equal(2, lines.Length);
            Assert.StartsWith("**", lines[0], StringComparison.Ordinal);
            Assert.EndsWith($"(@liar{i})**: hello", lines[0], StringComparison.Ordinal);
            Assert.EndsWith($"/pl/{post.Id}))", lines[1], StringComparison.Ordinal);
        }

        foreach (var name in names)
            await AttachAsync(
                harness,
                mirror.ChannelId,
                name.Replace('/', '_').Replace("\r", "", StringComparison.Ordinal).Replace('\n', ' ')
            );
        await harness.Sandbox.Xsoar.WhenAsync(
            _ => harness.Sandbox.Xsoar.Entries("1").Count(entry => entry.File.Length > 0) >= names.Length,
            harness.Token
        );
        AssertNothingRan(harness);
        output.WriteLine(
            $"{names.Length} hostile names of people, of channels and of files, {harness.Sandbox.Xsoar.ExecutedCommands.Count} ran"
        );
    }

    private static async Task AttachAsync(MirrorHarness harness, string channelId, string fileName)
    {
        using var http = new HttpClient { BaseAddress = harness.Sandbox.MattermostUri };
        http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "Bearer " + harness.Sandbox.PersonalToken);
        using var content = new ByteArrayContent([1]);
        using var uploaded = await http.PostAsync(
            new Uri($"api/v4/files?channel_id={channelId}&filename={Uri.EscapeDataString(fileName)}", UriKind.Relative),
            content,
            harness.Token
        );
        uploaded.EnsureSuccessStatusCode();
        using var answer = System.Text.Json.JsonDocument.Parse(await uploaded.Content.ReadAsStringAsync(harness.Token));
        var fileId = answer.RootElement.GetProperty("file_infos")[0].GetProperty("id").GetString();
        using var post = new StringContent(
            System.Text.Json.JsonSerializer.Serialize(
                new
                {
                    channel_id = channelId,
                    message = "",
                    file_ids = new[] { fileId },
                }
            ),
            null,
            "application/json"
        );
        using var posted = await http.PostAsync(new Uri("api/v4/posts", UriKind.Relative), post, harness.Token);
        posted.EnsureSuccessStatusCode();
    }

    // Head, text and footer: what was written is after the head on its line, or quoted below it, and nowhere else.
    private static void AssertFramed(
        MirrorHarness harness,
        SandboxPost post,
        string entry,
        string head,
        string? behind = null
    )
    {
        var lines = entry.Split('\n');
        var footer = $"**From Mattermost** ([post]({harness.Sandbox.MattermostUri}panw/pl/{post.Id})";
        Assert.StartsWith(head, lines[0], StringComparison.Ordinal);
        Assert.StartsWith(footer + (behind ?? ")"), lines[^1], StringComparison.Ordinal);
        Assert.DoesNotContain('\r', entry);
        Assert.All(
            lines[1..^1],
            line => Assert.True(line.Length == 0 || line[0] == '>', $"'{line}' is out of its quote in:\n{entry}")
        );
    }

    private static void AssertNothingRan(MirrorHarness harness)
    {
        Assert.Empty(harness.Sandbox.Xsoar.ExecutedCommands);
        // XSOAR's sign of a button that runs a command as whoever clicks it.
        Assert.DoesNotContain(harness.FromChat(), entry => entry.Contains("%%%", StringComparison.Ordinal));
        Assert.Equal(0, harness.Sandbox.Calls.CountOf("xsoar", "POST", "/entry$"));
    }
}
