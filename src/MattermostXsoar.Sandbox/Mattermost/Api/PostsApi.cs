using System.Text.Json;
using MattermostXsoar.Sandbox.Hosting;
using MattermostXsoar.Sandbox.Mattermost.Model;
using MattermostXsoar.Sandbox.Mattermost.Wire;

namespace MattermostXsoar.Sandbox.Mattermost.Api;

/// <summary>Posts: one, many, threads.</summary>
internal static class PostsApi
{
    public static void Map(RouteTable routes, MattermostWorld world)
    {
        routes.MapAsync("POST", "/api/v4/posts", call => CreateAsync(world, call));
        routes.Map(
            "GET",
            "/api/v4/posts/{}",
            call =>
            {
                var post = Demand.ReadablePost(world, call);
                return One(world, post, 0) with { Headers = [Etags.Of(world.Options, post)] };
            }
        );
        routes.Map(
            "GET",
            "/api/v4/posts/{}/thread",
            call =>
            {
                var post = Demand.ReadablePost(world, call);
                var root = post.RootId.Length > 0 ? world.FindPost(post.RootId)! : post;
                return world.Locked(() =>
                    new Answer(200, PostPages.Thread(world, root))
                    {
                        Headers =
                        [
                            Etags.Of(
                                world.Options,
                                root,
                                [root, .. (root.Replies ?? []).Where(static reply => reply.DeleteAt == 0)]
                            ),
                        ],
                    }
                );
            }
        );
        routes.Map("POST", "/api/v4/posts/ephemeral", call => Ephemeral(world, call));
        routes.Map(
            "PUT",
            "/api/v4/posts/{}",
            call =>
                Change(
                    world,
                    call,
                    "update_post",
                    static (_, json) => json.Text("message") ?? "",
                    static (post, json) =>
                    {
                        // The whole post is replaced: what the body leaves out is lost.
                        post.IsPinned = json.Flag("is_pinned") ?? false;
                        post.HasReactions = json.Flag("has_reactions") ?? false;
                        SetProps(post, json);
                    }
                )
        );
        routes.Map(
            "PUT",
            "/api/v4/posts/{}/patch",
            call =>
                Change(
                    world,
                    call,
                    "patch_post",
                    static (post, json) => json.Text("message") ?? post.Message,
                    static (post, json) =>
                    {
                        post.IsPinned = json.Flag("is_pinned") ?? post.IsPinned;
                        post.HasReactions = json.Flag("has_reactions") ?? post.HasReactions;
                        if (json.TryGetProperty("props", out _))
                            SetProps(post, json);
                    }
                )
        );
        routes.Map("DELETE", "/api/v4/posts/{}", call => Delete(world, call));
        routes.Map("POST", "/api/v4/posts/{}/pin", call => Pin(world, call, true));
        routes.Map("POST", "/api/v4/posts/{}/unpin", call => Pin(world, call, false));
        routes.Map("GET", "/api/v4/channels/{}/posts", call => List(world, call));
    }

    private static Answer One(MattermostWorld world, SandboxPost post, int replyCount, int status = 200) =>
        new(status, world.Locked(() => world.PostBytes(post, replyCount)));

    private static async ValueTask<Answer> CreateAsync(MattermostWorld world, ApiCall call)
    {
        var json = call.Json is { ValueKind: JsonValueKind.Object } it
            ? it
            : throw MattermostException.BodyParameter("post");
        var props = Props(json, out var raw);
        var request = new NewPostRequest(json.Text("channel_id") ?? "", json.Text("message") ?? "")
        {
            RootId = json.Text("root_id") ?? "",
            PendingPostId = json.Text("pending_post_id") ?? "",
            FileIds =
                json.TryGetProperty("file_ids", out var files) && files.ValueKind == JsonValueKind.Array
                    ? [.. files.EnumerateArray().Select(static id => id.ToString())]
                    : [],
            Props = props,
            RawProps = raw,
        };
        world.SetOnline(call.User);
        if (!world.Options.ShufflePublishing)
        {
            return world.Locked(() =>
            {
                var created = world.CreatePost(call.User, request);
                world.Publish(created, call.User);
                return Created(world, created);
            });
        }
        // The real server publishes outside its transaction: posts of different authors may be published in any order,
        // but those of one author are in order, since the answer is sent after the publishing.
        var shuffled = world.CreatePost(call.User, request);
        if (world.PublishingDelay() is { } delay)
            await Task.Delay(delay, world.Options.TimeProvider, call.Aborted);
        world.Publish(shuffled, call.User);
        return Created(world, shuffled);
    }

    private static Answer Created(MattermostWorld world, CreatedPost created) =>
        new(
            201,
            world.Locked(() =>
                world.PostBytes(
                    created.Post,
                    created.Post.RootId.Length > 0 ? world.FindPost(created.Post.RootId)?.ReplyCount ?? 0 : 0,
                    created.PendingPostId
                )
            )
        );

    private static Answer Change(
        MattermostWorld world,
        ApiCall call,
        string name,
        Func<SandboxPost, JsonElement, string> message,
        Action<SandboxPost, JsonElement> change
    )
    {
        var id = Demand.UrlId(call.Values[0], "post_id");
        var json = call.Json is { ValueKind: JsonValueKind.Object } it
            ? it
            : throw MattermostException.BodyParameter("post");
        var post = world.FindPost(id);
        if (post is null || post.DeleteAt != 0)
            throw MattermostException.Forbidden(call.User.Id, "edit_post");
        if (post.UserId != call.User.Id && !call.User.IsSystemAdmin)
            throw MattermostException.Forbidden(call.User.Id, "edit_others_posts");
        world.DemandChangeable(post, name);
        world.Update(post, message(post, json), target => change(target, json));
        return One(world, post, post.ReplyCount);
    }

    private static Answer Delete(MattermostWorld world, ApiCall call)
    {
        var id = Demand.UrlId(call.Values[0], "post_id");
        var post = world.FindPost(id);
        if (post is null || post.DeleteAt != 0)
            throw MattermostException.Forbidden(call.User.Id, "delete_post");
        if (post.UserId != call.User.Id && !call.User.IsSystemAdmin)
            throw MattermostException.Forbidden(call.User.Id, "delete_others_posts");
        world.Delete(id, call.User.Id);
        return Answer.StatusOk;
    }

    private static Answer Pin(MattermostWorld world, ApiCall call, bool pinned)
    {
        world.Pin(Demand.PostInOwnChannel(world, call, call.Values[0], "read_channel").Id, pinned);
        return Answer.StatusOk;
    }

    private static void SetProps(SandboxPost post, JsonElement json)
    {
        post.Props = Props(json, out var raw);
        post.RawProps = raw;
    }

    private static Answer List(MattermostWorld world, ApiCall call)
    {
        var id = Demand.UrlId(call.Values[0], "channel_id");
        var channel = world.FindChannel(id);
        if (channel is null || !Demand.MayRead(world, call.User, channel))
            throw MattermostException.Forbidden(call.User.Id, "read_channel");
        var (skip, take) = call.Page();
        var since = call.QueryNumber("since", 0);
        string? after = call.Query("after"),
            before = call.Query("before");
        return world.Locked(() =>
        {
            var answer = new Answer(
                200,
                since > 0 ? PostPages.Since(world, channel, since)
                    : after is { Length: > 0 } ? PostPages.After(world, channel, Anchor(world, after), skip, take)
                    : before is { Length: > 0 } ? PostPages.Before(world, channel, Anchor(world, before), skip, take)
                    : PostPages.Newest(world, channel, skip, take)
            );
            return since > 0 ? answer : answer with { Headers = [Etags.OfPosts(world.Options, channel)] };
        });
    }

    /// <summary>A post that only one user sees, and that is not stored.</summary>
    private static Answer Ephemeral(MattermostWorld world, ApiCall call)
    {
        var json =
            call.Json is { ValueKind: JsonValueKind.Object } it
            && it.TryGetProperty("post", out var given)
            && given.ValueKind == JsonValueKind.Object
                ? given
                : throw MattermostException.BodyParameter("body");
        var userId = it.Text("user_id") ?? throw MattermostException.BodyParameter("user_id");
        Demand.SystemAdmin(call, "create_post_ephemeral");
        return new Answer(
            201,
            world.SendEphemeral(
                call.User,
                Demand.User(world, userId),
                json.Text("channel_id") ?? "",
                json.Text("message") ?? ""
            )
        );
    }

    /// <summary>A deleted post still serves as an anchor.</summary>
    private static SandboxPost Anchor(MattermostWorld world, string id) =>
        world.FindPost(id) ?? throw MattermostException.NoPost(id);

    private static SortedDictionary<string, string> Props(JsonElement json, out HashSet<string>? raw)
    {
        raw = null;
        var props = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (!json.TryGetProperty("props", out var given) || given.ValueKind != JsonValueKind.Object)
            return props;
        foreach (var property in given.EnumerateObject())
        {
            if (property.Value.ValueKind == JsonValueKind.String)
            {
                props[property.Name] = property.Value.GetString()!;
                continue;
            }
            props[property.Name] =
                property.Name == "attachments" ? AttachmentJson.Complete(property.Value) : property.Value.GetRawText();
            (raw ??= new HashSet<string>(StringComparer.Ordinal)).Add(property.Name);
        }
        return props;
    }
}
