using System.Text.Json;
using MattermostXsoar.Sandbox.Tests.Support;
using MattermostXsoar.Sandbox.Xsoar;

namespace MattermostXsoar.Sandbox.Tests;

public sealed class XsoarTests
{
    [Fact]
    public async Task Version_6_answers_without_a_prefix_in_plain_text()
    {
        await using var sandbox = await SandboxServer.StartAsync();
        using var client = new SandboxClient(sandbox);
        var about = await client.XsoarAsync("GET", "/about");
        Assert.Equal("6.14.0", about["demistoVersion"]);
        Assert.StartsWith("text/plain", about.Headers["Content-Type"], StringComparison.Ordinal);
        Assert.Equal(sandbox.Xsoar.PlaygroundId, (await client.XsoarAsync("GET", "/user"))["playgroundId"]);
        Assert.Equal(404, (await client.XsoarAsync("GET", "/xsoar/about")).Status);
        Assert.Null(sandbox.XsoarApiKeyId);
    }

    [Fact]
    public async Task Version_6_answers_a_wrong_key_as_the_server_does()
    {
        await using var sandbox = await SandboxServer.StartAsync();
        using var client = new SandboxClient(sandbox);
        var refused = await client.XsoarAsync("GET", "/about", key: "wrong");
        Assert.Equal(403, refused.Status);
        Assert.Equal(
            """{"id":"forbidden","status":403,"title":"Forbidden","detail":"Issue with CSRF code","error":"http: named cookie not present","encrypted":false,"multires":null}""",
            refused.Text
        );
    }

    [Theory]
    [InlineData("/xsoar")]
    [InlineData("/xsoar/public/v1")]
    public async Task Version_8_answers_below_both_prefixes(string prefix)
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions { XsoarVersion = "8.13.0" });
        using var client = new SandboxClient(sandbox);
        Assert.Equal("8.13.0", (await client.XsoarAsync("GET", prefix + "/about"))["demistoVersion"]);
        Assert.Equal("1", (await client.XsoarAsync("GET", prefix + "/incident/load/1"))["id"]);
        Assert.Equal(401, (await client.XsoarAsync("GET", prefix + "/about", key: "wrong")).Status);
    }

    [Theory]
    [InlineData("/about")]
    [InlineData("/xsoar/user")]
    [InlineData("/xsoar/no/such/route")]
    public async Task Version_8_redirects_closed_routes_to_the_login(string path)
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions { XsoarVersion = "8.13.0" });
        using var client = new SandboxClient(sandbox);
        var reply = await client.XsoarAsync("GET", path);
        Assert.Equal(303, reply.Status);
        Assert.EndsWith("/login", reply.Headers["Location"], StringComparison.Ordinal);
        Assert.Equal(200, (await client.XsoarAsync("GET", "/login")).Status);
    }

    [Theory]
    [InlineData("id:2", 1)]
    [InlineData("-status:closed", 2)]
    [InlineData("status:closed", 1)]
    [InlineData("-status:closed -category:job", 2)]
    [InlineData("id:1 or id:3", 2)]
    [InlineData("(id:1 or id:2) and -status:closed", 1)]
    [InlineData("created:>=\"2001-01-01T00:00:00Z\"", 3)]
    [InlineData("modified:>=\"2999-01-01T00:00:00.123456789Z\"", 0)]
    [InlineData("name:\"Malware on host\"", 1)]
    public async Task Queries_find_incidents(string query, int count)
    {
        await using var sandbox = await SandboxServer.StartAsync();
        sandbox.Xsoar.Close("2");
        using var client = new SandboxClient(sandbox);
        var reply = await client.XsoarAsync(
            "POST",
            "/incidents/search",
            new
            {
                userFilter = false,
                filter = new
                {
                    query,
                    page = 0,
                    size = 100,
                },
            }
        );
        Assert.Equal(200, reply.Status);
        Assert.Equal(count, reply.Json.GetProperty("total").GetInt32());
        Assert.Equal(count == 0 ? JsonValueKind.Null : JsonValueKind.Array, reply.Json.GetProperty("data").ValueKind);
    }

    [Fact]
    public async Task Ids_pages_and_changes_find_incidents()
    {
        await using var sandbox = await SandboxServer.StartAsync();
        using var client = new SandboxClient(sandbox);
        var before = sandbox.Xsoar.Incident("3").Modified.AddTicks(1);
        sandbox.Xsoar.AddEntry("2", "jane", "something happens");

        var changed = await client.XsoarAsync(
            "POST",
            "/incidents/search",
            new
            {
                filter = new
                {
                    id = new[] { "1", "2", "99" },
                    query = $"modified:>=\"{before:O}\"",
                    size = 10,
                },
            }
        );
        Assert.Equal(
            "2",
            Assert.Single(changed.Json.GetProperty("data").EnumerateArray()).GetProperty("id").GetString()
        );
        var second = await client.XsoarAsync(
            "POST",
            "/incidents/search",
            new
            {
                filter = new
                {
                    page = 1,
                    size = 2,
                    sort = new[] { new { field = "created", asc = true } },
                },
            }
        );
        Assert.Equal(
            "3",
            Assert.Single(second.Json.GetProperty("data").EnumerateArray()).GetProperty("id").GetString()
        );
        var sizeless = await client.XsoarAsync("POST", "/incidents/search", new { filter = new { page = 0 } });
        Assert.Equal(JsonValueKind.Null, sizeless.Json.GetProperty("data").ValueKind);
    }

    [Fact]
    public async Task A_formatted_entry_is_stored_and_read_with_nine_digits()
    {
        await using var sandbox = await SandboxServer.StartAsync();
        using var client = new SandboxClient(sandbox);
        var empty = await client.XsoarAsync("POST", "/investigation/1", new { });
        Assert.False(empty.Json.TryGetProperty("entries", out _));

        var made = await client.XsoarAsync(
            "POST",
            "/entry/formatted",
            new
            {
                investigationId = "1",
                format = "markdown",
                contents = "!this is not run",
            }
        );
        Assert.Equal("1@1", made["id"]);
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z$", made["created"]);
        Assert.Empty(sandbox.Xsoar.ExecutedCommands);

        var read = await client.XsoarAsync(
            "POST",
            "/investigation/1",
            new { pageSize = 100, fromTime = made["created"] }
        );
        var entry = Assert.Single(read.Json.GetProperty("entries").EnumerateArray());
        Assert.Equal("!this is not run", entry.GetProperty("contents").GetString());
        Assert.Equal("0001-01-01T00:00:00Z", read["closed"]);
    }

    [Theory]
    [InlineData("!Print value=x", 1)]
    [InlineData("/close", 1)]
    [InlineData("@jane", 1)]
    [InlineData("plain talk", 0)]
    public async Task An_entry_that_looks_like_a_command_is_executed(string data, int commands)
    {
        await using var sandbox = await SandboxServer.StartAsync();
        using var client = new SandboxClient(sandbox);
        Assert.Equal(200, (await client.XsoarAsync("POST", "/entry", new { investigationId = "1", data })).Status);
        Assert.Equal(commands, sandbox.Xsoar.ExecutedCommands.Count);
    }

    [Fact]
    public async Task Closed_investigations_can_be_read_but_not_written_and_unknown_ones_neither()
    {
        await using var sandbox = await SandboxServer.StartAsync();
        using var client = new SandboxClient(sandbox);
        sandbox.Xsoar.AddEntry("1", "jane", "last words");
        Assert.Equal(
            "2",
            (
                await client.XsoarAsync(
                    "POST",
                    "/incident/close",
                    new
                    {
                        id = "1",
                        version = -1,
                        closeReason = "Resolved",
                    }
                )
            )["status"]
        );

        Assert.Equal(
            412,
            (
                await client.XsoarAsync(
                    "POST",
                    "/entry/formatted",
                    new
                    {
                        investigationId = "1",
                        format = "text",
                        contents = "x",
                    }
                )
            ).Status
        );
        Assert.Equal(
            412,
            (await client.XsoarAsync("POST", "/entry", new { investigationId = "1", data = "x" })).Status
        );
        var read = await client.XsoarAsync("POST", "/investigation/1", new { });
        Assert.Single(read.Json.GetProperty("entries").EnumerateArray());
        Assert.Equal("1", read["status"]);

        var unknown = await client.XsoarAsync("POST", "/investigation/99", new { });
        Assert.Equal(400, unknown.Status);
        Assert.Equal("noInv", unknown["id"]);
    }

    [Theory]
    [InlineData(WarRoomPageCut.NewestKept, "line 7", "line 9")]
    [InlineData(WarRoomPageCut.OldestKept, "line 0", "line 2")]
    public async Task A_page_that_is_too_small_is_cut_at_the_chosen_end(WarRoomPageCut cut, string first, string last)
    {
        await using var sandbox = await SandboxServer.StartAsync(
            new SandboxOptions { WarRoomPageCut = cut, RandomEntryIds = true }
        );
        using var client = new SandboxClient(sandbox);
        for (var i = 0; i < 10; i++)
            sandbox.Xsoar.AddEntry("1", "jane", $"line {i}");
        var entries = (await client.XsoarAsync("POST", "/investigation/1", new { pageSize = 3 })).Json.GetProperty(
            "entries"
        );
        Assert.Equal(3, entries.GetArrayLength());
        Assert.Equal(first, entries[0].GetProperty("contents").GetString());
        Assert.Equal(last, entries[2].GetProperty("contents").GetString());
        Assert.Matches("^[a-z0-9]{26}@1$", entries[0].GetProperty("id").GetString());

        var backward = await client.XsoarAsync(
            "POST",
            "/investigation/1",
            new { pageSize = 100, lastId = sandbox.Xsoar.Entries("1")[4].Id }
        );
        Assert.Equal("line 4", backward.Json.GetProperty("entries")[4].GetProperty("contents").GetString());
        Assert.Equal(5, backward.Json.GetProperty("entries").GetArrayLength());
    }

    [Fact]
    public async Task Categories_and_tags_filter_entries()
    {
        await using var sandbox = await SandboxServer.StartAsync();
        using var client = new SandboxClient(sandbox);
        var chat = sandbox.Xsoar.AddEntry("1", "jane", "chat");
        sandbox.Xsoar.AddEntry("1", "jane", "note", note: true, category: "");
        sandbox.Xsoar.AddEntry("1", "jane", "a file", file: "a.txt", fileSize: 3, type: 3, category: "");
        sandbox.Xsoar.AddEntry("1", "DBot", "{\"a\":1}", "commandAndResults", "json", contentsIsJson: true);
        await client.XsoarAsync(
            "POST",
            "/entry/tags",
            new
            {
                id = chat.Id,
                version = -1,
                investigationId = "1",
                tags = new[] { "mirror" },
            }
        );

        Assert.Equal(3, await CountAsync(client, new { categories = new[] { "chats", "notes", "attachments" } }));
        Assert.Equal(3, await CountAsync(client, new { notCategories = new[] { "commandAndResults" } }));
        Assert.Equal(1, await CountAsync(client, new { tags = new[] { "mirror", "other" } }));
        Assert.Equal(0, await CountAsync(client, new { tags = new[] { "mirror", "other" }, tagsAndOperator = true }));
        Assert.Equal(2, sandbox.Xsoar.Entries("1")[0].Version);
    }

    [Fact]
    public async Task An_incident_is_created_pending_and_opened()
    {
        await using var sandbox = await SandboxServer.StartAsync();
        using var client = new SandboxClient(sandbox);
        var made = await client.XsoarAsync(
            "POST",
            "/incident",
            new
            {
                name = "New",
                type = "Phishing",
                severity = 2.5,
            }
        );
        Assert.Equal("", made["investigationId"]);
        Assert.Equal(400, (await client.XsoarAsync("POST", $"/investigation/{made["id"]}", new { })).Status);
        Assert.Equal(
            200,
            (await client.XsoarAsync("POST", "/incident/investigate", new { id = made["id"], version = 1 })).Status
        );
        Assert.Equal(200, (await client.XsoarAsync("POST", $"/investigation/{made["id"]}", new { })).Status);
    }

    private static async Task<int> CountAsync(SandboxClient client, object filter)
    {
        var reply = await client.XsoarAsync("POST", "/investigation/1", filter);
        return reply.Json.TryGetProperty("entries", out var entries) ? entries.GetArrayLength() : 0;
    }
}
