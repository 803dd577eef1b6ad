using System.Text.Json;
using MattermostXsoar.Sandbox.Hosting;
using MattermostXsoar.Sandbox.Mattermost.Model;
using MattermostXsoar.Sandbox.Mattermost.Wire;

namespace MattermostXsoar.Sandbox.Mattermost.Api;

/// <summary><c>/teams</c> and their members.</summary>
internal static class TeamsApi
{
    private static readonly byte[] Exists = """{"exists":true}"""u8.ToArray();
    private static readonly byte[] ExistsNot = """{"exists":false}"""u8.ToArray();

    public static void Map(RouteTable routes, MattermostWorld world)
    {
        routes.Map("GET", "/api/v4/teams", call => world.Locked(() => List(world, call)));
        routes.Map(
            "POST",
            "/api/v4/teams",
            call =>
            {
                var json = call.Json is { ValueKind: JsonValueKind.Object } it
                    ? it
                    : throw MattermostException.BodyParameter("team");
                var team = world.CreateTeam(
                    json.Text("name") ?? "",
                    json.Text("display_name") ?? "",
                    call.User.Id,
                    json.Text("type") ?? "O",
                    json.Flag("allow_open_invite") ?? false,
                    json.Text("description") ?? ""
                );
                return new Answer(201, Json.Bytes(team, world.TeamJson.Write));
            }
        );
        routes.Map(
            "POST",
            "/api/v4/teams/search",
            call =>
            {
                var term = call.Json?.Text("term") is { Length: > 0 } it
                    ? it
                    : throw MattermostException.BodyParameter("term");
                return new Answer(
                    200,
                    world.Locked(() =>
                        Json.Array(
                            world.Teams.Where(team =>
                                IsListed(team, call.User) && (Has(team.Name) || Has(team.DisplayName))
                            ),
                            Writer(world, call)
                        )
                    )
                );
                bool Has(string name) => name.Contains(term, StringComparison.OrdinalIgnoreCase);
            }
        );
        routes.Map(
            "GET",
            "/api/v4/teams/name/{}/exists",
            call => new Answer(
                200,
                world.TeamCore(call.Values[0]) is { } team && Sees(world, call.User, team) ? Exists : ExistsNot
            )
        );
        routes.Map("GET", "/api/v4/teams/name/{}", call => One(world, call, world.Team(call.Values[0])));
        routes.Map("GET", "/api/v4/teams/{}", call => One(world, call, ById(world, call)));
        routes.Map(
            "GET",
            "/api/v4/users/{}/teams",
            call =>
            {
                var userId = Demand.UserId(call, 0);
                return new Answer(
                    200,
                    world.Locked(() =>
                        Json.Array(
                            world.Teams.Where(team => team.DeleteAt == 0 && team.Members.ContainsKey(userId)),
                            Writer(world, call)
                        )
                    )
                );
            }
        );
        routes.Map(
            "GET",
            "/api/v4/teams/{}/members",
            call =>
            {
                var team = ById(world, call);
                var (skip, take) = call.Page();
                return new Answer(
                    200,
                    world.Locked(() =>
                        Json.Array(
                            team.Members.OrderBy(
                                    it =>
                                        call.Query("sort") == "Username" ? Demand.User(world, it.Key).Username : it.Key,
                                    StringComparer.Ordinal
                                )
                                .Skip(skip)
                                .Take(take),
                            (writer, it) => TeamJson.WriteMember(writer, (team.Id, it.Key, it.Value))
                        )
                    )
                );
            }
        );
        routes.Map(
            "GET",
            "/api/v4/teams/{}/members/{}",
            call => Member(world, ById(world, call), Demand.UserId(call, 1), 200)
        );
        routes.Map(
            "POST",
            "/api/v4/teams/{}/members",
            call =>
            {
                var team = ById(world, call);
                var userId = call.Json?.Text("user_id") ?? "";
                if (!Ids.IsValid(userId))
                    throw MattermostException.BodyParameter("user_id");
                if (
                    !call.User.IsSystemAdmin
                    && !team.Members.ContainsKey(call.User.Id)
                    && (userId != call.User.Id || !team.AllowOpenInvite)
                )
                    throw MattermostException.Forbidden(
                        call.User.Id,
                        userId == call.User.Id ? "join_private_teams" : "add_user_to_team"
                    );
                world.AddToTeam(team.Id, Demand.User(world, userId).Id);
                // As recorded: both the joining and the call publish it.
                world.EmitAddedToTeam(team, userId);
                return Member(world, team, userId, 201);
            }
        );
    }

    /// <summary>Ordinary users may list open teams only (<c>list_public_teams</c>), not even their own: those are at
    /// <c>/users/{id}/teams</c>.</summary>
    private static bool IsListed(SandboxTeam team, SandboxUser user) =>
        team.DeleteAt == 0 && (user.IsSystemAdmin || team.AllowOpenInvite);

    private static bool Sees(MattermostWorld world, SandboxUser user, SandboxTeam team) =>
        Demand.InTeam(world, user, team.Id) || team is { AllowOpenInvite: true, Type: "O" };

    private static Answer List(MattermostWorld world, ApiCall call)
    {
        var teams = world
            .Teams.Where(team => IsListed(team, call.User))
            .OrderBy(static team => team.DisplayName, StringComparer.Ordinal)
            .ToList();
        var (skip, take) = call.Page();
        var page = teams.Skip(skip).Take(take);
        if (call.Query("include_total_count") != "true")
            return new Answer(200, Json.Array(page, Writer(world, call)));
        return new Answer(
            200,
            Json.Bytes(
                (page, teams.Count, Write: Writer(world, call)),
                static (writer, it) =>
                {
                    writer.WriteStartObject();
                    writer.WriteStartArray("teams"u8);
                    foreach (var team in it.page)
                        it.Write(writer, team);
                    writer.WriteEndArray();
                    writer.WriteNumber("total_count"u8, it.Count);
                    writer.WriteEndObject();
                }
            )
        );
    }

    /// <summary>Only users who manage a team see its e-mail address.</summary>
    internal static Action<Utf8JsonWriter, SandboxTeam> Writer(MattermostWorld world, ApiCall call)
    {
        var user = call.User;
        return (writer, team) =>
        {
            if (user.IsSystemAdmin || team.Members.GetValueOrDefault(user.Id))
                world.TeamJson.Write(writer, team);
            else
                world.TeamJson.WriteForMember(writer, team);
        };
    }

    internal static SandboxTeam ById(MattermostWorld world, ApiCall call)
    {
        var id = Demand.UrlId(call.Values[0], "team_id");
        var team = world.TeamCore(id);
        return team?.Id == id
            ? team
            : throw new MattermostException(
                404,
                "app.team.get.find.app_error",
                "Unable to find the existing team.",
                $"resource: Team id: {id}"
            );
    }

    private static Answer One(MattermostWorld world, ApiCall call, SandboxTeam team) =>
        Sees(world, call.User, team)
            ? new Answer(200, Json.Bytes(team, Writer(world, call)))
            : throw MattermostException.Forbidden(call.User.Id, "view_team");

    private static Answer Member(MattermostWorld world, SandboxTeam team, string userId, int status) =>
        world.Locked(() =>
            team.Members.TryGetValue(userId, out var admin)
                ? new Answer(status, Json.Bytes((team.Id, userId, admin), TeamJson.WriteMember))
                : throw MattermostException.NoTeamMember(team.Id, userId)
        );
}
