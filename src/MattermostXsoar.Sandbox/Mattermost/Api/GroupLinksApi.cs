using System.Text.Json;
using MattermostXsoar.Sandbox.Hosting;
using MattermostXsoar.Sandbox.Mattermost.Model;
using MattermostXsoar.Sandbox.Mattermost.Wire;

namespace MattermostXsoar.Sandbox.Mattermost.Api;

/// <summary>The teams and channels that follow a group. A link is stored and returned, but does not change any
/// membership.</summary>
internal static class GroupLinksApi
{
    public static void Map(RouteTable routes, MattermostWorld world, GroupDemand demand)
    {
        foreach (var (kind, isTeam) in new[] { ("teams", true), ("channels", false) })
        {
            var one = $"/api/v4/groups/{{}}/{kind}/{{}}";
            routes.Map("POST", one + "/link", call => Link(world, demand, call, isTeam));
            routes.Map("DELETE", one + "/link", call => Unlink(world, demand, call, isTeam));
            routes.Map(
                "PUT",
                one + "/patch",
                call =>
                {
                    var link = Find(world, demand, call, isTeam);
                    return Answer(
                        world,
                        world.LinkGroup(
                            world.Group(link.GroupId),
                            link.TargetId,
                            isTeam,
                            Flag(call, "auto_add") ?? link.AutoAdd,
                            Flag(call, "scheme_admin") ?? link.SchemeAdmin
                        ),
                        200
                    );
                }
            );
            routes.Map("GET", one, call => Answer(world, Find(world, demand, call, isTeam), 200));
            routes.Map(
                "GET",
                $"/api/v4/groups/{{}}/{kind}",
                call =>
                {
                    var group = demand.Group(call);
                    Administrator(call);
                    return world.Locked(() =>
                        new Answer(
                            200,
                            Json.Array(
                                group.Links.Values.Where(it => it.IsTeam == isTeam),
                                (writer, it) =>
                                    GroupJson.WriteLink(
                                        writer,
                                        it,
                                        isTeam
                                            ? world.TeamCore(it.TargetId)
                                            : world.TeamCore(world.Channel(it.TargetId).TeamId),
                                        isTeam ? null : world.Channel(it.TargetId)
                                    )
                            )
                        )
                    );
                }
            );
        }
    }

    private static Answer Answer(MattermostWorld world, SandboxGroupLink link, int status) =>
        new(status, world.Locked(() => Json.Bytes(link, static (writer, it) => GroupJson.WriteLink(writer, it))));

    private static void Administrator(ApiCall call)
    {
        if (!call.User.IsSystemAdmin)
            throw MattermostException.Forbidden(call.User.Id, "manage_system");
    }

    private static bool? Flag(ApiCall call, string name) =>
        call.Json is { ValueKind: JsonValueKind.Object } json
        && json.TryGetProperty(name, out var value)
        && value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean()
            : null;

    private static SandboxGroupLink Find(MattermostWorld world, GroupDemand demand, ApiCall call, bool isTeam)
    {
        var group = demand.Group(call);
        Administrator(call);
        return world.Locked(() =>
            group.Links.TryGetValue(call.Values[1], out var link) && link.IsTeam == isTeam
                ? link
                : throw new MattermostException(
                    404,
                    "app.group.no_rows",
                    "no matching group found",
                    $"resource: GroupSyncable id: {call.Values[1]}"
                )
        );
    }

    /// <summary>Users who may manage the team or the members of the channel may link it.</summary>
    private static SandboxGroup Target(MattermostWorld world, GroupDemand demand, ApiCall call, bool isTeam)
    {
        var group = demand.Group(call);
        if (demand.AsServer && group.Source != "ldap")
            throw new MattermostException(
                400,
                "app.group.crud_permission",
                "Unable to perform operation for that source type."
            );
        if (!isTeam)
        {
            Demand.Manage(call.User, Demand.Channel(world, call, 1), "manage_{0}_channel_members");
            return group;
        }
        var id = Demand.UrlId(call.Values[1], "team_id");
        var team =
            world.TeamCore(id)
            ?? throw new MattermostException(
                404,
                "app.team.get.find.app_error",
                "Unable to find the existing team.",
                $"resource: Team id: {id}"
            );
        if (!call.User.IsSystemAdmin && !team.Members.GetValueOrDefault(call.User.Id))
            throw MattermostException.Forbidden(call.User.Id, "manage_team");
        return group;
    }

    private static Answer Link(MattermostWorld world, GroupDemand demand, ApiCall call, bool isTeam)
    {
        var group = Target(world, demand, call, isTeam);
        return Answer(
            world,
            world.LinkGroup(
                group,
                call.Values[1],
                isTeam,
                Flag(call, "auto_add") ?? false,
                Flag(call, "scheme_admin") ?? false
            ),
            201
        );
    }

    private static Answer Unlink(MattermostWorld world, GroupDemand demand, ApiCall call, bool isTeam)
    {
        var group = Target(world, demand, call, isTeam);
        return world.Locked(() => group.Links.Remove(call.Values[1]))
            ? Hosting.Answer.StatusOk
            : throw new MattermostException(
                404,
                "app.group.no_rows",
                "no matching group found",
                $"resource: GroupSyncable id: {call.Values[1]}"
            );
    }
}
