using MattermostXsoar.Sandbox.Hosting;
using MattermostXsoar.Sandbox.Mattermost.Model;
using MattermostXsoar.Sandbox.Mattermost.Wire;

namespace MattermostXsoar.Sandbox.Mattermost.Api;

/// <summary>The threads that a user follows.</summary>
internal static class ThreadsApi
{
    private const string Threads = "/api/v4/users/{}/teams/{}/threads";

    public static void Map(RouteTable routes, MattermostWorld world)
    {
        routes.Map("GET", Threads, call => List(world, call));
        routes.Map("PUT", Threads + "/read", call => ReadAll(world, call));
        routes.Map("GET", Threads + "/{}", call => One(world, call, Followed(world, call)));
        routes.Map("PUT", Threads + "/{}/following", call => Follow(world, call, true));
        routes.Map("DELETE", Threads + "/{}/following", call => Follow(world, call, false));
        routes.Map("PUT", Threads + "/{}/read/{}", call => Read(world, call));
        routes.Map("POST", Threads + "/{}/set_unread/{}", call => SetUnread(world, call));
    }

    private static SandboxUser Own(MattermostWorld world, ApiCall call)
    {
        var id = Demand.UserId(call, 0);
        if (id != call.User.Id)
            Demand.SystemAdmin(call, "edit_other_users");
        return Demand.User(world, id);
    }

    private static Answer List(MattermostWorld world, ApiCall call)
    {
        var (user, teamId) = (Own(world, call), Demand.UrlId(call.Values[1], "team_id"));
        var (deleted, unread) = (call.Query("deleted") == "true", call.Query("unread") == "true");
        var since = call.QueryNumber("since", 0);
        var (before, after) = (call.Query("before"), call.Query("after"));
        var size = (int)call.QueryNumber("pageSize", 30);
        return world.Locked(() =>
        {
            var all = world.FollowedThreads(user.Id, teamId, deleted, call.Query("excludeDirect") != "true");
            var unreadOnes = all.Where(root => root.DeleteAt == 0 && world.UnreadReplies(root, user.Id) > 0).ToList();
            IEnumerable<SandboxPost> page = unread ? unreadOnes : all;
            if (since > 0)
                page = page.Where(root => Math.Max(root.Thread!.LastReplyAt, root.UpdateAt) >= since);
            // An unknown thread bounds nothing.
            if (before is { Length: > 0 } && world.FindPost(before)?.Thread is { } last)
                page = page.Where(root => root.Thread!.LastReplyAt < last.LastReplyAt);
            else if (before is { Length: > 0 })
                page = [];
            if (after is { Length: > 0 } && world.FindPost(after)?.Thread is { } first)
                page = page.Where(root => root.Thread!.LastReplyAt > first.LastReplyAt);
            var counts = call.Query("threadsOnly") != "true";
            return new Answer(
                200,
                Json.Bytes(writer =>
                {
                    writer.WriteStartObject();
                    writer.WriteNumber(
                        "total"u8,
                        !counts ? 0
                            : unread ? unreadOnes.Count
                            : all.Count
                    );
                    writer.WriteNumber("total_unread_threads"u8, counts ? unreadOnes.Count : 0);
                    writer.WriteNumber(
                        "total_unread_mentions"u8,
                        counts ? all.Sum(root => root.Thread!.Members[user.Id].Mentions) : 0
                    );
                    writer.WriteNumber("total_unread_urgent_mentions"u8, 0);
                    if (call.Query("totalsOnly") == "true")
                    {
                        writer.WriteNull("threads"u8);
                    }
                    else
                    {
                        writer.WriteStartArray("threads"u8);
                        foreach (var root in page.Take(size))
                            ThreadJson.Write(writer, world, root, user, call.Query("extended") == "true");
                        writer.WriteEndArray();
                    }
                    writer.WriteEndObject();
                })
            );
        });
    }

    private static SandboxPost Followed(MattermostWorld world, ApiCall call)
    {
        var user = Own(world, call);
        var root = world.FindPost(Demand.UrlId(call.Values[2], "thread_id"));
        return root?.Thread?.IsFollowedBy(user.Id) == true
            ? root
            : throw new MattermostException(
                404,
                "app.user.get_threads_for_user.not_found",
                "User thread doesn't exist or is not followed"
            );
    }

    private static Answer One(MattermostWorld world, ApiCall call, SandboxPost root)
    {
        var user = Own(world, call);
        return world.Locked(() =>
            new Answer(
                200,
                Json.Bytes(writer => ThreadJson.Write(writer, world, root, user, call.Query("extended") == "true"))
            )
        );
    }

    private static Answer Follow(MattermostWorld world, ApiCall call, bool follows)
    {
        var user = Own(world, call);
        var root = world.FindPost(Demand.UrlId(call.Values[2], "thread_id"));
        if (root is null || !Demand.MayRead(world, call.User, world.FindChannel(root.ChannelId)!))
            throw MattermostException.Forbidden(call.User.Id, "read_channel_content");
        world.Follow(root, user.Id, follows);
        return Answer.StatusOk;
    }

    private static Answer Read(MattermostWorld world, ApiCall call)
    {
        var root = Followed(world, call);
        if (!long.TryParse(call.Values[3], out var at))
            throw MattermostException.UrlParameter("timestamp");
        world.ReadThread(root, Own(world, call).Id, at);
        return One(world, call, root);
    }

    private static Answer SetUnread(MattermostWorld world, ApiCall call)
    {
        var root = Followed(world, call);
        var post = world.PostCore(Demand.UrlId(call.Values[3], "post_id"));
        world.ReadThread(root, Own(world, call).Id, post.CreateAt - 1);
        return One(world, call, root);
    }

    private static Answer ReadAll(MattermostWorld world, ApiCall call)
    {
        world.ReadThreads(Own(world, call).Id, Demand.UrlId(call.Values[1], "team_id"));
        return Answer.StatusOk;
    }
}
