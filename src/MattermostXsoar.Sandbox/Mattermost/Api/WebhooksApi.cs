using System.Text;
using System.Text.Json;
using MattermostXsoar.Sandbox.Hosting;
using MattermostXsoar.Sandbox.Mattermost.Model;
using MattermostXsoar.Sandbox.Mattermost.Wire;
using Microsoft.AspNetCore.WebUtilities;

namespace MattermostXsoar.Sandbox.Mattermost.Api;

/// <summary>Incoming webhooks: created and deleted by users, posted to by anyone who knows the address.</summary>
internal static class WebhooksApi
{
    public static void Map(RouteTable routes, MattermostWorld world)
    {
        routes.Map(
            "POST",
            "/api/v4/hooks/incoming",
            call =>
            {
                var json = call.Json is { ValueKind: JsonValueKind.Object } it
                    ? it
                    : throw MattermostException.BodyParameter("incoming_webhook");
                var channel =
                    world.FindChannel(json.Text("channel_id") ?? "")
                    ?? throw world.NoChannel(json.Text("channel_id") ?? "");
                Manage(world, call, channel.TeamId);
                return new Answer(201, Json.Bytes(world.AddWebhook(call.User, channel, json), Write));
            }
        );
        routes.Map(
            "GET",
            "/api/v4/hooks/incoming",
            call =>
            {
                var teamId = call.Query("team_id") ?? "";
                Manage(world, call, teamId);
                var (skip, take) = call.Page();
                return new Answer(
                    200,
                    Json.Array(
                        world.Webhooks.Where(hook => teamId.Length == 0 || hook.TeamId == teamId).Skip(skip).Take(take),
                        Write
                    )
                );
            }
        );
        routes.Map("GET", "/api/v4/hooks/incoming/{}", call => new Answer(200, Json.Bytes(Find(world, call), Write)));
        routes.Map(
            "DELETE",
            "/api/v4/hooks/incoming/{}",
            call =>
            {
                world.RemoveWebhook(Find(world, call));
                return Answer.StatusOk;
            }
        );
        if (world.Version.WebhookErrorsAreGeneral)
            routes.Map("PUT", "/api/v4/hooks/incoming/{}", call => Update(world, call));
        routes.Map(
            "POST",
            "/hooks/{}",
            call => world.Version.WebhookErrorsAreGeneral ? NewPost(world, call) : Post(world, call)
        );
    }

    private static void Manage(MattermostWorld world, ApiCall call, string teamId)
    {
        if (!call.User.IsSystemAdmin && !(world.TeamCore(teamId)?.Members.GetValueOrDefault(call.User.Id) ?? false))
            throw MattermostException.Forbidden(call.User.Id, "manage_incoming_webhooks");
    }

    private static SandboxWebhook Find(MattermostWorld world, ApiCall call)
    {
        var id = Demand.UrlId(call.Values[0], "hook_id");
        var hook =
            world.FindWebhook(id)
            ?? throw new MattermostException(
                404,
                "app.webhooks.get_incoming.app_error",
                "Unable to get the webhook.",
                $"resource: IncomingWebhook id: {id}"
            );
        Manage(world, call, hook.TeamId);
        return hook;
    }

    private static Answer Update(MattermostWorld world, ApiCall call)
    {
        var hook = Find(world, call);
        if (call.Json is not { ValueKind: JsonValueKind.Object } json)
            throw MattermostException.BodyParameter("incomingWebhook");
        if (json.Text("id") is { Length: > 0 } id && id != hook.Id)
            throw MattermostException.BodyParameter("hook_id");
        var channelId = json.Text("channel_id") is { Length: > 0 } given ? given : hook.ChannelId;
        world.UpdateWebhook(hook, world.FindChannel(channelId) ?? throw world.NoChannel(channelId), json);
        return new Answer(201, Json.Bytes(hook, Write));
    }

    /// <summary>A new server tells a caller only that something was wrong, and with which kind of body.</summary>
    private static Answer NewPost(MattermostWorld world, ApiCall call)
    {
        var media = (call.Http.Request.ContentType ?? "").Split(';')[0].Trim();
        if (Payload(call, media) is not { ValueKind: JsonValueKind.Object })
            throw new MattermostException(
                400,
                "web.incoming_webhook.decode.app_error",
                $"Failed to decode the payload of media type {media} for incoming webhook {call.Values[0]}."
            );
        try
        {
            return Post(world, call);
        }
        catch (MattermostException error)
        {
            throw new MattermostException(
                error.Status,
                "web.incoming_webhook.general.app_error",
                $"Failed to handle the payload of media type {media} for incoming webhook {call.Values[0]}.",
                error.Message
            );
        }
    }

    private static JsonElement? Payload(ApiCall call, string media) =>
        media == "application/x-www-form-urlencoded"
            ? Json.TryParse(
                Encoding.UTF8.GetBytes(
                    QueryHelpers
                        .ParseQuery(Encoding.UTF8.GetString(call.Body.Span))
                        .GetValueOrDefault("payload")
                        .ToString()
                )
            )
            : call.Json;

    private static Answer Post(MattermostWorld world, ApiCall call)
    {
        var id = call.Values[0];
        var hook =
            world.FindWebhook(id)
            ?? throw new MattermostException(
                400,
                "web.incoming_webhook.invalid.app_error",
                "Invalid webhook.",
                $"resource: IncomingWebhook id: {id}"
            );
        var media = (call.Http.Request.ContentType ?? "").Split(';')[0].Trim();
        if (Payload(call, media) is not { ValueKind: JsonValueKind.Object } json)
            throw new MattermostException(
                400,
                "web.incoming_webhook.parse.app_error",
                "Unable to parse incoming data."
            );
        var text = json.Text("text") ?? "";
        var attachments =
            json.TryGetProperty("attachments", out var given)
            && given.ValueKind == JsonValueKind.Array
            && given.GetArrayLength() > 0
                ? AttachmentJson.Complete(given, world.Version)
                : null;
        if (text.Length == 0 && attachments is null)
            throw new MattermostException(400, "web.incoming_webhook.text.app_error", "No text specified.");
        var props = PostsApi.Props(world, json, out var raw);
        if (attachments is not null)
        {
            props["attachments"] = attachments;
            (raw ??= new HashSet<string>(StringComparer.Ordinal)).Add("attachments");
        }
        world.PostByWebhook(
            hook,
            new NewPostRequest(Target(world, hook, json.Text("channel")).Id, text)
            {
                Props = props,
                RawProps = raw,
                Type = json.Text("type") is ['c', 'u', 's', 't', 'o', 'm', '_', ..] type ? type : "",
                Priority =
                    json.TryGetProperty("priority", out var priority) && priority.Text("priority") is { } level
                        ? new SandboxPriority(level)
                        : null,
            },
            json.Text("username"),
            json.Text("icon_url")
        );
        return new Answer(200, "ok"u8.ToArray(), "text/plain");
    }

    private static SandboxChannel Target(MattermostWorld world, SandboxWebhook hook, string? name)
    {
        if (name is not { Length: > 0 })
            return world.FindChannel(hook.ChannelId) ?? throw NoChannel($"resource: Channel id: {hook.ChannelId}");
        SandboxChannel channel;
        if (name[0] == '@')
        {
            channel = world.TryUser(name, out var person)
                ? world.Direct(hook.UserId, person.Id)
                : throw new MattermostException(
                    400,
                    "web.incoming_webhook.user.app_error",
                    "Couldn't find the user.",
                    $"resource: User id: username={name[1..]}"
                );
        }
        else
        {
            name = name.TrimStart('#');
            channel =
                world.FindChannel(hook.TeamId, name)
                ?? throw NoChannel($"resource: Channel id: TeamId={hook.TeamId}&Name={name}");
        }
        if (hook.ChannelLocked && channel.Id != hook.ChannelId)
            throw new MattermostException(
                403,
                "web.incoming_webhook.channel_locked.app_error",
                "This webhook is not permitted to post to the requested channel."
            );
        return channel;
    }

    private static MattermostException NoChannel(string detail) =>
        new(404, "web.incoming_webhook.channel.app_error", "Couldn't find the channel.", detail);

    private static void Write(Utf8JsonWriter writer, SandboxWebhook hook)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, hook.Id);
        writer.WriteNumber("create_at"u8, hook.CreateAt);
        writer.WriteNumber("update_at"u8, hook.UpdateAt);
        writer.WriteNumber("delete_at"u8, 0);
        writer.WriteString("user_id"u8, hook.UserId);
        writer.WriteString("channel_id"u8, hook.ChannelId);
        writer.WriteString("team_id"u8, hook.TeamId);
        writer.WriteString("display_name"u8, hook.DisplayName);
        writer.WriteString("description"u8, hook.Description);
        writer.WriteString("username"u8, hook.Username);
        writer.WriteString("icon_url"u8, hook.IconUrl);
        writer.WriteBoolean("channel_locked"u8, hook.ChannelLocked);
        writer.WriteEndObject();
    }
}
