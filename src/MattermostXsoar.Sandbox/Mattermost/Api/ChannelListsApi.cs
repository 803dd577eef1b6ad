using MattermostXsoar.Sandbox.Hosting;
using MattermostXsoar.Sandbox.Mattermost.Model;
using MattermostXsoar.Sandbox.Mattermost.Wire;

namespace MattermostXsoar.Sandbox.Mattermost.Api;

/// <summary>Lists of channels, by team and by user, and channels by name.</summary>
internal static class ChannelListsApi
{
    public static void Map(RouteTable routes, MattermostWorld world)
    {
        routes.Map("GET", "/api/v4/teams/{}/channels", call => List(world, call, "list_team_channels", static channel => channel is { Type: "O", DeleteAt: 0 }));
        routes.Map("GET", "/api/v4/teams/{}/channels/private", call =>
        {
            if (!call.User.IsSystemAdmin)
                throw MattermostException.Forbidden(call.User.Id, "manage_system");
            return List(world, call, "manage_system", static channel => channel is { Type: "P", DeleteAt: 0 });
        });
        routes.Map("GET", "/api/v4/teams/{}/channels/deleted", call => List(world, call, "list_team_channels", channel =>
            channel.IsArchived && Demand.MayRead(world, call.User, channel)));
        routes.Map("GET", "/api/v4/teams/{}/channels/name/{}", call => ByName(world, call, Demand.UrlId(call.Values[0], "team_id")));
        routes.Map("GET", "/api/v4/teams/name/{}/channels/name/{}", call => ByName(world, call, world.Team(call.Values[0]).Id));
        routes.Map("GET", "/api/v4/users/{}/teams/{}/channels", call =>
        {
            var (userId, teamId) = (Demand.UserId(call, 0), Demand.UrlId(call.Values[1], "team_id"));
            var deleted = call.Query("include_deleted") == "true";
            return Answer(world, world.Channels.Where(channel =>
                (channel.TeamId == teamId || channel.IsDirect) && channel.Members.ContainsKey(userId) && (deleted || !channel.IsArchived)));
        });
    }

    private static Answer List(MattermostWorld world, ApiCall call, string permission, Func<SandboxChannel, bool> wanted)
    {
        var teamId = Demand.UrlId(call.Values[0], "team_id");
        if (!Demand.InTeam(world, call.User, teamId))
            throw MattermostException.Forbidden(call.User.Id, permission);
        var (skip, take) = call.Page();
        return Answer(world, world.Channels.Where(channel => channel.TeamId == teamId && wanted(channel)), skip, take);
    }

    private static Answer Answer(MattermostWorld world, IEnumerable<SandboxChannel> channels, int skip = 0, int take = int.MaxValue) => world.Locked(() =>
        new Answer(200, Json.Array(channels.OrderBy(static channel => channel.DisplayName, StringComparer.OrdinalIgnoreCase).Skip(skip).Take(take), ChannelJson.Write)));

    private static Answer ByName(MattermostWorld world, ApiCall call, string teamId)
    {
        var name = call.Values[^1].ToLowerInvariant();
        var channel = world.FindChannel(teamId, name);
        if (channel is null || (channel.IsArchived && call.Query("include_deleted") != "true"))
            throw MattermostException.NoChannelNamed(teamId, name);
        // A private channel is as good as missing for those who are not in it.
        if (!Demand.MayRead(world, call.User, channel))
            throw channel.Type == "O" ? MattermostException.Forbidden(call.User.Id, "read_public_channel") : MattermostException.NoChannelNamed(teamId, name);
        return new Answer(200, world.Locked(() => Json.Bytes(channel, ChannelJson.Write)));
    }
}
