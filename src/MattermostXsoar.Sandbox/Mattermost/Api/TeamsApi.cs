using MattermostXsoar.Sandbox.Hosting;
using MattermostXsoar.Sandbox.Mattermost.Model;
using MattermostXsoar.Sandbox.Mattermost.Wire;

namespace MattermostXsoar.Sandbox.Mattermost.Api;

/// <summary><c>/teams</c> and their members.</summary>
internal static class TeamsApi
{
    public static void Map(RouteTable routes, MattermostWorld world)
    {
        routes.Map("GET", "/api/v4/teams", call => world.Locked(() =>
        {
            var (skip, take) = call.Page();
            return new Answer(200, Json.Array(world.Teams.OrderBy(static team => team.DisplayName, StringComparer.Ordinal).Skip(skip).Take(take), TeamJson.Write));
        }));
        routes.Map("GET", "/api/v4/teams/name/{}", call => One(world, call, world.Team(call.Values[0])));
        routes.Map("GET", "/api/v4/teams/{}", call => One(world, call, ById(world, call)));
        routes.Map("GET", "/api/v4/users/{}/teams", call =>
        {
            var userId = Demand.UserId(call, 0);
            return new Answer(200, world.Locked(() => Json.Array(world.Teams.Where(team => team.Members.ContainsKey(userId)), TeamJson.Write)));
        });
        routes.Map("GET", "/api/v4/teams/{}/members", call =>
        {
            var team = ById(world, call);
            var (skip, take) = call.Page();
            return new Answer(200, world.Locked(() =>
                Json.Array(team.Members.OrderBy(static it => it.Key, StringComparer.Ordinal).Skip(skip).Take(take), (writer, it) => TeamJson.WriteMember(writer, (team.Id, it.Key, it.Value)))));
        });
        routes.Map("GET", "/api/v4/teams/{}/members/{}", call => Member(world, ById(world, call), Demand.UserId(call, 1), 200));
        routes.Map("POST", "/api/v4/teams/{}/members", call =>
        {
            var team = ById(world, call);
            var userId = call.Json?.Text("user_id") ?? "";
            if (!Ids.IsValid(userId))
                throw MattermostException.BodyParameter("user_id");
            if (!call.User.IsSystemAdmin && userId != call.User.Id && !team.Members.ContainsKey(call.User.Id))
                throw MattermostException.Forbidden(call.User.Id, "add_user_to_team");
            world.AddToTeam(team.Id, Demand.User(world, userId).Id);
            return Member(world, team, userId, 201);
        });
    }

    private static SandboxTeam ById(MattermostWorld world, ApiCall call)
    {
        var id = Demand.UrlId(call.Values[0], "team_id");
        var team = world.TeamCore(id);
        return team?.Id == id ? team : throw new MattermostException(404, "app.team.get.find.app_error", "Unable to find the existing team.", $"resource: Team id: {id}");
    }

    private static Answer One(MattermostWorld world, ApiCall call, SandboxTeam team) =>
        Demand.InTeam(world, call.User, team.Id)
            ? new Answer(200, Json.Bytes(team, TeamJson.Write))
            : throw MattermostException.Forbidden(call.User.Id, "view_team");

    private static Answer Member(MattermostWorld world, SandboxTeam team, string userId, int status) => world.Locked(() =>
        team.Members.TryGetValue(userId, out var admin)
            ? new Answer(status, Json.Bytes((team.Id, userId, admin), TeamJson.WriteMember))
            : throw MattermostException.NoTeamMember(team.Id, userId));
}
