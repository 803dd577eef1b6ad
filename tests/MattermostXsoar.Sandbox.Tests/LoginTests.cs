using MattermostXsoar.Sandbox.Tests.Support;

namespace MattermostXsoar.Sandbox.Tests;

public sealed class LoginTests
{
    [Fact]
    public async Task A_person_logs_in_with_the_seeds_password_and_out_again()
    {
        await using var sandbox = await SandboxServer.StartAsync(
            new SandboxOptions { Seed = new SandboxSeed { Password = "a-password-9" } }
        );
        using var client = new SandboxClient(sandbox);

        var login = await client.PostAsync(
            "/api/v4/users/login",
            new { login_id = "user1@example.com", password = "a-password-9" },
            ""
        );
        var token = login.Headers["Token"];
        Assert.Equal("user1", (await client.GetAsync("/api/v4/users/me", token))["username"]);
        await client.PostAsync("/api/v4/users/logout", null, token);
        Assert.Equal(401, (await client.GetAsync("/api/v4/users/me", token)).Status);
    }
}
