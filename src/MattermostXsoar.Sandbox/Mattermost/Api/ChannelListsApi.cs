using System.Text.Json;
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
                        Json.Array(
                            channels.Select(channel => channel.Members[userId]),
                            world.ChannelJson.MemberFor(call.User)
                        )
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
                    return Counted(world, call, [.. all], skip, take, call.Query("include_total_count") == "true");
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
                bool Wanted(SandboxChannel channel) =>
                    ids.Contains(channel.Id) && channel is { Type: "O", DeleteAt: 0 };
                if (world.Version.MissesChannelsById && !world.Channels.Any(Wanted))
                    throw new MattermostException(
                        404,
                        "app.channel.get_channels_by_ids.not_found.app_error",
                        "No channel found."
                    );
                return List(world, call, "view_team", Wanted);
            }
        );
        routes.Map("POST", "/api/v4/channels/search", call => SearchAll(world, call));
        routes.Map("POST", "/api/v4/channels/group/search", call => SearchGroups(world, call));
        routes.Map("POST", "/api/v4/channels/stats/member_count", call => MemberCounts(world, call));
        routes.Map("GET", "/api/v4/users/{}/channels", call => OfUser(world, call));
        routes.Map("GET", "/api/v4/users/{}/channel_members", call => MembersOfUser(world, call));
        routes.Map(
            "GET",
            "/api/v4/teams/{}/channels/search_autocomplete",
            call =>
            {
                var term = call.Query("name") ?? "";
                return List(
                    world,
                    call,
                    "list_team_channels",
                    channel =>
                        channel.DeleteAt == 0 && channel.Members.ContainsKey(call.User.Id) && Named(channel, term)
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

    private static Answer Counted(
        MattermostWorld world,
        ApiCall call,
        IReadOnlyList<(SandboxChannel, SandboxTeam)> all,
        int skip,
        int take,
        bool counted
    )
    {
        var page = all.Skip(skip).Take(take);
        return new Answer(
            200,
            !counted
                ? Json.Array(page, world.ChannelJson.WriteWithTeam)
                : Json.Bytes(writer =>
                {
                    writer.WriteStartObject();
                    writer.WriteStartArray("channels"u8);
                    foreach (var it in page)
                        world.ChannelJson.WriteWithTeam(writer, it);
                    writer.WriteEndArray();
                    writer.WriteNumber("total_count"u8, all.Count);
                    writer.WriteEndObject();
                })
        );
    }

    /// <summary>Search in all teams; with a page the number of all is returned too.</summary>
    private static Answer SearchAll(MattermostWorld world, ApiCall call)
    {
        Demand.SystemAdmin(call, "sysconsole_read_user_management_channels");
        var json = call.Json is { ValueKind: JsonValueKind.Object } it
            ? it
            : throw MattermostException.BodyParameter("channel_search");
        var term = json.Text("term") ?? "";
        var paged = json.TryGetProperty("page", out var page) & json.TryGetProperty("per_page", out var size);
        return world.Locked(() =>
        {
            var found =
                from channel in world.Channels
                where !channel.IsDirect && !channel.IsArchived
                where Named(channel, term) || channel.Purpose.Contains(term, StringComparison.OrdinalIgnoreCase)
                orderby channel.DisplayName.ToUpperInvariant()
                select (channel, world.TeamCore(channel.TeamId)!);
            return paged
                ? Counted(world, call, [.. found], page.GetInt32() * size.GetInt32(), size.GetInt32(), true)
                : Counted(world, call, [.. found], 0, int.MaxValue, false);
        });
    }

    /// <summary>The caller's group channels with somebody of that name, by the name of the channel.</summary>
    private static Answer SearchGroups(MattermostWorld world, ApiCall call)
    {
        var term = call.Json?.Text("term") ?? throw MattermostException.BodyParameter("channel_search");
        return world.Locked(() =>
            new Answer(
                200,
                Json.Array(
                    world
                        .Channels.Where(channel =>
                            channel.Type == "G"
                            && channel.Members.ContainsKey(call.User.Id)
                            && channel.Members.Keys.Any(id =>
                                Demand.User(world, id).Username.StartsWith(term, StringComparison.OrdinalIgnoreCase)
                            )
                        )
                        .OrderBy(static channel => channel.DisplayName, StringComparer.Ordinal),
                    world.ChannelJson.Write
                )
            )
        );
    }

    private static Answer MemberCounts(MattermostWorld world, ApiCall call)
    {
        var ids = UsersApi.Strings(call, "channel_ids").Distinct().Order(StringComparer.Ordinal).ToList();
        if (!ids.TrueForAll(id => world.FindChannel(id) is not null))
            throw world.NoChannel($"[{string.Join(' ', ids)}]");
        return world.Locked(() =>
            new Answer(
                200,
                Json.Bytes(writer =>
                {
                    writer.WriteStartObject();
                    foreach (var id in ids)
                        writer.WriteNumber(id, world.FindChannel(id)!.Members.Count);
                    writer.WriteEndObject();
                })
            )
        );
    }

    /// <summary>All channels of a user, of all teams, by their ids.</summary>
    private static Answer OfUser(MattermostWorld world, ApiCall call)
    {
        var userId = Demand.UserId(call, 0);
        if (userId != call.User.Id)
            Demand.SystemAdmin(call, "edit_other_users");
        return world.Locked(() =>
            new Answer(200, Json.Array(ById(world, userId).Where(static it => !it.IsArchived), world.ChannelJson.Write))
        );
    }

    private static Answer MembersOfUser(MattermostWorld world, ApiCall call)
    {
        var userId = Demand.UserId(call, 0);
        if (userId != call.User.Id)
            Demand.SystemAdmin(call, "edit_other_users");
        var (skip, take) = call.Page();
        return world.Locked(() =>
            new Answer(
                200,
                Json.Array(
                    ById(world, userId).Skip(skip).Take(take),
                    (writer, channel) =>
                        world.ChannelJson.WriteMemberWithTeam(
                            writer,
                            channel.Members[userId],
                            channel.TeamId.Length > 0 ? world.TeamCore(channel.TeamId) : null
                        )
                )
            )
        );
    }

    private static IEnumerable<SandboxChannel> ById(MattermostWorld world, string userId) =>
        world
            .Channels.Where(channel => channel.Members.ContainsKey(userId))
            .OrderBy(static channel => channel.Id, StringComparer.Ordinal);

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
                    world.ChannelJson.Write
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
        return new Answer(200, world.Locked(() => Json.Bytes(channel, world.ChannelJson.Write)));
    }
}
