using System.Text.Json;
using MattermostXsoar.Sandbox.Hosting;
using MattermostXsoar.Sandbox.Mattermost.Model;

namespace MattermostXsoar.Sandbox.Mattermost.Api;

/// <summary>The categories of the sidebar, drafts and reminders.</summary>
internal static class SidebarApi
{
    private const string Categories = "/api/v4/users/{}/teams/{}/channels/categories";

    public static void Map(RouteTable routes, MattermostWorld world)
    {
        routes.Map("GET", Categories, call => List(world, call));
        routes.Map("POST", Categories, call => Create(world, call));
        routes.Map("PUT", Categories, call => UpdateAll(world, call));
        routes.Map("GET", Categories + "/order", call => Order(world, Own(world, call)));
        routes.Map("PUT", Categories + "/order", call => Reorder(world, call));
        routes.Map("GET", Categories + "/{}", call => One(world, Find(world, call)));
        routes.Map("PUT", Categories + "/{}", call => Update(world, call));
        routes.Map("DELETE", Categories + "/{}", call => Remove(world, call));
        routes.Map("POST", "/api/v4/drafts", call => SaveDraft(world, call));
        routes.Map("GET", "/api/v4/users/{}/teams/{}/drafts", call => ListDrafts(world, call));
        routes.Map("DELETE", "/api/v4/users/{}/channels/{}/drafts", call => RemoveDraft(world, call, ""));
        routes.Map(
            "DELETE",
            "/api/v4/users/{}/channels/{}/drafts/{}",
            call => RemoveDraft(world, call, call.Values[2])
        );
        // The sandbox reminds nobody.
        routes.Map(
            "POST",
            "/api/v4/users/{}/posts/{}/reminder",
            call =>
            {
                if (Demand.UserId(call, 0) != call.User.Id)
                    throw MattermostException.Forbidden(call.User.Id, "edit_other_users");
                world.PostCore(Demand.UrlId(call.Values[1], "post_id"));
                return Answer.StatusOk;
            }
        );
    }

    private static (string UserId, string TeamId) Own(MattermostWorld world, ApiCall call)
    {
        var id = Demand.UserId(call, 0);
        if (id != call.User.Id)
            Demand.SystemAdmin(call, "edit_other_users");
        return (Demand.User(world, id).Id, Demand.UrlId(call.Values[1], "team_id"));
    }

    private static SandboxCategory Find(MattermostWorld world, ApiCall call)
    {
        var (userId, teamId) = Own(world, call);
        return world.Categories(userId, teamId).Find(it => it.Id == call.Values[2])
            ?? throw new MattermostException(
                404,
                "app.channel.sidebar_categories.app_error",
                "Failed to get sidebar categories."
            );
    }

    private static Answer List(MattermostWorld world, ApiCall call)
    {
        var (userId, teamId) = Own(world, call);
        return world.Locked(() =>
        {
            var categories = world.Categories(userId, teamId);
            return new Answer(
                200,
                Json.Bytes(writer =>
                {
                    writer.WriteStartObject();
                    writer.WriteStartArray("categories"u8);
                    foreach (var category in categories)
                        Write(writer, world, category, categories.IndexOf(category) * 10);
                    writer.WriteEndArray();
                    writer.WriteStartArray("order"u8);
                    foreach (var category in categories)
                        writer.WriteStringValue(category.Id);
                    writer.WriteEndArray();
                    writer.WriteEndObject();
                })
            );
        });
    }

    private static Answer Order(MattermostWorld world, (string UserId, string TeamId) own) =>
        new(
            200,
            Json.Array(
                world.Categories(own.UserId, own.TeamId).Select(static it => it.Id).ToArray(),
                static (writer, id) => writer.WriteStringValue(id)
            )
        );

    private static Answer Reorder(MattermostWorld world, ApiCall call)
    {
        var own = Own(world, call);
        var ids = UsersApi.Strings(call, "order");
        return world.Locked(() =>
        {
            var categories = world.Categories(own.UserId, own.TeamId);
            if (ids.Count != categories.Count || !categories.TrueForAll(it => ids.Contains(it.Id)))
                throw MattermostException.BodyParameter("order");
            categories.Sort((a, b) => ids.IndexOf(a.Id) - ids.IndexOf(b.Id));
            return Order(world, own);
        });
    }

    private static Answer One(MattermostWorld world, SandboxCategory category) =>
        world.Locked(() =>
            new Answer(
                200,
                Json.Bytes(writer =>
                    Write(
                        writer,
                        world,
                        category,
                        world.Categories(category.UserId, category.TeamId).IndexOf(category) * 10
                    )
                )
            )
        );

    private static Answer Create(MattermostWorld world, ApiCall call)
    {
        var (userId, teamId) = Own(world, call);
        var json = call.Json is { ValueKind: JsonValueKind.Object } it
            ? it
            : throw MattermostException.BodyParameter("category");
        return One(world, world.AddCategory(userId, teamId, json.Text("display_name") ?? "", Channels(json)));
    }

    private static Answer UpdateAll(MattermostWorld world, ApiCall call)
    {
        var (userId, teamId) = Own(world, call);
        if (call.Json is not { ValueKind: JsonValueKind.Array } list)
            throw MattermostException.BodyParameter("category");
        return world.Locked(() =>
        {
            var categories = world.Categories(userId, teamId);
            var changed = list.EnumerateArray()
                .Select(json =>
                    (
                        Category: categories.Find(it => it.Id == json.Text("id"))
                            ?? throw MattermostException.BodyParameter("category"),
                        Json: json
                    )
                )
                .ToList();
            foreach (var (category, json) in changed)
                Change(world, category, json);
            return new Answer(
                200,
                Json.Array(
                    changed.Select(static it => it.Category),
                    (writer, it) => Write(writer, world, it, categories.IndexOf(it) * 10)
                )
            );
        });
    }

    private static Answer Update(MattermostWorld world, ApiCall call)
    {
        var category = Find(world, call);
        var json = call.Json is { ValueKind: JsonValueKind.Object } it
            ? it
            : throw MattermostException.BodyParameter("category");
        Change(world, category, json);
        return One(world, category);
    }

    private static void Change(MattermostWorld world, SandboxCategory category, JsonElement json) =>
        world.ChangeCategory(
            category,
            target =>
            {
                if (target.Type == "custom")
                    target.DisplayName = json.Text("display_name") ?? target.DisplayName;
                target.Sorting = json.Text("sorting") ?? target.Sorting;
                target.IsMuted = json.Flag("muted") ?? target.IsMuted;
                target.IsCollapsed = json.Flag("collapsed") ?? target.IsCollapsed;
                if (json.TryGetProperty("channel_ids", out _))
                    target.ChannelIds = Channels(json);
            }
        );

    private static Answer Remove(MattermostWorld world, ApiCall call)
    {
        var category = Find(world, call);
        if (category.Type != "custom")
            throw new MattermostException(
                400,
                "app.channel.delete_sidebar_category.invalid.app_error",
                "Unable to delete the category."
            );
        world.RemoveCategory(category);
        return Answer.StatusOk;
    }

    private static List<string> Channels(JsonElement json) =>
        json.TryGetProperty("channel_ids", out var ids) && ids.ValueKind == JsonValueKind.Array
            ? [.. ids.EnumerateArray().Select(static id => id.ToString())]
            : [];

    private static void Write(Utf8JsonWriter writer, MattermostWorld world, SandboxCategory category, int sortOrder)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, category.Id);
        writer.WriteString("user_id"u8, category.UserId);
        writer.WriteString("team_id"u8, category.TeamId);
        writer.WriteNumber("sort_order"u8, sortOrder);
        writer.WriteString("sorting"u8, category.Sorting);
        writer.WriteString("type"u8, category.Type);
        writer.WriteString("display_name"u8, category.DisplayName);
        writer.WriteBoolean("muted"u8, category.IsMuted);
        writer.WriteBoolean("collapsed"u8, category.IsCollapsed);
        writer.WriteStartArray("channel_ids"u8);
        foreach (var id in world.ChannelsOf(category))
            writer.WriteStringValue(id);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static Answer SaveDraft(MattermostWorld world, ApiCall call)
    {
        var json = call.Json is { ValueKind: JsonValueKind.Object } it
            ? it
            : throw MattermostException.BodyParameter("draft");
        var channelId = json.Text("channel_id") ?? "";
        if (
            world.FindChannel(channelId) is not { } channel
            || !(call.User.IsSystemAdmin || channel.Members.ContainsKey(call.User.Id))
        )
            throw MattermostException.Forbidden(call.User.Id, "create_post");
        var draft = world.SaveDraft(
            call.User,
            channelId,
            json.Text("root_id") ?? "",
            json.Text("message") ?? "",
            json.TryGetProperty("props", out var props) && props.ValueKind == JsonValueKind.Object ? props : null
        );
        return new Answer(201, draft is null ? "null"u8.ToArray() : Json.Bytes(draft, WriteDraft));
    }

    private static Answer ListDrafts(MattermostWorld world, ApiCall call)
    {
        var (userId, teamId) = Own(world, call);
        return new Answer(200, Json.Array(world.Drafts(userId, teamId), WriteDraft));
    }

    private static Answer RemoveDraft(MattermostWorld world, ApiCall call, string rootId)
    {
        if (Demand.UserId(call, 0) != call.User.Id)
            throw MattermostException.Forbidden(call.User.Id, "edit_other_users");
        world.SaveDraft(call.User, Demand.UrlId(call.Values[1], "channel_id"), rootId, "", null);
        return Answer.StatusOk;
    }

    private static void WriteDraft(Utf8JsonWriter writer, SandboxDraft draft)
    {
        writer.WriteStartObject();
        writer.WriteNumber("create_at"u8, draft.CreateAt);
        writer.WriteNumber("update_at"u8, draft.UpdateAt);
        writer.WriteNumber("delete_at"u8, 0);
        writer.WriteString("user_id"u8, draft.UserId);
        writer.WriteString("channel_id"u8, draft.ChannelId);
        writer.WriteString("root_id"u8, draft.RootId);
        writer.WriteString("message"u8, draft.Message);
        writer.WriteString("type"u8, "");
        writer.WritePropertyName("props"u8);
        writer.WriteRawValue(draft.Props, true);
        writer.WriteStartObject("metadata"u8);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
