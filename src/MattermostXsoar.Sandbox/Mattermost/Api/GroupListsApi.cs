using System.Text.Json;
using MattermostXsoar.Sandbox.Hosting;
using MattermostXsoar.Sandbox.Mattermost.Model;
using MattermostXsoar.Sandbox.Mattermost.Wire;

namespace MattermostXsoar.Sandbox.Mattermost.Api;

/// <summary>The groups of a user, a team, a channel, and of all channels of a team.</summary>
internal static class GroupListsApi
{
    public static void Map(RouteTable routes, MattermostWorld world, GroupDemand demand)
    {
        routes.Map(
            "GET",
            "/api/v4/users/{}/groups",
            call =>
            {
                var userId = Demand.UserId(call, 0);
                demand.License();
                if (userId != call.User.Id && !call.User.IsSystemAdmin)
                    throw MattermostException.Forbidden(call.User.Id, "manage_system");
                return world.Locked(() =>
                    new Answer(
                        200,
                        Json.Array(
                            Visible(world, call).Where(it => it.Members.ContainsKey(userId)),
                            static (writer, it) => GroupJson.Write(writer, it)
                        )
                    )
                );
            }
        );
        routes.Map(
            "GET",
            "/api/v4/teams/{}/groups",
            call =>
            {
                var team = Team(world, demand, call);
                return world.Locked(() => Linked(world, demand, call, team.Id));
            }
        );
        routes.Map(
            "GET",
            "/api/v4/channels/{}/groups",
            call =>
            {
                var id = Demand.UrlId(call.Values[0], "channel_id");
                demand.License();
                var channel = Demand.Channel(world, call);
                if (!call.User.IsSystemAdmin && (!demand.AsServer || !channel.Members.ContainsKey(call.User.Id)))
                    throw MattermostException.Forbidden(
                        call.User.Id,
                        demand.AsServer
                            ? $"read_{(channel.Type == "P" ? "private" : "public")}_channel_groups"
                            : "manage_system"
                    );
                return world.Locked(() => Linked(world, demand, call, id));
            }
        );
        routes.Map(
            "GET",
            "/api/v4/teams/{}/groups_by_channels",
            call => ByChannels(world, demand, call, Team(world, demand, call))
        );
    }

    private static SandboxTeam Team(MattermostWorld world, GroupDemand demand, ApiCall call)
    {
        var id = Demand.UrlId(call.Values[0], "team_id");
        demand.License();
        var team =
            world.TeamCore(id)
            ?? throw new MattermostException(
                404,
                "app.team.get.find.app_error",
                "Unable to find the existing team.",
                $"resource: Team id: {id}"
            );
        return Demand.InTeam(world, call.User, team.Id)
            ? team
            : throw MattermostException.Forbidden(call.User.Id, "list_team_channels");
    }

    private static IEnumerable<SandboxGroup> Visible(MattermostWorld world, ApiCall call)
    {
        var referable = call.Query("filter_allow_reference") == "true" || !call.User.IsSystemAdmin;
        return world.Groups.Where(it =>
            it.DeleteAt == 0 && (!referable || it.AllowReference) && GroupsApi.Fits(it, call.Query("q"))
        );
    }

    /// <summary>The description has a bare list; the server wraps it and adds the total.</summary>
    private static Answer Linked(MattermostWorld world, GroupDemand demand, ApiCall call, string targetId)
    {
        var all = Visible(world, call)
            .Where(it => it.Links.ContainsKey(targetId))
            .OrderBy(static it => it.DisplayName, StringComparer.OrdinalIgnoreCase)
            .ToList();
        var (skip, take) = call.Query("paginate") == "false" ? (0, int.MaxValue) : call.Page();
        var page = all.Skip(skip).Take(take);
        var counted = call.Query("include_member_count") == "true";
        void Write(Utf8JsonWriter writer, SandboxGroup it) =>
            GroupJson.WriteLinked(writer, it, counted, it.Links[targetId].SchemeAdmin);
        if (!demand.AsServer)
            return new Answer(200, Json.Array(page, Write));
        return new Answer(
            200,
            Json.Bytes(writer =>
            {
                writer.WriteStartObject();
                writer.WriteStartArray("groups"u8);
                foreach (var group in page)
                    Write(writer, group);
                writer.WriteEndArray();
                writer.WriteNumber("total_group_count"u8, all.Count);
                writer.WriteEndObject();
            })
        );
    }

    private static Answer ByChannels(MattermostWorld world, GroupDemand demand, ApiCall call, SandboxTeam team) =>
        world.Locked(() =>
        {
            var (skip, take) = call.Query("paginate") == "true" ? call.Page() : (0, int.MaxValue);
            var links = Visible(world, call)
                .SelectMany(static group =>
                    group.Links.Values.Where(static it => !it.IsTeam).Select(link => (group, link))
                )
                .Where(it => world.FindChannel(it.link.TargetId)?.TeamId == team.Id)
                .Skip(skip)
                .Take(take)
                .ToLookup(static it => it.link.TargetId);
            return new Answer(
                200,
                Json.Bytes(
                    (links, demand.AsServer),
                    static (writer, it) =>
                    {
                        writer.WriteStartObject();
                        if (it.AsServer)
                            writer.WriteStartObject("groups"u8);
                        foreach (var channel in it.links)
                        {
                            writer.WriteStartArray(channel.Key);
                            foreach (var (group, link) in channel)
                                GroupJson.WriteLinked(writer, group, false, link.SchemeAdmin);
                            writer.WriteEndArray();
                        }
                        if (it.AsServer)
                            writer.WriteEndObject();
                        writer.WriteEndObject();
                    }
                )
            );
        });
}
