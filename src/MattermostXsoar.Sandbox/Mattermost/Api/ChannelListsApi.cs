using MattermostXsoar.Sandbox.Hosting;
using MattermostXsoar.Sandbox.Mattermost.Model;
using MattermostXsoar.Sandbox.Mattermost.Wire;

namespace MattermostXsoar.Sandbox.Mattermost.Api;

/// <summary>Lists of channels, by team and by user, and channels by name.</summary>
internal static class ChannelListsApi
{
    public static void Map(RouteTable routes, MattermostWorld world)
    {
        routes.Map(
            "GET",
            "/api/v4/teams/{}/channels",
            call => List(world, call, "list_team_channels", static channel => channel is { Type: "O", DeleteAt: 0 })
        );
        routes.Map(
            "GET",
            "/api/v4/teams/{}/channels/private",
            call =>
            {
                if (!call.User.IsSystemAdmin)
                    throw MattermostException.Forbidden(call.User.Id, "manage_system");
                return List(world, call, "manage_system", static channel => channel is { Type: "P", DeleteAt: 0 });
            }
        );
        routes.Map(
            "GET",
            "/api/v4/teams/{}/channels/deleted",
            call =>
                List(
                    world,
                    call,
                    "list_team_channels",
                    channel => channel.IsArchived && Demand.MayRead(world, call.User, channel)
                )
        );
        routes.Map(
            "GET",
            "/api/v4/teams/{}/channels/name/{}",
            call => ByName(world, call, Demand.UrlId(call.Values[0], "team_id"))
        );
        routes.Map(
            "GET",
            "/api/v4/teams/name/{}/channels/name/{}",
            call => ByName(world, call, world.Team(call.Values[0]).Id)
        );
        routes.Map(
            "GET",
            "/api/v4/users/{}/teams/{}/channels",
            call =>
            {
                var channels = Own(world, call, call.Query("include_deleted") == "true");
                return Answer(world, channels) with { Headers = [Etags.Of(world.Options, channels)] };
            }
        );
        routes.Map(
            "GET",
            "/api/v4/users/{}/teams/{}/channels/members",
            call =>
            {
                var channels = Own(world, call, false);
                var userId = Demand.UserId(call, 0);
                return new Answer(
                    200,
                    world.Locked(() =>
                        Json.Array(channels.Select(channel => channel.Members[userId]), ChannelJson.WriteMember)
                    )
                );
            }
        );
        routes.Map(
            "GET",
            "/api/v4/channels",
            call =>
            {
                Demand.SystemAdmin(call, "sysconsole_read_user_management_channels");
                var deleted = call.Query("include_deleted") == "true";
                var (skip, take) = call.Page();
                return world.Locked(() =>
                {
                    var all =
                        from channel in world.Channels
                        where !channel.IsDirect && (deleted || !channel.IsArchived)
                        orderby channel.DisplayName.ToUpperInvariant()
                        select (channel, world.TeamCore(channel.TeamId)!);
                    return new Answer(200, Json.Array(all.Skip(skip).Take(take), ChannelJson.WriteWithTeam));
                });
            }
        );
        routes.Map(
            "POST",
            "/api/v4/teams/{}/channels/ids",
            call =>
            {
                var ids = UsersApi.Strings(call, "channel_ids");
                if (!ids.TrueForAll(Ids.IsValid))
                    throw MattermostException.BodyParameter("channel_ids");
                return List(
                    world,
                    call,
                    "view_team",
                    channel => ids.Contains(channel.Id) && channel is { Type: "O", DeleteAt: 0 }
                );
            }
        );
        routes.Map(
            "POST",
            "/api/v4/teams/{}/channels/search",
            call =>
            {
                var term = call.Json?.Text("term") ?? throw MattermostException.BodyParameter("channel_search");
                return List(
                    world,
                    call,
                    "list_team_channels",
                    channel => channel is { Type: "O", DeleteAt: 0 } && Named(channel, term)
                );
            }
        );
        routes.Map(
            "GET",
            "/api/v4/teams/{}/channels/autocomplete",
            call =>
            {
                var term = call.Query("name") ?? "";
                return List(
                    world,
                    call,
                    "list_team_channels",
                    channel => channel.DeleteAt == 0 && Demand.MaySee(call.User, channel) && Named(channel, term)
                );
            }
        );
    }

    private static IReadOnlyList<SandboxChannel> Own(MattermostWorld world, ApiCall call, bool deleted)
    {
        var (userId, teamId) = (Demand.UserId(call, 0), Demand.UrlId(call.Values[1], "team_id"));
        if (userId != call.User.Id)
            Demand.SystemAdmin(call, "edit_other_users");
        return
        [
            .. world.Channels.Where(channel =>
                (channel.TeamId == teamId || channel.IsDirect)
                && channel.Members.ContainsKey(userId)
                && (deleted || !channel.IsArchived)
            ),
        ];
    }

    /// <summary>Whether a word of a channel's names begins with the term.</summary>
    private static bool Named(SandboxChannel channel, string term) =>
        channel
            .Name.Split('-', '_')
            .Concat(channel.DisplayName.Split(' '))
            .Append(channel.Name)
            .Append(channel.DisplayName)
            .Any(word => word.StartsWith(term, StringComparison.OrdinalIgnoreCase));

    private static Answer List(
        MattermostWorld world,
        ApiCall call,
        string permission,
        Func<SandboxChannel, bool> wanted
    )
    {
        var teamId = Demand.UrlId(call.Values[0], "team_id");
        if (!Demand.InTeam(world, call.User, teamId))
            throw MattermostException.Forbidden(call.User.Id, permission);
        var (skip, take) = call.Page();
        return Answer(world, world.Channels.Where(channel => channel.TeamId == teamId && wanted(channel)), skip, take);
    }

    private static Answer Answer(
        MattermostWorld world,
        IEnumerable<SandboxChannel> channels,
        int skip = 0,
        int take = int.MaxValue
    ) =>
        world.Locked(() =>
            new Answer(
                200,
                Json.Array(
                    channels
                        .OrderBy(static channel => channel.DisplayName, StringComparer.OrdinalIgnoreCase)
                        .Skip(skip)
                        .Take(take),
                    ChannelJson.Write
                )
            )
        );

    private static Answer ByName(MattermostWorld world, ApiCall call, string teamId)
    {
        var name = call.Values[^1].ToLowerInvariant();
        var channel = world.FindChannel(teamId, name);
        if (channel is null || (channel.IsArchived && call.Query("include_deleted") != "true"))
            throw MattermostException.NoChannelNamed(teamId, name);
        // For users who are not in it, a private channel does not exist.
        if (!Demand.MayRead(world, call.User, channel))
            throw channel.Type == "O"
                ? MattermostException.Forbidden(call.User.Id, "read_public_channel")
                : MattermostException.NoChannelNamed(teamId, name);
        return new Answer(200, world.Locked(() => Json.Bytes(channel, ChannelJson.Write)));
    }
}
