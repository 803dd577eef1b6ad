using System.Text.Json;
using MattermostXsoar.Sandbox.Tests.Support;

namespace MattermostXsoar.Sandbox.Tests;

/// <summary>Calls that were not recorded and that other people's clients make: as the API's description says.</summary>
public sealed class OtherClientTests : IAsyncLifetime
{
    private SandboxServer _sandbox = null!;
    private SandboxClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _sandbox = await SandboxServer.StartAsync();
        _client = new SandboxClient(_sandbox);
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return _sandbox.DisposeAsync();
    }

    [Fact]
    public async Task A_command_is_changed_moved_and_removed_and_its_trigger_is_taken_once()
    {
        var team = _sandbox.Mattermost.Team("panw").Id;
        var other = _sandbox.Mattermost.CreateTeam("second", "Second", "admin").Id;
        object New(string trigger) =>
            new
            {
                team_id = team,
                trigger,
                method = "P",
                url = "http://127.0.0.1:9/",
            };
        var made = await _client.PostAsync("/api/v4/commands", New("ask"));
        var path = "/api/v4/commands/" + made["id"];

        Assert.Equal(400, (await _client.PostAsync("/api/v4/commands", New("ask"))).Status);
        Assert.Equal(
            "Ask",
            (await _client.SendAsync("PUT", path, new { id = made["id"], display_name = "Ask" }))["display_name"]
        );
        Assert.NotEqual(made["token"], (await _client.SendAsync("PUT", path + "/regen_token", null))["token"]);
        Assert.Equal("OK", (await _client.SendAsync("PUT", path + "/move", new { team_id = other }))["status"]);
        Assert.Equal((other, "Ask", "ask"), await PartsAsync(path));
        Assert.Empty(List(await _client.GetAsync($"/api/v4/commands?custom_only=true&team_id={team}")));
        Assert.Single(List(await _client.GetAsync($"/api/v4/commands?custom_only=true&team_id={other}")));
        Assert.Equal(403, (await _client.GetAsync(path, _sandbox.Mattermost.CreateToken("user1"))).Status);
        Assert.Equal("OK", (await _client.SendAsync("DELETE", path, null))["status"]);
        Assert.Equal(404, (await _client.GetAsync(path)).Status);
    }

    [Fact]
    public async Task An_outgoing_webhook_is_changed_and_keeps_what_was_not_sent()
    {
        var made = await _client.PostAsync(
            "/api/v4/hooks/outgoing",
            new
            {
                team_id = _sandbox.Mattermost.Team("panw").Id,
                display_name = "out",
                trigger_words = new[] { "x" },
                callback_urls = new[] { "http://127.0.0.1:9/" },
            }
        );
        var path = "/api/v4/hooks/outgoing/" + made["id"];

        var changed = await _client.SendAsync("PUT", path, new { id = made["id"], description = "why" });

        Assert.Equal(
            ("out", "why", """["x"]"""),
            (changed["display_name"], changed["description"], changed["trigger_words"])
        );
        Assert.NotEqual(made["token"], (await _client.PostAsync(path + "/regen_token", null))["token"]);
        Assert.Equal("OK", (await _client.SendAsync("DELETE", path, null))["status"]);
        Assert.Equal(404, (await _client.GetAsync(path)).Status);
    }

    [Fact]
    public async Task A_team_is_changed_as_a_whole_and_joined_by_a_new_invitation()
    {
        var team = _sandbox.Mattermost.CreateTeam("second", "Second", "admin");
        var path = "/api/v4/teams/" + team.Id;
        var token = _sandbox.Mattermost.CreateToken("user1");
        var user = _sandbox.Mattermost.User("user1").Id;
        var old = (await _client.GetAsync(path))["invite_id"];

        var changed = await _client.SendAsync(
            "PUT",
            path,
            new
            {
                id = team.Id,
                display_name = "Two",
                company_name = "Acme",
            }
        );
        Assert.Equal(("Two", "Acme"), (changed["display_name"], changed["company_name"]));
        var invitation = (await _client.PostAsync(path + "/regenerate_invite_id", null))["invite_id"];
        Assert.Equal("second", (await _client.GetAsync("/api/v4/teams/invite/" + invitation, token))["name"]);
        Assert.Equal(
            404,
            (await _client.PostAsync("/api/v4/teams/members/invite?invite_id=" + old, null, token)).Status
        );
        var joined = await _client.PostAsync("/api/v4/teams/members/invite?invite_id=" + invitation, null, token);
        Assert.Equal((201, user), (joined.Status, joined["user_id"]));
        var roles = $"{path}/members/{user}/roles";
        Assert.Equal("OK", (await _client.SendAsync("PUT", roles, new { roles = "team_user team_admin" }))["status"]);
        Assert.Equal("True", (await _client.GetAsync($"{path}/members/{user}"))["scheme_admin"]);
        Assert.Equal(400, (await _client.SendAsync("PUT", roles, new { roles = "nothing" })).Status);
        Assert.Equal(team.Id, (await _client.GetAsync($"/api/v4/users/{user}/teams/{team.Id}/unread"))["team_id"]);
        Assert.Equal("I", (await _client.SendAsync("PUT", path + "/privacy", new { privacy = "I" }))["type"]);
    }

    [Fact]
    public async Task An_administrator_gives_roles_and_changes_what_a_role_may()
    {
        var user = _sandbox.Mattermost.User("user1");
        var path = $"/api/v4/users/{user.Id}/roles";
        var token = _sandbox.Mattermost.CreateToken("user1");

        Assert.Equal(403, (await _client.SendAsync("PUT", path, new { roles = "system_admin" }, token)).Status);
        Assert.Equal(400, (await _client.SendAsync("PUT", path, new { roles = "nothing" })).Status);
        Assert.Equal(
            "OK",
            (await _client.SendAsync("PUT", path, new { roles = "system_user system_admin" }))["status"]
        );
        Assert.True(user.IsSystemAdmin);

        var role = (await _client.GetAsync("/api/v4/roles/name/team_user"))["id"];
        await _client.SendAsync("PUT", $"/api/v4/roles/{role}/patch", new { permissions = new[] { "view_team" } });
        Assert.Equal("""["view_team"]""", (await _client.GetAsync("/api/v4/roles/" + role))["permissions"]);
    }

    [Theory]
    [InlineData("GET", "/api/v4/plugins/statuses")]
    [InlineData("POST", "/api/v4/permissions/ancillary")]
    [InlineData("GET", "/api/v4/teams/zzzzzzzzzzzzzzzzzzzzzzzzzz/image")]
    public async Task What_the_sandbox_does_not_have_is_refused_by_name(string method, string path)
    {
        var reply = await _client.SendAsync(method, path, null);

        Assert.Equal((501, "sandbox.not_implemented.app_error"), (reply.Status, reply["id"]));
        Assert.StartsWith("The sandbox does not have ", reply["message"], StringComparison.Ordinal);
    }

    private async Task<(string, string, string)> PartsAsync(string path)
    {
        var it = await _client.GetAsync(path);
        return (it["team_id"], it["display_name"], it["trigger"]);
    }

    private static List<JsonElement> List(Reply reply) => [.. reply.Json.EnumerateArray()];
}
