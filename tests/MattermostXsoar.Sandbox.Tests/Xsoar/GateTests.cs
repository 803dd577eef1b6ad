using System.Security.Cryptography;
using System.Text;
using MattermostXsoar.Sandbox.Xsoar;

namespace MattermostXsoar.Sandbox.Tests.Xsoar;

/// <summary>Prefixes, keys, roles, and closed routes.</summary>
public sealed class GateTests
{
    [Theory]
    [InlineData(XsoarKeyKind.Either, 200, 200)]
    [InlineData(XsoarKeyKind.Standard, 200, 401)]
    [InlineData(XsoarKeyKind.Advanced, 401, 200)]
    public async Task A_key_of_8_is_sent_plain_or_hashed(XsoarKeyKind kind, int plain, int hashed)
    {
        await using var scene = await XsoarScene.StartAsync(new XsoarBehaviour { KeyKind = kind }, "8.13.0");
        Assert.Equal(plain, (await scene.GetAsync("/about")).Status);
        var (nonce, time) = (new string('n', 64), "1695200000000");
        var hash = Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes(scene.Sandbox.XsoarApiKey + nonce + time))
        );
        Assert.Equal(
            hashed,
            (
                await scene.SendAsync(
                    "GET",
                    "/xsoar/about",
                    null,
                    ("Authorization", hash),
                    ("x-xdr-nonce", nonce),
                    ("x-xdr-timestamp", time)
                )
            ).Status
        );
        Assert.Equal(
            401,
            (
                await scene.SendAsync(
                    "GET",
                    "/xsoar/about",
                    null,
                    ("Authorization", hash),
                    ("x-xdr-nonce", "another"),
                    ("x-xdr-timestamp", time)
                )
            ).Status
        );
    }

    [Theory]
    [InlineData("6.14.0", "/incident/load/1", 403)]
    [InlineData("8.13.0", "/xsoar/incident/load/1", 401)]
    [InlineData("8.13.0", "/xsoar/health/server", 401)]
    [InlineData("6.14.0", "/health", 200)]
    public async Task A_wrong_key_is_refused_with(string version, string path, int status)
    {
        await using var scene = await XsoarScene.StartAsync(version: version);
        Assert.Equal(status, (await scene.SendAsync("GET", path, null, ("Authorization", "wrong"))).Status);
    }

    [Fact]
    public async Task A_tenant_of_6_has_its_own_prefix()
    {
        await using var scene = await XsoarScene.StartAsync(new XsoarBehaviour { Tenant = "acme" });
        Assert.Equal(200, (await scene.GetAsync("/acc_acme/incident/load/1")).Status);
        Assert.Equal(404, (await scene.GetAsync("/incident/load/1")).Status);
    }

    [Theory]
    [InlineData("6.14.0", 404)]
    [InlineData("8.13.0", 303)]
    public async Task Closed_routes_do_not_exist(string version, int status)
    {
        await using var scene = await XsoarScene.StartAsync(
            new XsoarBehaviour { ClosedRoutes = ["/investigations/search", "/entry/delete"] },
            version
        );
        Assert.Equal(status, (await scene.PostAsync("/investigations/search", new { size = 1 })).Status);
        Assert.Equal(status, (await scene.PostAsync("/entry/delete/v2", new { id = "1@1" })).Status);
        Assert.Equal(status, (await scene.GetAsync("/no/such/route")).Status);
        Assert.Equal(200, (await scene.PostAsync("/incidents/search", new { filter = new { size = 1 } })).Status);
    }

    [Theory]
    [InlineData("6.14.0")]
    [InlineData("8.13.0")]
    public async Task Parts_that_the_sandbox_does_not_have_are_refused_by_name(string version)
    {
        await using var scene = await XsoarScene.StartAsync(version: version);
        var reply = await scene.GetAsync("/widgets");
        Assert.Equal((501, "The sandbox does not have /widgets."), (reply.Status, reply["detail"]));
    }

    [Fact]
    public async Task Colliding_routes_work_below_the_other_prefix_only()
    {
        await using var scene = await XsoarScene.StartAsync(
            new XsoarBehaviour { CollidingRoutes = ["/investigation/"] },
            "8.13.0"
        );
        Assert.Equal(405, (await scene.PostAsync("/investigation/1", new { })).Status);
        Assert.Equal(200, (await scene.SendAsync("POST", "/xsoar/investigation/1", new { })).Status);
    }

    [Fact]
    public async Task A_role_may_lack_single_routes()
    {
        await using var scene = await XsoarScene.StartAsync(new XsoarBehaviour { RefusedRoutes = ["/incident"] });
        var refused = await scene.PostAsync("/incident", new { name = "x" });
        Assert.Equal((403, "forbidden"), (refused.Status, refused["id"]));
        Assert.DoesNotContain("CSRF", refused.Text, StringComparison.Ordinal);
        Assert.Equal(200, (await scene.PostAsync("/investigation/1", new { })).Status);
    }

    [Theory]
    [InlineData(true, "text/plain; charset=utf-8")]
    [InlineData(false, "application/json")]
    public async Task About_of_6_is_json_under_either_name(bool plain, string contentType)
    {
        await using var scene = await XsoarScene.StartAsync(new XsoarBehaviour { AboutIsPlainText = plain });
        var about = await scene.GetAsync("/about");
        Assert.Equal(
            (contentType, "6.14.0", "12345"),
            (about.Headers["Content-Type"], about["demistoVersion"], about["buildNum"])
        );
    }

    [Theory]
    [InlineData("saas", """{"demistoVersion":"8.13.0","deploymentMode":"saas","productMode":"xsoar"}""")]
    [InlineData("opp", """{"demistoVersion":"8.13.0","deploymentMode":"opp","productMode":"xsoar"}""")]
    [InlineData(null, """{"demistoVersion":"8.13.0"}""")]
    public async Task About_of_8_returns_its_modes_or_not(string? mode, string about)
    {
        await using var scene = await XsoarScene.StartAsync(new XsoarBehaviour { DeploymentMode = mode }, "8.13.0");
        Assert.Equal(about, (await scene.GetAsync("/about")).Text);
    }

    [Fact]
    public async Task Users_of_6_are_listed_and_the_caller_is_one_of_them()
    {
        await using var scene = await XsoarScene.StartAsync();
        var users = (await scene.GetAsync("/users")).Json.EnumerateArray().ToList();
        Assert.Equal(["admin", "user1", "user2"], users.Select(static it => it.GetProperty("username").GetString()));
        Assert.Equal("user1@example.com", users[1].GetProperty("email").GetString());
        Assert.Equal(
            (scene.World.PlaygroundId, "admin"),
            ((await scene.GetAsync("/user"))["playgroundId"], (await scene.GetAsync("/user"))["id"])
        );
    }

    [Fact]
    public async Task Users_of_8_are_read_from_the_platform()
    {
        await using var scene = await XsoarScene.StartAsync(version: "8.13.0");
        Assert.Equal(303, (await scene.GetAsync("/users")).Status);
        var users = (await scene.SendAsync("POST", "/public_api/v1/rbac/get_users", new { })).Json.GetProperty("reply");
        Assert.Contains(
            "user1@example.com",
            users.EnumerateArray().Select(static it => it.GetProperty("user_email").GetString())
        );
        Assert.Equal(303, (await scene.SendAsync("POST", "/xsoar/public_api/v1/rbac/get_users", new { })).Status);
        Assert.Equal(500, (await scene.SendAsync("POST", "/public_api/v1/rbac/get_roles", new { })).Status);
        Assert.Equal(
            401,
            (await scene.SendAsync("POST", "/public_api/v1/rbac/get_users", new { }, ("Authorization", "wrong"))).Status
        );
    }

    [Fact]
    public async Task Users_of_8_may_be_refused_or_answer_like_those_of_6()
    {
        await using var scene = await XsoarScene.StartAsync(
            new XsoarBehaviour { MayReadUsers = false, UserRoutesOn8 = true },
            "8.13.0"
        );
        var refused = await scene.SendAsync("POST", "/public_api/v1/rbac/get_users", new { });
        Assert.Equal(
            (403, 403),
            (refused.Status, refused.Json.GetProperty("reply").GetProperty("err_code").GetInt32())
        );
        Assert.Equal("XSOARPAPIUser_7", (await scene.GetAsync("/user"))["id"]);
        Assert.Equal(200, (await scene.GetAsync("/users")).Status);
    }
}
