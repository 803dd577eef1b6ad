using MattermostXsoar.Sandbox.Hosting;
using MattermostXsoar.Sandbox.Mattermost.Model;

namespace MattermostXsoar.Sandbox.Mattermost.Api;

/// <summary>The checks at the start of many handlers, in the server's order.</summary>
internal static class Demand
{
    public static string UrlId(string value, string name) =>
        Ids.IsValid(value) ? value : throw MattermostException.UrlParameter(name);

    /// <summary>A user id in a URL, where <c>me</c> is the caller.</summary>
    public static string UserId(ApiCall call, int index) =>
        call.Values[index] == "me" ? call.User.Id : UrlId(call.Values[index], "user_id");

    /// <summary>Demands that the caller is a system administrator.</summary>
    public static void SystemAdmin(ApiCall call, string permission)
    {
        if (!call.User.IsSystemAdmin)
            throw MattermostException.Forbidden(call.User.Id, permission);
    }

    public static SandboxChannel Channel(MattermostWorld world, ApiCall call, int index = 0)
    {
        var id = UrlId(call.Values[index], "channel_id");
        return world.FindChannel(id) ?? throw world.NoChannel(id);
    }

    /// <summary>A channel that the caller may read.</summary>
    public static SandboxChannel Readable(MattermostWorld world, ApiCall call, int index = 0)
    {
        var channel = Channel(world, call, index);
        return MayRead(world, call.User, channel)
            ? channel
            : throw MattermostException.Forbidden(call.User.Id, "read_channel");
    }

    /// <summary>A channel that the caller may read; one that does not exist is refused in the same way.</summary>
    public static SandboxChannel ReadableOrForbidden(MattermostWorld world, ApiCall call, int index = 0) =>
        world.FindChannel(UrlId(call.Values[index], "channel_id")) is { } channel && MayRead(world, call.User, channel)
            ? channel
            : throw MattermostException.Forbidden(call.User.Id, "read_channel");

    /// <summary>A post that the caller may read.</summary>
    public static SandboxPost ReadablePost(MattermostWorld world, ApiCall call)
    {
        var post = world.PostCore(UrlId(call.Values[0], "post_id"));
        return MayRead(world, call.User, world.FindChannel(post.ChannelId)!)
            ? post
            : throw MattermostException.Forbidden(call.User.Id, "read_channel");
    }

    /// <summary>A post that the caller may read and that is not older than the accessible history.</summary>
    public static SandboxPost AccessiblePost(MattermostWorld world, ApiCall call)
    {
        world.Accessible(world.PostCore(UrlId(call.Values[0], "post_id")));
        return ReadablePost(world, call);
    }

    /// <summary>A post that the caller may pin and react to, by their role in its channel; a system administrator may
    /// do so anywhere. For a post that does not exist other users get 403, not 404.</summary>
    public static SandboxPost PostInOwnChannel(MattermostWorld world, ApiCall call, string id, string permission)
    {
        InOwnChannel(world, call, UrlId(id, "post_id"), permission);
        return world.PostCore(id);
    }

    /// <summary>As <see cref="PostInOwnChannel"/>, for a post that may be deleted.</summary>
    public static void InOwnChannel(MattermostWorld world, ApiCall call, string postId, string permission)
    {
        var isIn = world.FindPost(postId) is { } post && world.IsInChannelOf(call.User, post);
        if (!isIn && !call.User.IsSystemAdmin)
            throw MattermostException.Forbidden(call.User.Id, permission);
    }

    public static bool MayRead(MattermostWorld world, SandboxUser user, SandboxChannel channel) =>
        user.IsSystemAdmin
        || channel.Members.ContainsKey(user.Id)
        || (channel.Type == "O" && InTeam(world, user, channel.TeamId));

    /// <summary>Whether a channel is public or the user is a member.</summary>
    public static bool MaySee(SandboxUser user, SandboxChannel channel) =>
        channel.Type == "O" || channel.Members.ContainsKey(user.Id);

    public static bool InTeam(MattermostWorld world, SandboxUser user, string teamId) =>
        user.IsSystemAdmin || (world.TeamCore(teamId)?.Members.ContainsKey(user.Id) ?? false);

    /// <summary>Any member may manage a channel, public or private; others may not.</summary>
    public static void Manage(SandboxUser user, SandboxChannel channel, string what)
    {
        if (!user.IsSystemAdmin && !channel.Members.ContainsKey(user.Id))
            throw MattermostException.Forbidden(
                user.Id,
                string.Format(
                    System.Globalization.CultureInfo.InvariantCulture,
                    what,
                    channel.Type == "P" ? "private" : "public"
                )
            );
    }

    public static SandboxTeam Team(MattermostWorld world, string id) =>
        world.TeamCore(id) is { } team && team.Id == id
            ? team
            : throw new MattermostException(
                404,
                "app.team.get.find.app_error",
                "Unable to find the existing team.",
                $"resource: Team id: {id}"
            );

    public static SandboxUser User(MattermostWorld world, string id) =>
        world.TryUser(id, out var user) && user.Id == id ? user : throw MattermostException.NoUser(id);
}
