using System.Text;
using System.Text.Json;
using MattermostXsoar.Sandbox.Hosting;
using MattermostXsoar.Sandbox.Mattermost.Model;
using MattermostXsoar.Sandbox.Mattermost.Wire;

namespace MattermostXsoar.Sandbox.Mattermost.Api;

/// <summary>Members of channels and their roles there.</summary>
internal static class MembersApi
{
    public static void Map(RouteTable routes, MattermostWorld world)
    {
        routes.Map(
            "GET",
            "/api/v4/channels/{}/members",
            call =>
            {
                var channel = world.Version.ChecksChannelsOfUserLists
                    ? Demand.ReadableOrForbidden(world, call)
                    : Demand.Readable(world, call);
                var (skip, take) = call.Page();
                return new Answer(
                    200,
                    world.Locked(() =>
                        Json.Array(channel.Members.Values.Skip(skip).Take(take), world.ChannelJson.MemberFor(call.User))
                    )
                );
            }
        );
        routes.Map(
            "GET",
            "/api/v4/channels/{}/members/{}",
            call =>
            {
                var channel = Demand.Readable(world, call);
                return One(world, call, Member(world, channel, Demand.UserId(call, 1)));
            }
        );
        routes.Map("POST", "/api/v4/channels/{}/members", call => Add(world, call));
        routes.Map("DELETE", "/api/v4/channels/{}/members/{}", call => Remove(world, call));
        routes.Map(
            "POST",
            "/api/v4/channels/{}/members/ids",
            call =>
            {
                var ids = UsersApi.Strings(call, "user_ids");
                var channel = Demand.Readable(world, call);
                return new Answer(
                    200,
                    world.Locked(() =>
                        Json.Array(
                            channel.Members.Values.Where(member => ids.Contains(member.UserId)),
                            world.ChannelJson.MemberFor(call.User)
                        )
                    )
                );
            }
        );
        routes.Map(
            "PUT",
            "/api/v4/channels/{}/members/{}/notify_props",
            call =>
            {
                var channel = Demand.Channel(world, call);
                var userId = Demand.UserId(call, 1);
                if (userId != call.User.Id)
                    Demand.SystemAdmin(call, "edit_other_users");
                var json = call.Json is { ValueKind: JsonValueKind.Object } it
                    ? it
                    : throw MattermostException.BodyParameter("notify_props");
                world.SetNotifyProps(
                    Member(world, channel, userId),
                    json.EnumerateObject().Select(static prop => KeyValuePair.Create(prop.Name, prop.Value.ToString()))
                );
                return Answer.StatusOk;
            }
        );
        routes.Map(
            "PUT",
            "/api/v4/channels/{}/members/{}/schemeRoles",
            call =>
            {
                var member = Managed(world, call);
                world.SetChannelAdmin(
                    member,
                    call.Json is { } json
                        && json.TryGetProperty("scheme_admin", out var admin)
                        && admin.ValueKind == JsonValueKind.True
                );
                return Answer.StatusOk;
            }
        );
        routes.Map(
            "PUT",
            "/api/v4/channels/{}/members/{}/roles",
            call =>
            {
                var member = Managed(world, call);
                var roles = call.Json?.Text("roles") ?? throw MattermostException.BodyParameter("roles");
                if (!roles.Split(' ').All(static it => it is "channel_user" or "channel_admin" or "channel_guest"))
                    throw new MattermostException(400, "app.role.get_by_name.app_error", "Unable to get role.");
                world.SetChannelAdmin(member, roles.Contains("channel_admin", StringComparison.Ordinal));
                return Answer.StatusOk;
            }
        );
    }

    private static Answer One(MattermostWorld world, ApiCall call, SandboxChannelMember member) =>
        new(200, world.Locked(() => Json.Bytes(member, world.ChannelJson.MemberFor(call.User))));

    private static SandboxChannelMember Member(MattermostWorld world, SandboxChannel channel, string userId) =>
        world.Locked(() =>
            channel.Members.TryGetValue(userId, out var member)
                ? member
                : throw MattermostException.NoChannelMember(channel.Id, userId)
        );

    private static SandboxChannelMember Managed(MattermostWorld world, ApiCall call)
    {
        var channel = Demand.Channel(world, call);
        var userId = Demand.UserId(call, 1);
        if (!call.User.IsSystemAdmin && !(channel.Members.GetValueOrDefault(call.User.Id)?.IsAdmin ?? false))
            throw MattermostException.Forbidden(call.User.Id, "manage_channel_roles");
        return Member(world, channel, userId);
    }

    private static Answer Add(MattermostWorld world, ApiCall call)
    {
        var id = Demand.UrlId(call.Values[0], "channel_id");
        var many =
            call.Json is { } json
            && world.Version.AddsManyMembers
            && json.TryGetProperty("user_ids", out var list)
            && list.ValueKind == JsonValueKind.Array
                ? list.EnumerateArray().Select(static it => it.ToString()).ToList()
                : null;
        var userIds = many ?? [call.Json?.Text("user_id") ?? ""];
        if (userIds.Count == 0 || !userIds.TrueForAll(Ids.IsValid))
            throw MattermostException.BodyParameter(world.Version.AddsManyMembers ? "user_id or user_ids" : "user_id");
        if (call.Json?.Text("post_root_id") is { Length: > 0 } root && world.Version.AddsManyMembers)
            world.PostCore(root);
        var channel = world.FindChannel(id) ?? throw world.NoChannel(id);
        if (channel.IsDirect && world.Version.AddsManyMembers)
            throw new MattermostException(
                400,
                "api.channel.add_user_to_channel.type.app_error",
                "Can not add user to this channel type."
            );
        var joinsItself =
            userIds is [var only]
            && only == call.User.Id
            && channel.Type == "O"
            && Demand.InTeam(world, call.User, channel.TeamId);
        if (!joinsItself)
            Demand.Manage(call.User, channel, "manage_{0}_channel_members");
        if (many is null)
            return new Answer(201, world.AddMember(channel, Demand.User(world, userIds[0]), call.User));
        // Of several users those who do not exist are left out.
        var added = userIds
            .Where(it => world.TryUser(it, out var user) && user.Id == it)
            .Select(it => Encoding.UTF8.GetString(world.AddMember(channel, Demand.User(world, it), call.User)))
            .ToList();
        return new Answer(201, Encoding.UTF8.GetBytes($"[{string.Join(',', added)}]"));
    }

    private static Answer Remove(MattermostWorld world, ApiCall call)
    {
        var id = Demand.UrlId(call.Values[0], "channel_id");
        var userId = Demand.UserId(call, 1);
        var channel = world.FindChannel(id) ?? throw world.NoChannel(id);
        Demand.User(world, userId);
        if (channel.IsDirect)
            throw new MattermostException(
                400,
                "api.channel.remove_channel_member.type.app_error",
                "Unable to remove user from a channel."
            );
        if (userId != call.User.Id)
            Demand.Manage(call.User, channel, "manage_{0}_channel_members");
        world.RemoveMember(channel.Id, userId, call.User.Id);
        return Answer.StatusOk;
    }
}
