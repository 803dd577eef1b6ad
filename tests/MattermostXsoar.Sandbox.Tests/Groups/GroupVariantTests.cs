using System.Text.Json;
using MattermostXsoar.Sandbox.Mattermost;
using MattermostXsoar.Sandbox.Tests.Support;

namespace MattermostXsoar.Sandbox.Tests.Groups;

/// <summary>Servers without a license, too old for custom groups, or answering as their source instead of their
/// description.</summary>
public sealed class GroupVariantTests
{
    private static readonly SandboxSeed Seed = new() { Groups = [new() { Name = "soc", Members = ["user1"] }] };

    [Theory]
    [InlineData("GET", "/api/v4/groups", "rest-error-501-groups-list")]
    [InlineData("GET", "/api/v4/groups/zzzzzzzzzzzzzzzzzzzzzzzzzz", "rest-error-501-groups-get")]
    [InlineData("GET", "/api/v4/groups/zzzzzzzzzzzzzzzzzzzzzzzzzz/members", "rest-error-501-groups-members")]
    [InlineData("GET", "/api/v4/groups/zzzzzzzzzzzzzzzzzzzzzzzzzz/stats", "rest-error-501-groups-stats")]
    [InlineData("GET", "/api/v4/users/me/groups", "rest-error-501-groups-of-user")]
    [InlineData("GET", "/api/v4/teams/{team}/groups", "rest-error-501-groups-of-team")]
    [InlineData("GET", "/api/v4/channels/{channel}/groups", "rest-error-501-groups-of-channel")]
    [InlineData("POST", "/api/v4/groups", "rest-error-404-groups-create-post")]
    [InlineData("POST", "/api/v4/groups/zzzzzzzzzzzzzzzzzzzzzzzzzz/teams/{team}/link", "rest-error-501-groups-link")]
    [InlineData("GET", "/api/v4/ldap/groups", "rest-error-501-ldap-groups")]
    public async Task Without_a_license_every_call_answers_as_recorded(string method, string path, string recording)
    {
        await using var sandbox = await OlderServer.StartAsync();
        using var client = new SandboxClient(sandbox);
        path = path.Replace("{team}", sandbox.Mattermost.Team("panw").Id, StringComparison.Ordinal)
            .Replace("{channel}", sandbox.Mattermost.Channel("test").Id, StringComparison.Ordinal);
        var recorded = Recorded.Load(recording);
        var reply = await client.SendAsync(method, path, method == "POST" ? new { } : null);
        Assert.Equal(recorded.GetProperty("status").GetInt32(), reply.Status);
        Assert.Equal(recorded.GetProperty("body").GetProperty("id").GetString(), reply["id"]);
        Assert.Equal(recorded.GetProperty("body").GetProperty("message").GetString(), reply["message"]);
        Shape.AssertSame(recorded.GetProperty("body"), reply.Json);
    }

    [Theory]
    [InlineData("POST", "/members")]
    [InlineData("DELETE", "/members")]
    [InlineData("DELETE", "")]
    [InlineData("POST", "/restore")]
    public async Task Before_6_3_there_is_no_route_that_changes_custom_groups(string method, string end)
    {
        await using var sandbox = await SandboxServer.StartAsync(
            new SandboxOptions
            {
                GroupsLicensed = true,
                MattermostVersion = "6.2.1",
                Seed = Seed,
            }
        );
        using var client = new SandboxClient(sandbox);
        var path = "/api/v4/groups/" + sandbox.Mattermost.Group("soc").Id;
        var reply = await client.SendAsync(method, path + end, new { user_ids = Array.Empty<string>() });
        Assert.Equal((404, "api.context.404.app_error"), (reply.Status, reply["id"]));
        Assert.Equal(200, (await client.GetAsync(path)).Status);
    }

    [Fact]
    public async Task Following_its_source_the_server_returns_the_changed_members()
    {
        await using var sandbox = await SandboxServer.StartAsync(
            new SandboxOptions
            {
                GroupsLicensed = true,
                MattermostVersion = "9.5.0",
                GroupAnswers = GroupAnswers.AsServer,
                Seed = Seed,
            }
        );
        using var client = new SandboxClient(sandbox);
        string path = $"/api/v4/groups/{sandbox.Mattermost.Group("soc").Id}",
            user2 = sandbox.Mattermost.User("user2").Id;
        var added = Assert.Single(
            (await client.PostAsync(path + "/members", new { user_ids = new[] { user2 } })).Json.EnumerateArray()
        );
        Assert.Equal(
            ["group_id", "user_id", "create_at", "delete_at"],
            added.EnumerateObject().Select(static it => it.Name)
        );
        Assert.Equal((user2, 0), (added.GetProperty("user_id").GetString(), added.GetProperty("delete_at").GetInt64()));
        var removed = Assert.Single(
            (
                await client.SendAsync("DELETE", path + "/members", new { user_ids = new[] { user2 } })
            ).Json.EnumerateArray()
        );
        Assert.NotEqual(0, removed.GetProperty("delete_at").GetInt64());

        sandbox.Mattermost.LinkGroupToChannel("soc", "test");
        var wrapped = (await client.GetAsync($"/api/v4/channels/{sandbox.Mattermost.Channel("test").Id}/groups")).Json;
        Assert.Equal(1, wrapped.GetProperty("total_group_count").GetInt32());
        Assert.Equal(200, (await client.GetAsync(path + "/members", sandbox.BotToken)).Status);
        var flat = await client.PostAsync(
            "/api/v4/groups",
            new
            {
                name = "flat",
                display_name = "Flat",
                source = "custom",
                allow_reference = true,
                user_ids = new[] { user2 },
            }
        );
        Assert.Equal((201, JsonValueKind.Array), (flat.Status, flat.Json.GetProperty("user_ids").ValueKind));
        Assert.NotEqual("0", (await client.SendAsync("DELETE", path, null))["delete_at"]);
    }

    [Fact]
    public async Task Following_its_source_a_newer_server_reports_a_missing_license_differently()
    {
        await using var sandbox = await SandboxServer.StartAsync(
            new SandboxOptions { MattermostVersion = "9.5.0", GroupAnswers = GroupAnswers.AsServer }
        );
        using var client = new SandboxClient(sandbox);
        var reply = await client.GetAsync("/api/v4/groups");
        Assert.Equal((403, "api.license_error"), (reply.Status, reply["id"]));
    }
}
