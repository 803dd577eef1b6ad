using System.Text.Json;
using MattermostXsoar.Sandbox.Tests.Support;

namespace MattermostXsoar.Sandbox.Tests.Groups;

/// <summary>Groups on a licensed 7.8, as <c>groups.yaml</c> describes them.</summary>
public sealed class GroupTests : IAsyncLifetime
{
    private static readonly SandboxOptions Licensed = new()
    {
        GroupsLicensed = true,
        MattermostVersion = "7.8.0",
        Seed = new SandboxSeed
        {
            Groups =
            [
                new()
                {
                    Name = "soc",
                    DisplayName = "SOC Analysts",
                    Members = ["user1", "user2"],
                },
                new() { Name = "ir-team", DisplayName = "Incident Response" },
                new()
                {
                    Name = "directory",
                    DisplayName = "From LDAP",
                    Source = "ldap",
                    Members = ["user3"],
                },
            ],
        },
    };

    private SandboxServer _sandbox = null!;
    private SandboxClient _client = null!;
    private string _userToken = "";

    public async ValueTask InitializeAsync()
    {
        _sandbox = await SandboxServer.StartAsync(Licensed);
        _client = new SandboxClient(_sandbox);
        _userToken = _sandbox.Mattermost.CreateToken("user1");
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return _sandbox.DisposeAsync();
    }

    [Fact]
    public async Task A_group_has_the_described_fields_and_the_ones_the_server_adds()
    {
        var group = (await _client.GetAsync($"/api/v4/groups/{Id("soc")}")).Json;
        Assert.Equal(
            [
                "allow_reference",
                "create_at",
                "delete_at",
                "description",
                "display_name",
                "has_syncables",
                "id",
                "name",
                "remote_id",
                "source",
                "update_at",
            ],
            group.EnumerateObject().Select(static it => it.Name).Order(StringComparer.Ordinal)
        );
        Assert.Equal(JsonValueKind.Null, group.GetProperty("remote_id").ValueKind);
        Assert.Equal("custom", group.GetProperty("source").GetString());
    }

    [Theory]
    [InlineData("", "From LDAP,Incident Response,SOC Analysts")]
    [InlineData("?q=ANALYST", "SOC Analysts")]
    [InlineData("?q=ir-", "Incident Response")]
    [InlineData("?page=1&per_page=2", "SOC Analysts")]
    [InlineData("?group_source=ldap", "From LDAP")]
    [InlineData("?since=99999999999999", "")]
    public async Task A_list_is_searched_paged_and_ordered_by_display_name(string query, string names)
    {
        var list = (await _client.GetAsync("/api/v4/groups" + query)).Json;
        Assert.Equal(
            names,
            string.Join(",", list.EnumerateArray().Select(static it => it.GetProperty("display_name").GetString()))
        );
        Assert.DoesNotContain(list.EnumerateArray(), static it => it.TryGetProperty("member_count", out _));
    }

    [Fact]
    public async Task Members_are_counted_on_request_listed_in_pages_and_counted_as_statistics()
    {
        var counted = (await _client.GetAsync("/api/v4/groups?include_member_count=true&q=soc")).Json[0];
        Assert.Equal(2, counted.GetProperty("member_count").GetInt32());

        var second = (await _client.GetAsync($"/api/v4/groups/{Id("soc")}/members?page=1&per_page=1")).Json;
        Assert.Equal(
            "user2",
            Assert.Single(second.GetProperty("members").EnumerateArray()).GetProperty("username").GetString()
        );
        Assert.Equal(2, second.GetProperty("total_member_count").GetInt32());

        var stats = (await _client.GetAsync($"/api/v4/groups/{Id("soc")}/stats")).Json;
        Assert.Equal(Id("soc"), stats.GetProperty("group_id").GetString());
        Assert.Equal(2, stats.GetProperty("total_member_count").GetInt32());
    }

    [Fact]
    public async Task Members_are_added_and_removed_and_the_answer_is_OK()
    {
        string path = $"/api/v4/groups/{Id("soc")}/members",
            user3 = _sandbox.Mattermost.User("user3").Id,
            user1 = _sandbox.Mattermost.User("user1").Id;
        var added = await _client.PostAsync(path, new { user_ids = new[] { user3, user1 } }, _userToken);
        Assert.Equal((200, """{"status":"OK"}"""), (added.Status, added.Text));
        Assert.Equal(3, _sandbox.Mattermost.Group("soc").MemberIds.Count);

        var removed = await _client.SendAsync("DELETE", path, new { user_ids = new[] { user3 } });
        Assert.Equal((200, """{"status":"OK"}"""), (removed.Status, removed.Text));
        Assert.DoesNotContain(user3, _sandbox.Mattermost.Group("soc").MemberIds);
    }

    [Fact]
    public async Task An_id_that_is_not_a_user_fails_the_whole_change()
    {
        string path = $"/api/v4/groups/{Id("soc")}/members",
            user3 = _sandbox.Mattermost.User("user3").Id;
        var reply = await _client.PostAsync(path, new { user_ids = new[] { user3, "zzzzzzzzzzzzzzzzzzzzzzzzzz" } });
        Assert.Equal((500, "app.update_error"), (reply.Status, reply["id"]));
        Assert.Equal(2, _sandbox.Mattermost.Group("soc").MemberIds.Count);
        Assert.Equal(500, (await _client.SendAsync("DELETE", path, new { user_ids = new[] { user3 } })).Status);
        Assert.Equal(400, (await _client.PostAsync(path, new { ids = new[] { user3 } })).Status);
    }

    [Fact]
    public async Task A_group_from_a_directory_takes_no_change()
    {
        var path = $"/api/v4/groups/{Id("directory")}";
        var added = await _client.PostAsync(path + "/members", new { user_ids = Array.Empty<string>() });
        Assert.Equal((501, "app.group.crud_permission"), (added.Status, added["id"]));
        Assert.Equal(501, (await _client.SendAsync("DELETE", path, null)).Status);
        Assert.Equal("remote-directory", (await _client.GetAsync(path))["remote_id"]);
    }

    [Fact]
    public async Task An_unknown_group_is_reported_as_missing()
    {
        var reply = await _client.GetAsync("/api/v4/groups/zzzzzzzzzzzzzzzzzzzzzzzzzz");
        Assert.Equal((404, "app.group.no_rows"), (reply.Status, reply["id"]));
        var bad = await _client.GetAsync("/api/v4/groups/short");
        Assert.Equal((400, "api.context.invalid_url_param.app_error"), (bad.Status, bad["id"]));
    }

    [Fact]
    public async Task A_group_is_created_changed_deleted_and_restored()
    {
        var user = _sandbox.Mattermost.User("user1").Id;
        var made = await _client.PostAsync(
            "/api/v4/groups",
            new
            {
                group = new
                {
                    name = "night",
                    display_name = "Night shift",
                    source = "custom",
                    allow_reference = true,
                },
                user_ids = new[] { user },
            },
            _userToken
        );
        Assert.Equal(201, made.Status);
        Assert.Equal("1", made["member_count"]);
        var path = "/api/v4/groups/" + made["id"];

        var patched = await _client.SendAsync(
            "PUT",
            path + "/patch",
            new
            {
                display_name = "Late shift",
                description = "22 to 6",
                source = "ldap",
            }
        );
        Assert.Equal(
            ("Late shift", "22 to 6", "custom"),
            (patched["display_name"], patched["description"], patched["source"])
        );
        Assert.Equal("""{"status":"OK"}""", (await _client.SendAsync("DELETE", path, null)).Text);
        Assert.Equal(404, (await _client.SendAsync("DELETE", path, null)).Status);
        Assert.DoesNotContain(
            (await _client.GetAsync("/api/v4/groups")).Json.EnumerateArray(),
            static it => it.GetProperty("name").GetString() == "night"
        );
        Assert.Contains(
            (await _client.GetAsync("/api/v4/groups?since=1")).Json.EnumerateArray(),
            static it => it.GetProperty("name").GetString() == "night"
        );
        Assert.Equal("0", (await _client.PostAsync(path + "/restore", null))["delete_at"]);
    }

    [Theory]
    [InlineData("ldap", true, "x", 501, "app.group.crud_permission")]
    [InlineData("custom", false, "x", 501, "api.custom_groups.must_be_referenceable")]
    [InlineData("custom", true, "Big Name", 400, "model.group.name.invalid_chars.app_error")]
    [InlineData("custom", true, "channel", 400, "model.group.name.reserved_name.app_error")]
    [InlineData("custom", true, "soc", 400, "app.custom_group.unique_name")]
    [InlineData("custom", true, "user1", 400, "app.group.username_conflict")]
    public async Task A_group_that_cannot_be_created_is_refused(
        string source,
        bool allowReference,
        string name,
        int status,
        string id
    )
    {
        var reply = await _client.PostAsync(
            "/api/v4/groups",
            new
            {
                group = new
                {
                    name,
                    display_name = "X",
                    source,
                    allow_reference = allowReference,
                },
                user_ids = Array.Empty<string>(),
            }
        );
        Assert.Equal((status, id), (reply.Status, reply["id"]));
    }

    [Fact]
    public async Task A_refusal_names_the_missing_permission()
    {
        var read = await _client.GetAsync($"/api/v4/groups/{Id("soc")}/members", _userToken);
        Assert.Equal(403, read.Status);
        Assert.Contains("manage_system", read["detailed_error"], StringComparison.Ordinal);

        await using var strict = await SandboxServer.StartAsync(Licensed with { EverybodyManagesCustomGroups = false });
        using var client = new SandboxClient(strict);
        var path = $"/api/v4/groups/{strict.Mattermost.Group("soc").Id}/members";
        var refused = await client.PostAsync(path, new { user_ids = Array.Empty<string>() }, strict.BotToken);
        Assert.Equal((403, "api.context.permissions.app_error"), (refused.Status, refused["id"]));
        Assert.Contains("manage_custom_group_members", refused["detailed_error"], StringComparison.Ordinal);
        Assert.Equal(200, (await client.PostAsync(path, new { user_ids = Array.Empty<string>() })).Status);
    }

    [Fact]
    public async Task Groups_of_a_user_a_team_and_a_channel_are_listed()
    {
        var world = _sandbox.Mattermost;
        string team = world.Team("panw").Id,
            channel = world.Channel("test").Id;
        var linked = await _client.PostAsync(
            $"/api/v4/groups/{Id("directory")}/teams/{team}/link",
            new { auto_add = true }
        );
        Assert.Equal((201, "True"), (linked.Status, linked["auto_add"]));
        world.LinkGroupToChannel("directory", "test");

        var ofUser = (await _client.GetAsync($"/api/v4/users/{world.User("user1").Id}/groups", _userToken)).Json;
        Assert.Equal("soc", Assert.Single(ofUser.EnumerateArray()).GetProperty("name").GetString());
        Assert.Equal(
            "directory",
            Assert
                .Single((await _client.GetAsync($"/api/v4/teams/{team}/groups")).Json.EnumerateArray())
                .GetProperty("name")
                .GetString()
        );
        Assert.Equal(
            "directory",
            Assert
                .Single((await _client.GetAsync($"/api/v4/channels/{channel}/groups")).Json.EnumerateArray())
                .GetProperty("name")
                .GetString()
        );
        Assert.Equal(
            "directory",
            (await _client.GetAsync($"/api/v4/teams/{team}/groups_by_channels"))
                .Json.GetProperty(channel)[0]
                .GetProperty("name")
                .GetString()
        );
        Assert.Equal(
            403,
            (await _client.GetAsync($"/api/v4/users/{world.User("user2").Id}/groups", _userToken)).Status
        );

        Assert.Equal(
            2,
            (await _client.GetAsync("/api/v4/groups?not_associated_to_team=" + team)).Json.GetArrayLength()
        );
        var link = $"/api/v4/groups/{Id("directory")}/channels/{channel}";
        Assert.Equal(channel, (await _client.GetAsync(link))["channel_id"]);
        Assert.Equal("False", (await _client.SendAsync("PUT", link + "/patch", new { auto_add = false }))["auto_add"]);
        Assert.Equal(
            "Test",
            (await _client.GetAsync($"/api/v4/groups/{Id("directory")}/channels"))
                .Json[0]
                .GetProperty("channel_display_name")
                .GetString()
        );
        Assert.Equal(200, (await _client.SendAsync("DELETE", link + "/link", null)).Status);
        Assert.Equal(404, (await _client.GetAsync(link)).Status);
    }

    [Fact]
    public async Task A_new_member_gets_an_event()
    {
        using var socket = await TestSocket.OpenAsync(_sandbox, _userToken);
        _sandbox.Mattermost.AddToGroup("ir-team", "user1");
        var frame = await socket.NextAsync("group_member_add");
        var member = JsonDocument.Parse(frame.GetProperty("data").GetProperty("group_member").GetString()!).RootElement;
        Assert.Equal(Id("ir-team"), member.GetProperty("group_id").GetString());
    }

    private string Id(string name) => _sandbox.Mattermost.Group(name).Id;
}
