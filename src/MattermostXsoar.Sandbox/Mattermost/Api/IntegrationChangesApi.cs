using System.Text.Json;
using System.Text.Json.Nodes;
using MattermostXsoar.Sandbox.Hosting;
using MattermostXsoar.Sandbox.Mattermost.Model;

namespace MattermostXsoar.Sandbox.Mattermost.Api;

/// <summary>One slash command or outgoing webhook: read, change, move, give it a new token, remove. Not recorded: as the
/// API's description says.</summary>
internal static class IntegrationChangesApi
{
    private const string Commands = "/api/v4/commands/{}";
    private const string Hooks = "/api/v4/hooks/outgoing/{}";

    public static void Map(RouteTable routes, MattermostWorld world)
    {
        routes.Map("GET", Commands, call => One(Command(world, call)));
        routes.Map("PUT", Commands, call => Change(world, call));
        routes.Map("PUT", Commands + "/move", call => Move(world, call));
        routes.Map(
            "PUT",
            Commands + "/regen_token",
            call =>
            {
                var changed = world.Replace(Command(world, call) with { Token = Ids.New() });
                return new Answer(
                    200,
                    Json.Bytes(
                        changed.Token,
                        static (writer, token) =>
                        {
                            writer.WriteStartObject();
                            writer.WriteString("token"u8, token);
                            writer.WriteEndObject();
                        }
                    )
                );
            }
        );
        routes.Map(
            "DELETE",
            Commands,
            call =>
            {
                world.RemoveCommand(Command(world, call).Id);
                return Answer.StatusOk;
            }
        );
        routes.Map("GET", Hooks, call => One(Hook(world, call)));
        routes.Map("PUT", Hooks, call => ChangeHook(world, call));
        routes.Map(
            "POST",
            Hooks + "/regen_token",
            call => One(world.Replace(Hook(world, call) with { Token = Ids.New() }))
        );
        routes.Map(
            "DELETE",
            Hooks,
            call =>
            {
                world.RemoveOutgoingWebhook(Hook(world, call).Id);
                return Answer.StatusOk;
            }
        );
    }

    private static SandboxCommand Command(MattermostWorld world, ApiCall call)
    {
        var id = Demand.UrlId(call.Values[0], "command_id");
        var command =
            world.SlashCommands.FirstOrDefault(it => it.Id == id)
            ?? throw new MattermostException(
                404,
                "store.sql_command.get.missing.app_error",
                "Command does not exist.",
                $"resource: Command id: {id}"
            );
        IntegrationsApi.Manage(world, call, command.TeamId, "manage_own_slash_commands");
        return command;
    }

    private static SandboxOutgoingWebhook Hook(MattermostWorld world, ApiCall call)
    {
        var id = Demand.UrlId(call.Values[0], "hook_id");
        var hook =
            world.OutgoingWebhooks.FirstOrDefault(it => it.Id == id)
            ?? throw new MattermostException(
                404,
                "app.webhooks.get_outgoing.app_error",
                "Unable to get the webhook.",
                $"resource: OutgoingWebhook id: {id}"
            );
        IntegrationsApi.Manage(world, call, hook.TeamId, "manage_outgoing_webhooks");
        return hook;
    }

    private static Answer Change(MattermostWorld world, ApiCall call)
    {
        var command = Command(world, call);
        var json = Object(call, "command");
        if (json.Text("id") is { Length: > 0 } id && id != command.Id)
            throw MattermostException.BodyParameter("command");
        return One(
            world.Replace(
                command with
                {
                    Trigger = json.Text("trigger") ?? command.Trigger,
                    Method = json.Text("method") ?? command.Method,
                    Url = json.Text("url") ?? command.Url,
                    DisplayName = json.Text("display_name") ?? command.DisplayName,
                    Description = json.Text("description") ?? command.Description,
                    AutoComplete = json.Flag("auto_complete") ?? command.AutoComplete,
                }
            )
        );
    }

    private static Answer Move(MattermostWorld world, ApiCall call)
    {
        var command = Command(world, call);
        var team = Demand.Team(world, Object(call, "team_id").Text("team_id") ?? "");
        IntegrationsApi.Manage(world, call, team.Id, "manage_own_slash_commands");
        world.Replace(command with { TeamId = team.Id });
        return Answer.StatusOk;
    }

    /// <summary>What the client does not send stays.</summary>
    private static Answer ChangeHook(MattermostWorld world, ApiCall call)
    {
        var hook = Hook(world, call);
        var changed = JsonObject.Create(hook.Given)!;
        foreach (var property in Object(call, "outgoing_webhook").EnumerateObject())
        {
            if (property.Value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined))
                changed[property.Name] = JsonNode.Parse(property.Value.GetRawText());
        }
        using var parsed = JsonDocument.Parse(changed.ToJsonString());
        return One(world.Replace(hook with { Given = parsed.RootElement.Clone() }));
    }

    private static JsonElement Object(ApiCall call, string name) =>
        call.Json is { ValueKind: JsonValueKind.Object } json ? json : throw MattermostException.BodyParameter(name);

    private static Answer One(SandboxCommand command) => new(200, Json.Bytes(command, IntegrationsApi.WriteCommand));

    private static Answer One(SandboxOutgoingWebhook hook) => new(200, Json.Bytes(hook, IntegrationsApi.WriteHook));
}
