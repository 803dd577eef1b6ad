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
                if (
                    world.Version.ChecksPosts
                    && call.Query("include_deleted") == "true"
                    && world.FindPost(Demand.UrlId(call.Values[0], "post_id")) is { DeleteAt: not 0 } deleted
                )
                {
                    Demand.SystemAdmin(call, "manage_system");
                    return One(world, deleted, 0) with { Headers = [Etags.Of(world.Options, deleted)] };
                }
                var post = Demand.AccessiblePost(world, call);
                return One(world, post, world.Version.CountsRepliesOfSinglePosts ? RepliesOf(world, post) : 0) with
                {
                    Headers = [Etags.Of(world.Options, post)],
                };
            }
        );
        routes.Map("GET", "/api/v4/posts/{}/thread", call => Thread(world, call));
        routes.Map("GET", "/api/v4/posts/{}/info", call => Info(world, call));
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
                    (post, json) =>
                    {
                        // The whole post is replaced: what the body leaves out is lost.
                        post.IsPinned = json.Flag("is_pinned") ?? false;
                        post.HasReactions = json.Flag("has_reactions") ?? false;
                        SetProps(world, post, json);
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
                    (post, json) =>
                    {
                        post.IsPinned = json.Flag("is_pinned") ?? post.IsPinned;
                        post.HasReactions = json.Flag("has_reactions") ?? post.HasReactions;
                        if (json.TryGetProperty("props", out _))
                            SetProps(world, post, json);
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
        var json = call.Json switch
        {
            { ValueKind: JsonValueKind.Object } it => it,
            // "null" is an empty post to a new server.
            { ValueKind: JsonValueKind.Null } when world.Version.ChecksPosts => JsonDocument.Parse("{}").RootElement,
            // Go's words for what is most often wrong with JSON.
            null when world.Version.ChecksPosts => throw MattermostException.BodyParameter("post", "unexpected EOF"),
            _ => throw MattermostException.BodyParameter("post"),
        };
        if (world.Version.ChecksPosts)
            DemandKinds(json);
        var props = Props(world, json, out var raw);
        var request = new NewPostRequest(json.Text("channel_id") ?? "", json.Text("message") ?? "")
        {
            Type = world.Version.ChecksPosts ? PostType(json) : "",
            CreateAt =
                world.Version.ChecksPosts
                && call.User.IsSystemAdmin
                && json.TryGetProperty("create_at", out var at)
                && at.TryGetInt64(out var time)
                    ? time
                    : 0,
            RootId = json.Text("root_id") ?? "",
            PendingPostId = json.Text("pending_post_id") ?? "",
            FileIds = FileIds(json) ?? [],
            Priority = Priority(world, json),
            Props = props,
            RawProps = raw,
        };
        if (world.Version.ChecksPosts && json.Text("id") is { Length: > 0 })
            throw new MattermostException(
                400,
                "app.post.save.existing.app_error",
                "You cannot update an existing Post."
            );
        if (call.Query("set_online") != "false")
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
                    new PostExtras
                    {
                        PendingPostId = created.PendingPostId,
                        IsBare = created.Posted is null && world.Version.ChecksPosts,
                    }
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
        if (name == "update_post" && world.Version.ChecksPosts && json.Text("id") != id)
            throw MattermostException.BodyParameter("id");
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
            throw world.Version.ChecksPosts
                ? MattermostException.NoPost(id)
                : MattermostException.Forbidden(call.User.Id, "delete_post");
        world.Accessible(post);
        if (world.Version.ChecksPosts && world.FindChannel(post.ChannelId) is { IsArchived: true })
            throw new MattermostException(
                400,
                "api.post.delete_post.can_not_delete_post_in_deleted.error",
                "Can not delete a post in a deleted channel."
            );
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
                    (writer, version) => PostJson.Write(writer, version, world.Files(version), 0, world.Form)
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
        if (ids.Count == 0)
            throw MattermostException.BodyParameter("post_ids");
        return world.Locked(() =>
        {
            var found = ids.Select(world.FindPost)
                .OfType<SandboxPost>()
                .Where(static post => post.DeleteAt == 0)
                .ToList();
            if (found.Count == 0)
                throw MattermostException.NoPost(string.Join(' ', ids));
            var hidden = found.Where(world.IsHidden).Select(static post => post.CreateAt).DefaultIfEmpty().Max();
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
            )
            {
                Headers =
                [
                    new(
                        "First-Inaccessible-Post-Time",
                        hidden.ToString(System.Globalization.CultureInfo.InvariantCulture)
                    ),
                ],
            };
        });
    }

    private static int RepliesOf(MattermostWorld world, SandboxPost post) =>
        (post.RootId.Length > 0 ? world.FindPost(post.RootId) : post)?.ReplyCount ?? 0;

    private static IReadOnlyList<string>? FileIds(JsonElement json) =>
        json.TryGetProperty("file_ids", out var files) && files.ValueKind == JsonValueKind.Array
            ? [.. files.EnumerateArray().Select(static id => id.ToString())]
            : null;

    private static SandboxPriority? Priority(MattermostWorld world, JsonElement json)
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
        return
            (priority.RequestedAck == true || priority.PersistentNotifications == true) && !world.Options.GroupsLicensed
            ? throw new MattermostException(
                501,
                "license_error.feature_unavailable",
                "Feature is not available for the current license"
            )
            : priority;
    }

    private static void SetProps(MattermostWorld world, SandboxPost post, JsonElement json)
    {
        post.Props = Props(world, json, out var raw);
        post.RawProps = raw is { Count: > 0 } ? raw : null;
    }

    private static Answer List(MattermostWorld world, ApiCall call)
    {
        var id = Demand.UrlId(call.Values[0], "channel_id");
        var channel = world.FindChannel(id);
        string? after = call.Query("after"),
            before = call.Query("before");
        if (world.Version.ChecksPosts)
        {
            DemandNumber(call, "since");
            foreach (var (name, anchor) in new[] { ("after", after), ("before", before) })
            {
                if (anchor is { Length: > 0 } && !Ids.IsValid(anchor))
                    throw MattermostException.BodyParameter(name);
            }
            if (channel is null)
                throw world.NoChannel(id);
        }
        if (channel is null || !Demand.MayRead(world, call.User, channel))
            throw MattermostException.Forbidden(call.User.Id, "read_channel");
        var deleted = world.Version.ChecksPosts && call.Query("include_deleted") == "true";
        if (deleted)
            Demand.SystemAdmin(call, "manage_system");
        var (skip, take) = call.Page();
        var since = call.QueryNumber("since", 0);
        return world.Locked(() =>
        {
            var pages = new PostPages(world, channel)
            {
                Collapses = call.Query("collapsedThreads") == "true" && world.Version.CollapsesThreads,
                Extended = call.Query("collapsedThreadsExtended") == "true",
                SkipsThreads = call.Query("skipFetchThreads") == "true" && world.Version.CollapsesThreads,
                IncludesDeleted = deleted,
                Viewer = call.User,
            };
            var answer = new Answer(
                200,
                since > 0 ? pages.Since(since)
                    : after is { Length: > 0 }
                        ? world.FindPost(after) is { } newer || !world.Version.ChecksPosts
                                ? pages.After(Anchor(world, after), skip, take)
                            : pages.AfterUnknown(after)
                    : before is { Length: > 0 }
                        ? world.FindPost(before) is { } older || !world.Version.ChecksPosts
                                ? pages.Before(Anchor(world, before), skip, take)
                            : pages.BeforeUnknown(before)
                    : pages.Newest(skip, take)
            );
            return since > 0 ? answer : answer with { Headers = [Etags.OfPosts(world.Options, channel)] };
        });
    }

    private static void DemandNumber(ApiCall call, string name)
    {
        if (call.Query(name) is { Length: > 0 } text && !long.TryParse(text, out _))
            throw MattermostException.BodyParameter(name);
    }

    /// <summary>A thread, whole or a page of it.</summary>
    private static Answer Thread(MattermostWorld world, ApiCall call)
    {
        var checks = world.Version.ChecksPosts;
        const int MostOfPage = 200;
        if (checks)
        {
            DemandNumber(call, "perPage");
            if (call.QueryNumber("perPage", 0) > MostOfPage)
                throw MattermostException.BodyParameter("perPage");
            if (call.Query("direction") is { Length: > 0 } and not ("up" or "down"))
                throw MattermostException.BodyParameter("direction");
            if (call.Query("fromPost") is { Length: > 0 } && call.QueryNumber("fromCreateAt", 0) == 0)
                throw MattermostException.BodyParameter("if fromPost is set, then fromCreateAt must also be set");
            if (call.Query("updatesOnly") == "true" && call.QueryNumber("fromUpdateAt", 0) == 0)
                throw MattermostException.BodyParameter("fromUpdateAt");
        }
        var post = Demand.ReadablePost(world, call);
        var root = post.RootId.Length > 0 ? world.FindPost(post.RootId)! : post;
        return world.Locked(() =>
        {
            var pages = new PostPages(world, world.FindChannel(root.ChannelId)!)
            {
                Collapses = checks && call.Query("collapsedThreads") == "true",
                Extended = call.Query("collapsedThreadsExtended") == "true",
                Viewer = call.User,
            };
            var bytes = !checks
                ? pages.Thread(root)
                : pages.ThreadPage(
                    root,
                    post,
                    new ThreadPageRequest
                    {
                        Size = (int)call.QueryNumber("perPage", 0),
                        Direction = call.Query("direction") ?? "",
                        FromCreateAt = call.QueryNumber("fromCreateAt", 0),
                        FromPost = call.Query("fromPost") ?? "",
                        FromUpdateAt = call.Query("updatesOnly") == "true" ? call.QueryNumber("fromUpdateAt", 0) : 0,
                        OnlyPost = call.Query("skipFetchThreads") == "true",
                    }
                );
            // Only a hidden first post hides the thread: its replies are newer.
            return new Answer(200, bytes)
            {
                Headers = world.IsHidden(root)
                    ? []
                    :
                    [
                        Etags.Of(
                            world.Options,
                            checks ? post : root,
                            [root, .. (root.Replies ?? []).Where(static reply => reply.DeleteAt == 0)]
                        ),
                    ],
            };
        });
    }

    /// <summary>Where a post is, for somebody who follows a link to it.</summary>
    private static Answer Info(MattermostWorld world, ApiCall call)
    {
        var post = Demand.ReadablePost(world, call);
        var channel = world.FindChannel(post.ChannelId)!;
        var team = channel.TeamId.Length > 0 ? world.TeamCore(channel.TeamId) : null;
        return world.Locked(() =>
            new Answer(
                200,
                Json.Bytes(writer =>
                {
                    writer.WriteStartObject();
                    writer.WriteString("channel_id"u8, channel.Id);
                    writer.WriteString("channel_type"u8, channel.Type);
                    writer.WriteString("channel_display_name"u8, channel.DisplayName);
                    writer.WriteBoolean("has_joined_channel"u8, channel.Members.ContainsKey(call.User.Id));
                    writer.WriteString("team_id"u8, channel.TeamId);
                    // Not the team's type, but whether anybody may join it.
                    writer.WriteString("team_type"u8, team?.AllowOpenInvite == true ? "O" : "I");
                    writer.WriteString("team_display_name"u8, team?.DisplayName ?? "");
                    writer.WriteBoolean("has_joined_team"u8, team?.Members.ContainsKey(call.User.Id) ?? false);
                    writer.WriteEndObject();
                })
            )
        );
    }

    private static void DemandKinds(JsonElement json)
    {
        var wrong =
            json.HasOtherKind("message", "channel_id", "root_id", "pending_post_id", "type", "id", "user_id")
            || (Given("props", out var props) && props.ValueKind != JsonValueKind.Object)
            || (
                Given("file_ids", out var files)
                && (
                    files.ValueKind != JsonValueKind.Array
                    || files.EnumerateArray().Any(static it => it.ValueKind != JsonValueKind.String)
                )
            )
            || (Given("create_at", out var at) && at.ValueKind != JsonValueKind.Number)
            || (
                Given("is_pinned", out var pinned)
                && pinned.ValueKind is not (JsonValueKind.True or JsonValueKind.False)
            );
        if (wrong)
            throw MattermostException.BodyParameter(
                "post",
                json.TryGetProperty("message", out var message) && message.ValueKind == JsonValueKind.Number
                    ? "json: cannot unmarshal number into Go struct field Post.message of type string"
                    : ""
            );
        bool Given(string name, out JsonElement value) =>
            json.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;
    }

    /// <summary>The type that a user gives a post.</summary>
    private static string PostType(JsonElement json)
    {
        const int Longest = 26;
        var type = json.Text("type") ?? "";
        if (type.StartsWith("system_", StringComparison.Ordinal))
            throw new MattermostException(400, "api.context.invalid_param.app_error", "Invalid post.type parameter.");
        if (type == "burn_on_read")
            throw new MattermostException(
                501,
                "api.post.fill_in_post_props.burn_on_read.license.app_error",
                "Burn-on-read posts require an Enterprise Advanced license."
            );
        if (type is "" or "me" or "reminder" or "slack_attachment")
            return type;
        if (!type.StartsWith("custom_", StringComparison.Ordinal))
            throw new MattermostException(400, "model.post.is_valid.type.app_error", "Invalid type.");
        return type.Length <= Longest
            ? type
            : throw new MattermostException(500, "app.post.save.app_error", "Unable to save the Post.");
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

    internal static SortedDictionary<string, string> Props(
        MattermostWorld world,
        JsonElement json,
        out HashSet<string>? raw
    )
    {
        // A new server adds values of its own.
        raw = world.Version.FillsInProps ? new HashSet<string>(StringComparer.Ordinal) : null;
        var props = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (!json.TryGetProperty("props", out var given) || given.ValueKind != JsonValueKind.Object)
            return props;
        foreach (var property in given.EnumerateObject())
        {
            if (
                property.Value.ValueKind == JsonValueKind.String
                && !(property.Name == "attachments" && world.Version.FillsInProps)
            )
            {
                props[property.Name] = property.Value.GetString()!;
                continue;
            }
            props[property.Name] =
                property.Name == "attachments"
                    ? AttachmentJson.Complete(property.Value, world.Version)
                    : property.Value.GetRawText();
            (raw ??= new HashSet<string>(StringComparer.Ordinal)).Add(property.Name);
        }
        return props;
    }
}
