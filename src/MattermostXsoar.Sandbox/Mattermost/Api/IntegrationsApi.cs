using System.Text.Json;
using MattermostXsoar.Sandbox.Hosting;
using MattermostXsoar.Sandbox.Mattermost.Model;

namespace MattermostXsoar.Sandbox.Mattermost.Api;

/// <summary>Slash commands and outgoing webhooks: kept and listed; those of other programs are called nowhere.</summary>
internal static class IntegrationsApi
{
    public static void Map(RouteTable routes, MattermostWorld world)
    {
        routes.Map("POST", "/api/v4/hooks/outgoing", call => CreateHook(world, call));
        routes.Map(
            "GET",
            "/api/v4/hooks/outgoing",
            call =>
            {
                var teamId = call.Query("team_id") ?? "";
                Manage(world, call, teamId, "manage_outgoing_webhooks");
                return new Answer(
                    200,
                    Json.Array(
                        world.OutgoingWebhooks.Where(hook => teamId.Length == 0 || hook.TeamId == teamId).ToArray(),
                        WriteHook
                    )
                );
            }
        );
        routes.Map("POST", "/api/v4/commands", call => CreateCommand(world, call));
        routes.Map(
            "GET",
            "/api/v4/commands",
            call =>
                call.Query("custom_only") == "true"
                    ? ListOwn(world, call, call.Query("team_id") ?? "")
                    : List(world, call, Demand.UrlId(call.Query("team_id") ?? "", "team_id"))
        );
        routes.Map(
            "GET",
            "/api/v4/teams/{}/commands/autocomplete",
            call => List(world, call, Demand.UrlId(call.Values[0], "team_id"))
        );
        routes.Map("GET", "/api/v4/teams/{}/commands/autocomplete_suggestions", Suggest);
        routes.Map("POST", "/api/v4/commands/execute", call => Execute(world, call));
        IntegrationChangesApi.Map(routes, world);
    }

    internal static void Manage(MattermostWorld world, ApiCall call, string teamId, string permission)
    {
        if (!call.User.IsSystemAdmin && world.TeamCore(teamId)?.Members.GetValueOrDefault(call.User.Id) != true)
            throw MattermostException.Forbidden(call.User.Id, permission);
    }

    private static Answer CreateHook(MattermostWorld world, ApiCall call)
    {
        var json = call.Json is { ValueKind: JsonValueKind.Object } it
            ? it
            : throw MattermostException.BodyParameter("outgoing_webhook");
        Manage(world, call, json.Text("team_id") ?? "", "manage_outgoing_webhooks");
        return new Answer(201, Json.Bytes(world.AddOutgoingWebhook(call.User, json), WriteHook));
    }

    internal static void WriteHook(Utf8JsonWriter writer, SandboxOutgoingWebhook hook)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, hook.Id);
        writer.WriteString("token"u8, hook.Token);
        writer.WriteNumber("create_at"u8, hook.CreateAt);
        writer.WriteNumber("update_at"u8, hook.UpdateAt);
        writer.WriteNumber("delete_at"u8, 0);
        writer.WriteString("creator_id"u8, hook.CreatorId);
        writer.WriteString("channel_id"u8, hook.Given.Text("channel_id") ?? "");
        writer.WriteString("team_id"u8, hook.TeamId);
        foreach (var name in new[] { "trigger_words", "callback_urls" })
        {
            writer.WritePropertyName(name);
            if (hook.Given.TryGetProperty(name, out var list))
                list.WriteTo(writer);
            else
                writer.WriteNullValue();
        }
        writer.WriteNumber("trigger_when"u8, 0);
        foreach (var name in new[] { "display_name", "description", "content_type", "username", "icon_url" })
            writer.WriteString(name, hook.Given.Text(name) ?? "");
        writer.WriteEndObject();
    }

    private static Answer CreateCommand(MattermostWorld world, ApiCall call)
    {
        var json = call.Json is { ValueKind: JsonValueKind.Object } it
            ? it
            : throw MattermostException.BodyParameter("command");
        var teamId = json.Text("team_id") ?? "";
        Manage(world, call, teamId, "manage_own_slash_commands");
        Demand.Team(world, Demand.UrlId(teamId, "team_id"));
        if (world.SlashCommands.Any(it => it.TeamId == teamId && it.Trigger == json.Text("trigger")))
            throw new MattermostException(
                400,
                "api.command.duplicate_trigger.app_error",
                "This trigger word is already in use. Please choose another word."
            );
        return new Answer(201, Json.Bytes(world.AddCommand(call.User, json), WriteCommand));
    }

    private static Answer List(MattermostWorld world, ApiCall call, string teamId)
    {
        if (!Demand.InTeam(world, call.User, teamId))
            throw MattermostException.Forbidden(call.User.Id, "view_team");
        return new Answer(
            200,
            Json.Bytes(writer =>
            {
                writer.WriteStartArray();
                foreach (var command in ServerData.Commands.EnumerateArray())
                    WriteBuiltIn(writer, command);
                foreach (var command in world.SlashCommands.Where(it => it.TeamId == teamId && it.AutoComplete))
                    WriteCommand(writer, command);
                writer.WriteEndArray();
            })
        );
    }

    /// <summary>Those of other programs only, which who may change them sees.</summary>
    private static Answer ListOwn(MattermostWorld world, ApiCall call, string teamId)
    {
        Manage(world, call, teamId, "manage_own_slash_commands");
        return new Answer(
            200,
            Json.Array(world.SlashCommands.Where(it => it.TeamId == teamId).ToArray(), WriteCommand)
        );
    }

    private static void WriteBuiltIn(Utf8JsonWriter writer, JsonElement command)
    {
        writer.WriteStartObject();
        foreach (var name in new[] { "id", "token", "creator_id", "team_id", "method", "username", "icon_url" })
            writer.WriteString(name, "");
        foreach (var name in new[] { "create_at", "update_at", "delete_at" })
            writer.WriteNumber(name, 0);
        foreach (var name in new[] { "description", "url", "plugin_id" })
            writer.WriteString(name, "");
        foreach (var property in command.EnumerateObject())
            property.WriteTo(writer);
        writer.WriteEndObject();
    }

    internal static void WriteCommand(Utf8JsonWriter writer, SandboxCommand command)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, command.Id);
        writer.WriteString("token"u8, command.Token);
        writer.WriteNumber("create_at"u8, command.CreateAt);
        writer.WriteNumber("update_at"u8, command.UpdateAt);
        writer.WriteNumber("delete_at"u8, 0);
        writer.WriteString("creator_id"u8, command.CreatorId);
        writer.WriteString("team_id"u8, command.TeamId);
        writer.WriteString("trigger"u8, command.Trigger);
        writer.WriteString("method"u8, command.Method);
        writer.WriteString("username"u8, "");
        writer.WriteString("icon_url"u8, "");
        writer.WriteBoolean("auto_complete"u8, command.AutoComplete);
        writer.WriteString("auto_complete_desc"u8, "");
        writer.WriteString("auto_complete_hint"u8, "");
        writer.WriteString("display_name"u8, command.DisplayName);
        writer.WriteString("description"u8, command.Description);
        writer.WriteString("url"u8, command.Url);
        writer.WriteString("plugin_id"u8, "");
        writer.WriteEndObject();
    }

    private static Answer Suggest(ApiCall call)
    {
        var typed = (call.Query("user_input") ?? "").TrimStart('/');
        return new Answer(
            200,
            Json.Array(
                ServerData
                    .Commands.EnumerateArray()
                    .Where(it => it.Text("trigger")!.StartsWith(typed, StringComparison.Ordinal))
                    .ToArray(),
                static (writer, it) =>
                {
                    writer.WriteStartObject();
                    writer.WriteString("Complete"u8, it.Text("trigger"));
                    writer.WriteString("Suggestion"u8, it.Text("trigger"));
                    writer.WriteString("Hint"u8, it.Text("auto_complete_hint"));
                    writer.WriteString("Description"u8, it.Text("auto_complete_desc"));
                    writer.WriteString("IconData"u8, "");
                    writer.WriteEndObject();
                }
            )
        );
    }

    /// <summary>Of the built-in commands those that only write a message do something: <c>/shrug</c>, <c>/me</c>.</summary>
    private static Answer Execute(MattermostWorld world, ApiCall call)
    {
        var json = call.Json;
        var command = json?.Text("command") ?? "";
        var channelId = json?.Text("channel_id") ?? "";
        if (command.Length <= 1 || command[0] != '/')
            throw new MattermostException(
                400,
                "api.command.execute_command.start.app_error",
                "No command trigger found."
            );
        if (
            world.FindChannel(channelId) is not { } channel
            || !(call.User.IsSystemAdmin || channel.Members.ContainsKey(call.User.Id))
        )
            throw MattermostException.Forbidden(call.User.Id, "create_post");
        var words = command[1..].Split(' ', 2);
        var (trigger, rest) = (words[0], words.Length > 1 ? words[1] : "");
        if (world.SlashCommands.Any(it => it.TeamId == channel.TeamId && it.Trigger == trigger))
            throw new MattermostException(
                500,
                "api.command.execute_command.failed.app_error",
                $"Command with a trigger of '{trigger}' failed."
            );
        var text = trigger switch
        {
            "shrug" => (rest.Length > 0 ? rest + " " : "") + @"¯\\\_(ツ)\_/¯",
            "me" => "*" + rest + "*",
            _ when ServerData.Commands.EnumerateArray().Any(it => it.Text("trigger") == trigger) => "",
            _ => throw new MattermostException(
                404,
                "api.command.execute_command.not_found.app_error",
                $"Command with a trigger of '{trigger}' not found. To send a message beginning with \"/\", try adding an "
                    + "empty space at the beginning of the message."
            ),
        };
        if (text.Length > 0)
            world.Post(call.User.Id, channel.Id, text, json?.Text("root_id"));
        return new Answer(200, Json.Bytes(text, WriteResponse));
    }

    private static void WriteResponse(Utf8JsonWriter writer, string text)
    {
        writer.WriteStartObject();
        writer.WriteString("response_type"u8, text.Length > 0 ? "in_channel" : "ephemeral");
        writer.WriteString("text"u8, text);
        foreach (var name in new[] { "username", "channel_id", "icon_url", "type", "goto_location", "trigger_id" })
            writer.WriteString(name, "");
        writer.WriteNull("props"u8);
        writer.WriteBoolean("skip_slack_parsing"u8, false);
        writer.WriteNull("attachments"u8);
        writer.WriteNull("extra_responses"u8);
        writer.WriteEndObject();
    }
}
