using System.Text.Json;
using MattermostXsoar.Sandbox.Hosting;

namespace MattermostXsoar.Sandbox.Mattermost.Api;

/// <summary>The roles of ordinary users, which clients read to know what to offer.</summary>
internal static class RolesApi
{
    private static readonly DateTimeOffset Installed = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The permissions of the roles on a fresh server, in its order.</summary>
    private static readonly Dictionary<string, string[]> Permissions = new(StringComparer.Ordinal)
    {
        ["system_user"] =
        [
            "view_members",
            "create_team",
            "create_emojis",
            "delete_emojis",
            "list_public_teams",
            "join_public_teams",
            "create_direct_channel",
            "create_group_channel",
        ],
        ["team_user"] =
        [
            "view_team",
            "create_public_channel",
            "create_private_channel",
            "invite_user",
            "add_user_to_team",
            "list_team_channels",
            "join_public_channels",
            "read_public_channel",
        ],
        ["channel_user"] =
        [
            "delete_public_channel",
            "read_public_channel_groups",
            "use_group_mentions",
            "add_reaction",
            "use_channel_mentions",
            "manage_public_channel_properties",
            "delete_private_channel",
            "create_post",
            "upload_file",
            "manage_private_channel_members",
            "manage_private_channel_properties",
            "get_public_link",
            "edit_post",
            "delete_post",
            "manage_public_channel_members",
            "use_slash_commands",
            "read_private_channel_groups",
            "read_channel",
            "remove_reaction",
        ],
    };

    private static readonly Dictionary<string, JsonElement> NewRoles = ServerData
        .Roles.EnumerateArray()
        .ToDictionary(static it => it.Text("name")!, static it => it, StringComparer.Ordinal);

    private static readonly Dictionary<string, string> RoleIds = NewRoles
        .Keys.Concat(Permissions.Keys)
        .Distinct()
        .ToDictionary(static name => name, static _ => Ids.New(), StringComparer.Ordinal);

    /// <summary>Whether there is a role of this name.</summary>
    public static bool IsKnown(string name) => NewRoles.ContainsKey(name) || Permissions.ContainsKey(name);

    public static void Map(RouteTable routes, MattermostWorld world)
    {
        var isNew = world.Version.HasNewApis;
        ICollection<string> names = isNew ? NewRoles.Keys : Permissions.Keys;
        Action<Utf8JsonWriter, string> write = isNew ? (writer, name) => WriteNew(writer, name, world) : Write;
        if (isNew)
            routes.Map(
                "GET",
                "/api/v4/roles",
                call =>
                {
                    Demand.SystemAdmin(call, "manage_system");
                    return new Answer(200, Json.Array(names, write));
                }
            );
        routes.Map("GET", "/api/v4/roles/{}", call => new Answer(200, Json.Bytes(ById(call, names), write)));
        routes.Map(
            "PUT",
            "/api/v4/roles/{}/patch",
            call =>
            {
                Demand.SystemAdmin(call, "manage_roles");
                var name = ById(call, names);
                if (call.Json is not { ValueKind: JsonValueKind.Object } json)
                    throw MattermostException.BodyParameter("role");
                if (
                    json.TryGetProperty("permissions", out var permissions)
                    && permissions.ValueKind == JsonValueKind.Array
                )
                    world.RolePermissions[name] = [.. permissions.EnumerateArray().Select(static it => it.ToString())];
                return new Answer(200, Json.Bytes(name, write));
            }
        );
        routes.Map(
            "GET",
            "/api/v4/roles/name/{}",
            call =>
                names.Contains(call.Values[0])
                    ? new Answer(200, Json.Bytes(call.Values[0], write))
                    : throw new MattermostException(
                        404,
                        "app.role.get_by_name.app_error",
                        "Unable to get role.",
                        $"resource: Role id: name={call.Values[0]}"
                    )
        );
        routes.Map(
            "POST",
            "/api/v4/roles/names",
            call => new Answer(
                200,
                Json.Array(UsersApi.Strings(call, "rolenames").Where(names.Contains).Distinct(), write)
            )
        );
    }

    private static string ById(ApiCall call, ICollection<string> names)
    {
        var id = Demand.UrlId(call.Values[0], "role_id");
        return names.FirstOrDefault(name => RoleIds[name] == id)
            ?? throw new MattermostException(
                404,
                "app.role.get.app_error",
                "Unable to get role.",
                $"resource: Role id: {id}"
            );
    }

    private static void WriteNew(Utf8JsonWriter writer, string name, MattermostWorld world)
    {
        var role = NewRoles[name];
        writer.WriteStartObject();
        writer.WriteString("id"u8, RoleIds[name]);
        foreach (var field in new[] { "name", "display_name", "description" })
            writer.WriteString(field, role.Text(field));
        writer.WriteNumber("create_at"u8, Installed.ToUnixTimeMilliseconds());
        writer.WriteNumber("update_at"u8, Installed.ToUnixTimeMilliseconds() + 344);
        writer.WriteNumber("delete_at"u8, 0);
        foreach (var field in new[] { "permissions", "scheme_managed", "built_in" })
        {
            writer.WritePropertyName(field);
            if (field == "permissions" && world.RolePermissions.TryGetValue(name, out var changed))
                JsonSerializer.Serialize(writer, changed);
            else
                role.GetProperty(field).WriteTo(writer);
        }
        writer.WriteNull("scheme_id"u8);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name)
    {
        var label = "authentication.roles." + name.Replace("system_", "global_", StringComparison.Ordinal);
        writer.WriteStartObject();
        writer.WriteString("id"u8, RoleIds[name]);
        writer.WriteString("name"u8, name);
        writer.WriteString("display_name"u8, label + ".name");
        writer.WriteString("description"u8, label + ".description");
        writer.WriteNumber("create_at"u8, Installed.ToUnixTimeMilliseconds());
        // The migrations that come after the installation.
        writer.WriteNumber("update_at"u8, Installed.ToUnixTimeMilliseconds() + 344);
        writer.WriteNumber("delete_at"u8, 0);
        writer.WriteStartArray("permissions"u8);
        foreach (var permission in Permissions[name])
            writer.WriteStringValue(permission);
        writer.WriteEndArray();
        writer.WriteBoolean("scheme_managed"u8, true);
        writer.WriteBoolean("built_in"u8, true);
        writer.WriteEndObject();
    }
}
