using System.Text;
using MattermostXsoar.Sandbox.Hosting;

namespace MattermostXsoar.Sandbox.Xsoar.Api;

/// <summary>About, health, and who the key belongs to.</summary>
internal static class ServerApi
{
    public static void Map(RouteTable routes, XsoarWorld world, SandboxOptions options)
    {
        // 6.x sends this JSON as text/plain.
        var about = options.IsXsoar8
            ? new Answer(200, Encoding.UTF8.GetBytes($$"""{"demistoVersion":"{{options.XsoarVersion}}","deploymentMode":"saas","productMode":"xsoar"}"""))
            : new Answer(200, Encoding.UTF8.GetBytes($$"""{"demistoVersion":"{{options.XsoarVersion}}","buildNum":"12345"}"""), "text/plain; charset=utf-8");
        routes.Map("GET", "/about", _ => about);
        routes.Map("GET", "/health", static _ => new Answer(200, "{}"u8.ToArray()));
        if (options.IsXsoar8)
            return;
        routes.Map("GET", "/user", _ => new Answer(200, Json.Bytes(world, static (writer, it) =>
        {
            writer.WriteStartObject();
            writer.WriteString("id"u8, it.ApiUser);
            writer.WriteString("username"u8, it.ApiUser);
            writer.WriteString("name"u8, "Admin Dude");
            writer.WriteString("email"u8, "admin@example.com");
            writer.WriteBoolean("defaultAdmin"u8, true);
            writer.WritePropertyName("allRoles"u8);
            writer.WriteRawValue("""["Administrator"]"""u8, true);
            writer.WritePropertyName("roles"u8);
            writer.WriteRawValue("""{"demisto":["Administrator"]}"""u8, true);
            writer.WriteString("playgroundId"u8, it.PlaygroundId);
            writer.WriteEndObject();
        })));
    }
}
