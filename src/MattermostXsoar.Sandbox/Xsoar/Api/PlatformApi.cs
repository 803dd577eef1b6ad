using System.Text.Json;
using MattermostXsoar.Sandbox.Hosting;
using MattermostXsoar.Sandbox.Xsoar.Wire;

namespace MattermostXsoar.Sandbox.Xsoar.Api;

/// <summary>The platform's own API at the host's root, which 8.x has in addition to XSOAR's.</summary>
internal static class PlatformApi
{
    public const string Prefix = "/public_api/v1/";

    public static Answer Handle(XsoarWorld world, ApiCall call, bool mayCall)
    {
        if (!mayCall)
            return Error(401, "Public API request unauthorized");
        if (call.Method != "POST")
            return Error(405, "Method not allowed");
        return call.Path[Prefix.Length..].TrimEnd('/') switch
        {
            _ when !world.Behaviour.MayReadUsers => Error(403, "User does not have permissions for this action"),
            "rbac/get_users" => new Answer(
                200,
                Json.Bytes(
                    world.Users,
                    static (writer, users) =>
                    {
                        writer.WriteStartObject();
                        writer.WriteStartArray("reply"u8);
                        foreach (var user in users)
                            UserJson.WritePlatform(writer, user);
                        writer.WriteEndArray();
                        writer.WriteEndObject();
                    }
                )
            ),
            "rbac/get_roles" => Roles(world, call),
            _ => Error(404, "Not found"),
        };
    }

    private static Answer Roles(XsoarWorld world, ApiCall call)
    {
        var names = call.Json is { ValueKind: JsonValueKind.Object } json
            ? (
                json.TryGetProperty("request_data", out var data) && data.ValueKind == JsonValueKind.Object
                    ? data
                    : json
            ).Strings("role_names")
            : [];
        if (names.Count == 0)
            return Error(500, "An error occurred while processing XDR public API");
        return new Answer(
            200,
            JsonSerializer.SerializeToUtf8Bytes(
                new
                {
                    reply = names.Select(name =>
                        new[]
                        {
                            new
                            {
                                pretty_name = name,
                                users = world.Users.Where(it => it.Role == name).Select(static it => it.Email),
                            },
                        }
                    ),
                }
            )
        );
    }

    private static Answer Error(int status, string message) =>
        new(
            status,
            JsonSerializer.SerializeToUtf8Bytes(
                new
                {
                    reply = new
                    {
                        err_code = status,
                        err_msg = message,
                        err_extra = (string?)null,
                    },
                }
            )
        );
}
