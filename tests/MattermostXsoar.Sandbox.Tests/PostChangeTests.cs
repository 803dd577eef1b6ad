using System.Text.Json;
using MattermostXsoar.Sandbox.Tests.Support;

namespace MattermostXsoar.Sandbox.Tests;

/// <summary>What an edit can do from 10.0 on: change files, be undone; priority, image links and deletion for
/// good.</summary>
public sealed class PostChangeTests : IAsyncLifetime
{
    private SandboxServer _sandbox = null!;
    private SandboxClient _client = null!;
    private string _user = "";

    public async ValueTask InitializeAsync()
    {
        _sandbox = await SandboxServer.StartAsync(
            new SandboxOptions
            {
                MattermostVersion = "11.6.0",
                ImageProxy = true,
                PermanentPostDeletion = true,
                TimeProvider = new Microsoft.Extensions.Time.Testing.FakeTimeProvider
                {
                    AutoAdvanceAmount = TimeSpan.FromMilliseconds(1),
                },
            }
        );
        _client = new SandboxClient(_sandbox);
        _user = _sandbox.Mattermost.CreateToken("user1", "test");
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _sandbox.DisposeAsync();
    }

    [Fact]
    public async Task An_edit_adds_and_removes_files_and_an_older_version_brings_them_back()
    {
        var (first, second) = (await UploadAsync("a.txt"), await UploadAsync("b.txt"));
        var post = await PostAsync(new { message = "files", file_ids = new[] { first } });

        var changed = await PatchAsync(post["id"], new { file_ids = new[] { second } });

        Assert.Equal([second], Ids(changed));
        Assert.NotEqual("0", changed["edit_at"]);
        Assert.Equal(404, (await _client.GetAsync($"/api/v4/files/{first}", _user)).Status);
        Assert.Equal(200, (await _client.GetAsync($"/api/v4/files/{second}", _user)).Status);

        var history = await _client.GetAsync($"/api/v4/posts/{post["id"]}/edit_history", _user);
        var version = Assert.Single(history.Json.EnumerateArray());
        Assert.Equal(post["id"], version.GetProperty("original_id").GetString());
        Assert.Equal(first, version.GetProperty("metadata").GetProperty("files")[0].GetProperty("id").GetString());

        var restored = await _client.PostAsync(
            $"/api/v4/posts/{post["id"]}/restore/{version.GetProperty("id").GetString()}",
            new { },
            _user
        );
        Assert.Equal([first], Ids(restored));
        Assert.Equal(200, (await _client.GetAsync($"/api/v4/files/{first}", _user)).Status);
        Assert.Equal(404, (await _client.GetAsync($"/api/v4/files/{second}", _user)).Status);
    }

    [Fact]
    public async Task An_edit_of_the_files_is_published()
    {
        var file = await UploadAsync("a.txt");
        var post = _sandbox.Mattermost.Post("user1", "test", "files follow");
        using var socket = await TestSocket.OpenAsync(_sandbox, _sandbox.PersonalToken);

        await PatchAsync(post.Id, new { file_ids = new[] { file } });

        var frame = await socket.NextAsync("post_edited");
        Assert.Contains(file, frame.GetProperty("data").GetProperty("post").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Image_links_lead_to_the_proxy_and_the_source_has_what_was_written()
    {
        const string Text = "look ![logo](http://evil.example/logo.png?a=b&c) and [link](http://evil.example/x)";

        var post = await PostAsync(new { message = Text });

        Assert.Equal(Text, post["message_source"]);
        Assert.Equal(
            $"look ![logo]({_sandbox.MattermostUri}api/v4/image?url=http%3A%2F%2Fevil.example%2Flogo.png%3Fa%3Db%26c) "
                + "and [link](http://evil.example/x)",
            post["message"]
        );
        var same = await PatchAsync(post["id"], new { message = post["message"] });
        Assert.Equal(Text, same["message_source"]);
        Assert.Equal("0", same["edit_at"]);
        Assert.False((await PostAsync(new { message = "plain" })).Json.TryGetProperty("message_source", out _));
    }

    [Fact]
    public async Task A_priority_is_in_the_metadata_and_changes_are_published()
    {
        var post = await PostAsync(new { message = "now", metadata = new { priority = new { priority = "urgent" } } });
        Assert.Equal("urgent", Priority(post.Json));
        using var socket = await TestSocket.OpenAsync(_sandbox, _sandbox.PersonalToken);

        _sandbox.Mattermost.SetPriority(post["id"], new("important"));

        var frame = await socket.NextAsync("post_edited");
        Assert.Equal(
            "important",
            Priority(JsonDocument.Parse(frame.GetProperty("data").GetProperty("post").GetString()!).RootElement)
        );
    }

    [Fact]
    public async Task Nothing_is_left_of_a_post_that_was_deleted_for_good()
    {
        var post = _sandbox.Mattermost.Post("user1", "test", "gone for good");
        var before = post.CreateAt - 1;

        Assert.Equal(
            403,
            (await _client.SendAsync("DELETE", $"/api/v4/posts/{post.Id}?permanent=true", null, _user)).Status
        );
        Assert.Equal(200, (await _client.SendAsync("DELETE", $"/api/v4/posts/{post.Id}?permanent=true", null)).Status);

        Assert.Equal(404, (await _client.GetAsync($"/api/v4/posts/{post.Id}")).Status);
        var since = await _client.GetAsync($"/api/v4/channels/{post.ChannelId}/posts?since={before}");
        Assert.Empty(since.Json.GetProperty("order").EnumerateArray());
    }

    [Fact]
    public async Task A_channel_moves_to_another_team_with_a_message_about_it()
    {
        _sandbox.Mattermost.CreateTeam("soc", "Security", "admin");
        var channel = _sandbox.Mattermost.CreateChannel("admin", "moving", "Moving");
        var soc = _sandbox.Mattermost.Team("soc").Id;

        var moved = await _client.PostAsync(
            $"/api/v4/channels/{channel.Id}/move",
            new { team_id = soc, force = false }
        );

        Assert.Equal(soc, moved["team_id"]);
        Assert.Equal(200, (await _client.GetAsync($"/api/v4/teams/{soc}/channels/name/moving")).Status);
        Assert.Equal(
            404,
            (await _client.GetAsync($"/api/v4/teams/{_sandbox.Mattermost.Team("panw").Id}/channels/name/moving")).Status
        );
        var message = _sandbox.Mattermost.Posts(channel.Id)[^1];
        Assert.Equal("system_move_channel", message.Type);
        Assert.Equal("This channel has been moved to this team from panw.", message.Message);
    }

    [Fact]
    public async Task A_channel_whose_members_are_not_in_the_other_team_moves_only_by_force()
    {
        _sandbox.Mattermost.CreateTeam("soc", "Security", "admin");
        var channel = _sandbox.Mattermost.CreateChannel("admin", "moving", "Moving");
        _sandbox.Mattermost.AddMember("moving", "user1");
        var soc = _sandbox.Mattermost.Team("soc").Id;
        var path = $"/api/v4/channels/{channel.Id}/move";

        Assert.Equal(
            "app.channel.move_channel.members_do_not_match.error",
            (await _client.PostAsync(path, new { team_id = soc, force = false }))["id"]
        );
        Assert.Equal(200, (await _client.PostAsync(path, new { team_id = soc, force = true })).Status);
        Assert.DoesNotContain(_sandbox.Mattermost.User("user1").Id, channel.MemberIds);
    }

    [Fact]
    public async Task Town_square_is_neither_archived_nor_renamed_nor_made_private()
    {
        var id = _sandbox.Mattermost.Channel("town-square").Id;

        Assert.Equal(
            "api.channel.delete_channel.cannot.app_error",
            (await _client.SendAsync("DELETE", $"/api/v4/channels/{id}", null))["id"]
        );
        Assert.Equal(
            "api.channel.update_channel.tried.app_error",
            (await _client.SendAsync("PUT", $"/api/v4/channels/{id}/patch", new { name = "other" }))["id"]
        );
        Assert.Equal(
            "api.channel.update_channel_privacy.default_channel_error",
            (await _client.SendAsync("PUT", $"/api/v4/channels/{id}/privacy", new { privacy = "P" }))["id"]
        );
    }

    private static string Priority(JsonElement post) =>
        post.GetProperty("metadata").GetProperty("priority").GetProperty("priority").GetString()!;

    private static IEnumerable<string> Ids(Reply post) =>
        post.Json.GetProperty("file_ids").EnumerateArray().Select(static id => id.GetString()!);

    private async Task<string> UploadAsync(string name)
    {
        var upload = await _client.PostAsync(
            $"/api/v4/files?channel_id={_sandbox.Mattermost.Channel("test").Id}&filename={name}",
            "content of " + name,
            _user
        );
        return upload.Json.GetProperty("file_infos")[0].GetProperty("id").GetString()!;
    }

    private Task<Reply> PostAsync(object post)
    {
        var json = JsonSerializer.SerializeToNode(post)!.AsObject();
        json["channel_id"] = _sandbox.Mattermost.Channel("test").Id;
        return _client.PostAsync("/api/v4/posts", json.ToJsonString(), _user);
    }

    private Task<Reply> PatchAsync(string postId, object change) =>
        _client.SendAsync("PUT", $"/api/v4/posts/{postId}/patch", change, _user);
}
