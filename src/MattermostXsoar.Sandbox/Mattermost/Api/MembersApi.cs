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
                var channel = Demand.Readable(world, call);
                var (skip, take) = call.Page();
                return new Answer(
                    200,
                    world.Locked(() =>
                        Json.Array(channel.Members.Values.Skip(skip).Take(take), ChannelJson.WriteMember)
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
                return One(world, Member(world, channel, Demand.UserId(call, 1)), 200);
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
                            ChannelJson.WriteMember
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
                world.SetChannelAdmin(member, roles.Contains("channel_admin", StringComparison.Ordinal));
                return Answer.StatusOk;
            }
        );
    }

    private static Answer One(MattermostWorld world, SandboxChannelMember member, int status) =>
        new(status, world.Locked(() => Json.Bytes(member, ChannelJson.WriteMember)));

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
        var userId = call.Json?.Text("user_id") ?? "";
        if (!Ids.IsValid(userId))
            throw MattermostException.BodyParameter("user_id");
        var channel = world.FindChannel(id) ?? throw MattermostException.NoChannel(id);
        var joinsItself =
            userId == call.User.Id && channel.Type == "O" && Demand.InTeam(world, call.User, channel.TeamId);
        if (!joinsItself)
            Demand.Manage(call.User, channel, "manage_{0}_channel_members");
        var user = Demand.User(world, userId);
        return new Answer(201, world.AddMember(channel, user, call.User));
    }

    private static Answer Remove(MattermostWorld world, ApiCall call)
    {
        var id = Demand.UrlId(call.Values[0], "channel_id");
        var userId = Demand.UserId(call, 1);
        var channel = world.FindChannel(id) ?? throw MattermostException.NoChannel(id);
        Demand.User(world, userId);
        if (userId != call.User.Id)
            Demand.Manage(call.User, channel, "manage_{0}_channel_members");
        world.RemoveMember(channel.Id, userId, call.User.Id);
        return Answer.StatusOk;
    }
}
