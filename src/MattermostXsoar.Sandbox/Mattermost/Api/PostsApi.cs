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
                var post = Demand.AccessiblePost(world, call);
                return One(world, post, world.Version.CountsRepliesOfSinglePosts ? RepliesOf(world, post) : 0) with
                {
                    Headers = [Etags.Of(world.Options, post)],
                };
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
                        // Only a hidden first post hides the thread: its replies are newer.
                        Headers = world.IsHidden(root)
                            ? []
                            :
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
                    },
                    json => world.Version.KeepsEditHistory ? FileIds(json) : null
                )
        );
        if (world.Version.KeepsEditHistory)
        {
            routes.Map("GET", "/api/v4/posts/{}/edit_history", call => EditHistory(world, call));
            routes.Map("POST", "/api/v4/posts/{}/restore/{}", call => RestoreVersion(world, call));
        }
        routes.Map("POST", "/api/v4/posts/ids", call => ByIds(world, call));
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
            FileIds = FileIds(json) ?? [],
            Priority = Priority(json),
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
        Action<SandboxPost, JsonElement> change,
        Func<JsonElement, IReadOnlyList<string>?>? files = null
    )
    {
        var id = Demand.UrlId(call.Values[0], "post_id");
        var json = call.Json is { ValueKind: JsonValueKind.Object } it
            ? it
            : throw MattermostException.BodyParameter("post");
        var post = world.FindPost(id);
        if (post is null || post.DeleteAt != 0 || world.IsHidden(post))
            throw MattermostException.Forbidden(call.User.Id, "edit_post");
        if (post.UserId != call.User.Id && !call.User.IsSystemAdmin)
            throw MattermostException.Forbidden(call.User.Id, "edit_others_posts");
        world.DemandChangeable(post, name);
        world.Update(post, message(post, json), target => change(target, json), files?.Invoke(json));
        return One(world, post, post.ReplyCount);
    }

    private static Answer Delete(MattermostWorld world, ApiCall call)
    {
        var id = Demand.UrlId(call.Values[0], "post_id");
        var forGood = world.Version.DeletesPostsForGood && call.Query("permanent") == "true";
        if (forGood && !world.Options.PermanentPostDeletion)
            throw new MattermostException(
                501,
                "api.post.delete_post.not_enabled.app_error",
                "Cannot delete post, ServiceSettings.EnableAPIPostDeletion is not enabled.",
                $"postId={id}"
            );
        var post = world.FindPost(id);
        if (forGood)
        {
            Demand.SystemAdmin(call, "manage_system");
            world.DeleteForGood(id, call.User.Id);
            return Answer.StatusOk;
        }
        if (post is null || post.DeleteAt != 0)
            throw MattermostException.Forbidden(call.User.Id, "delete_post");
        world.Accessible(post);
        if (post.UserId != call.User.Id && !call.User.IsSystemAdmin)
            throw MattermostException.Forbidden(call.User.Id, "delete_others_posts");
        world.Delete(id, call.User.Id);
        return Answer.StatusOk;
    }

    private static Answer Pin(MattermostWorld world, ApiCall call, bool pinned)
    {
        var post = Demand.PostInOwnChannel(world, call, call.Values[0], "read_channel");
        if (world.IsHidden(post))
            throw MattermostException.Forbidden(call.User.Id, "read_channel");
        world.Pin(post.Id, pinned);
        return Answer.StatusOk;
    }

    /// <summary>The earlier versions of one's own post.</summary>
    private static Answer EditHistory(MattermostWorld world, ApiCall call)
    {
        var post = world.FindPost(Demand.UrlId(call.Values[0], "post_id"));
        if (post is null || post.DeleteAt != 0 || world.IsHidden(post) || post.UserId != call.User.Id)
            throw MattermostException.Forbidden(call.User.Id, "edit_post");
        if (post.Versions is null)
            throw MattermostException.NoPost(post.Id);
        return new Answer(
            200,
            world.Locked(() =>
                Json.Array(
                    world.Versions(post.Id),
                    (writer, version) => PostJson.Write(writer, version, world.FilesOfVersion(version), 0, world.Form)
                )
            )
        );
    }

    private static Answer RestoreVersion(MattermostWorld world, ApiCall call)
    {
        var (id, versionId) = (
            Demand.UrlId(call.Values[0], "post_id"),
            Demand.UrlId(call.Values[1], "restore_version_id")
        );
        var post = world.FindPost(id);
        if (
            post is null
            || post.DeleteAt != 0
            || world.IsHidden(post)
            || post.UserId != call.User.Id
            || post.Versions?.Exists(version => version.Id == versionId) != true
        )
            throw MattermostException.Forbidden(call.User.Id, "edit_post");
        world.DemandChangeable(post, "restore_post");
        return One(world, world.RestoreVersion(id, versionId), RepliesOf(world, post));
    }

    /// <summary>The posts with these ids that the caller may read; others are left out.</summary>
    private static Answer ByIds(MattermostWorld world, ApiCall call)
    {
        var ids = call.Json is { ValueKind: JsonValueKind.Array } list
            ? list.EnumerateArray().Select(static id => id.ToString()).Distinct().ToList()
            : throw MattermostException.BodyParameter("post_ids");
        return world.Locked(() =>
        {
            var posts = ids.Select(world.FindPost)
                .OfType<SandboxPost>()
                .Where(post =>
                    post.DeleteAt == 0
                    && !world.IsHidden(post)
                    && Demand.MayRead(world, call.User, world.FindChannel(post.ChannelId)!)
                )
                .ToList();
            return new Answer(
                200,
                Json.Array(
                    posts,
                    (writer, post) =>
                        PostJson.Write(writer, post, world.Files(post), RepliesOf(world, post), world.Form)
                )
            );
        });
    }

    private static int RepliesOf(MattermostWorld world, SandboxPost post) =>
        (post.RootId.Length > 0 ? world.FindPost(post.RootId) : post)?.ReplyCount ?? 0;

    private static IReadOnlyList<string>? FileIds(JsonElement json) =>
        json.TryGetProperty("file_ids", out var files) && files.ValueKind == JsonValueKind.Array
            ? [.. files.EnumerateArray().Select(static id => id.ToString())]
            : null;

    private static SandboxPriority? Priority(JsonElement json)
    {
        if (
            !json.TryGetProperty("metadata", out var metadata)
            || metadata.ValueKind != JsonValueKind.Object
            || !metadata.TryGetProperty("priority", out var given)
            || given.ValueKind != JsonValueKind.Object
        )
            return null;
        var priority = new SandboxPriority(
            given.Text("priority"),
            given.Flag("requested_ack"),
            given.Flag("persistent_notifications")
        );
        if (json.Text("root_id") is { Length: > 0 })
            throw new MattermostException(
                400,
                "api.post.post_priority.priority_post_only_allowed_for_root_post.request_error",
                "Only root posts are allowed to have priority."
            );
        return priority.RequestedAck == true || priority.PersistentNotifications == true
            ? throw new MattermostException(
                501,
                "license_error.feature_unavailable",
                "Feature is not available for the current license"
            )
            : priority;
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
