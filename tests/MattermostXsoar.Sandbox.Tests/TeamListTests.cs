using System.Text.Json;
using MattermostXsoar.Sandbox.Tests.Support;

namespace MattermostXsoar.Sandbox.Tests;

/// <summary>Ordinary users have <c>list_public_teams</c> only (recorded: <c>rest-roles-by-name</c>), so that they list
/// and find open teams.</summary>
public sealed class TeamListTests : IAsyncLifetime
{
    private SandboxServer _sandbox = null!;
    private SandboxClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _sandbox = await SandboxServer.StartAsync();
        _client = new SandboxClient(_sandbox);
        _sandbox.Mattermost.CreateTeam("open-house", "Open house", allowOpenInvite: true);
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return _sandbox.DisposeAsync();
    }

    [Fact]
    public async Task Administrators_list_all_teams_and_others_the_open_ones()
    {
        Assert.Equal("open-house,panw", Names(await _client.GetAsync("/api/v4/teams")));
        Assert.Equal("open-house", Names(await _client.GetAsync("/api/v4/teams", UserToken)));
        Assert.Equal(
            1,
            (await _client.GetAsync("/api/v4/teams?include_total_count=true", UserToken))
                .Json.GetProperty("total_count")
                .GetInt32()
        );
    }

    [Fact]
    public async Task A_search_finds_what_a_list_shows()
    {
        Assert.Equal("panw", Names(await _client.PostAsync("/api/v4/teams/search", new { term = "panw" })));
        Assert.Equal("", Names(await _client.PostAsync("/api/v4/teams/search", new { term = "panw" }, UserToken)));
        Assert.Equal(
            "open-house",
            Names(await _client.PostAsync("/api/v4/teams/search", new { term = "open" }, UserToken))
        );
    }

    [Fact]
    public async Task Ones_own_teams_are_below_the_user()
    {
        Assert.Equal("panw", Names(await _client.GetAsync("/api/v4/users/me/teams", UserToken)));
    }

    [Fact]
    public async Task Any_user_sees_and_joins_an_open_team_but_no_other()
    {
        _sandbox.Mattermost.CreateTeam("closed-shop", "Closed shop");
        Assert.Equal(200, (await _client.GetAsync("/api/v4/teams/name/open-house", UserToken)).Status);
        Assert.Equal(403, (await _client.GetAsync("/api/v4/teams/name/closed-shop", UserToken)).Status);
        Assert.Equal(201, await JoinAsync("open-house"));
        Assert.Equal(403, await JoinAsync("closed-shop"));
    }

    [Fact]
    public async Task A_team_is_opened_by_a_patch()
    {
        var patched = await _client.SendAsync(
            "PUT",
            $"/api/v4/teams/{_sandbox.Mattermost.Team("panw").Id}/patch",
            new { allow_open_invite = true }
        );
        Assert.True(patched.Json.GetProperty("allow_open_invite").GetBoolean());
        Assert.Equal("open-house,panw", Names(await _client.GetAsync("/api/v4/teams", UserToken)));
    }

    private string UserToken => field ??= _sandbox.Mattermost.CreateToken("user1");

    private static string Names(Reply reply) =>
        string.Join(',', reply.Json.EnumerateArray().Select(static team => team.GetProperty("name").GetString()));

    private async Task<int> JoinAsync(string team)
    {
        var body = new { team_id = _sandbox.Mattermost.Team(team).Id, user_id = _sandbox.Mattermost.User("user1").Id };
        return (await _client.PostAsync($"/api/v4/teams/{body.team_id}/members", body, UserToken)).Status;
    }
}
