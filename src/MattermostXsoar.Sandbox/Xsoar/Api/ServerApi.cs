using System.Text;
using MattermostXsoar.Sandbox.Hosting;
using MattermostXsoar.Sandbox.Xsoar.Model;
using MattermostXsoar.Sandbox.Xsoar.Wire;

namespace MattermostXsoar.Sandbox.Xsoar.Api;

/// <summary>About, health, and the users.</summary>
internal static class ServerApi
{
    private static readonly byte[] Healthy = "{}"u8.ToArray();

    public static void Map(RouteTable routes, XsoarWorld world, SandboxOptions options)
    {
        var about = About(options);
        routes.Map("GET", "/about", _ => about);
        routes.Map("GET", "/health", static _ => new Answer(200, Healthy));
        routes.Map("GET", "/health/server", static _ => new Answer(200, Healthy));
        if (options.IsXsoar8 && !options.Xsoar.UserRoutesOn8)
            return;
        routes.Map(
            "GET",
            "/user",
            _ => new Answer(200, Json.Bytes((Me(world), world.PlaygroundId), UserJson.WriteSelf))
        );
        routes.Map("GET", "/users", _ => new Answer(200, Json.Array(world.Users, UserJson.Write)));
    }

    /// <summary>Health can be read without a key, the server's own health cannot.</summary>
    public static bool IsOpen(string path) => path == "/health";

    private static SandboxXsoarUser Me(XsoarWorld world) =>
        world.Users.FirstOrDefault(it => it.Username == world.ApiUser)
        ?? new SandboxXsoarUser
        {
            Username = world.ApiUser,
            Name = world.ApiUser,
            Role = "Instance Administrator",
        };

    private static Answer About(SandboxOptions options)
    {
        if (options.IsXsoar8)
        {
            var modes = options.Xsoar.DeploymentMode is { } mode
                ? $$""","deploymentMode":"{{mode}}","productMode":"xsoar" """.TrimEnd()
                : "";
            return new Answer(
                200,
                Encoding.UTF8.GetBytes($$"""{"demistoVersion":"{{options.XsoarVersion}}"{{modes}}}""")
            );
        }
        return new Answer(
            200,
            Encoding.UTF8.GetBytes($$"""{"demistoVersion":"{{options.XsoarVersion}}","buildNum":"12345"}"""),
            options.Xsoar.AboutIsPlainText ? "text/plain; charset=utf-8" : "application/json"
        );
    }
}
