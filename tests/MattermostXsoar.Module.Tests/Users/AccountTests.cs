using System.Management.Automation;

namespace MattermostXsoar.Module.Tests.Users;

/// <summary>What is done about accounts that were taken over.</summary>
public sealed class AccountTests
{
    [Fact]
    public async Task An_account_is_deactivated_and_activated_again()
    {
        await using var scene = await Scene.StartAsync();

        var off = (await scene.InvokeAsync("Disable-MattermostUser user1 -Confirm:$false -PassThru")).Single();
        var on = (await scene.InvokeAsync("'user1' | Enable-MattermostUser -Confirm:$false -PassThru")).Single();

        Assert.Equal((true, false), (off.Get("IsDeactivated"), on.Get("IsDeactivated")));
    }

    [Fact]
    public async Task All_sessions_of_a_user_end()
    {
        await using var scene = await Scene.StartAsync();
        scene.Sandbox.Mattermost.CreateUser("victim", password: "Secret-12345");
        using var http = new HttpClient { BaseAddress = scene.Sandbox.MattermostUri };
        using var credentials = new StringContent("""{"login_id":"victim","password":"Secret-12345"}""");
        using var login = await http.PostAsync(
            new Uri("api/v4/users/login", UriKind.Relative),
            credentials,
            TestContext.Current.CancellationToken
        );
        http.DefaultRequestHeaders.Authorization = new("Bearer", login.Headers.GetValues("Token").Single());
        Assert.Equal(System.Net.HttpStatusCode.OK, await MeAsync());

        (await scene.InvokeAsync("Revoke-MattermostSession victim -Confirm:$false")).Succeeded();

        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, await MeAsync());

        async Task<System.Net.HttpStatusCode> MeAsync()
        {
            using var answer = await http.GetAsync(
                new Uri("api/v4/users/me", UriKind.Relative),
                TestContext.Current.CancellationToken
            );
            return answer.StatusCode;
        }
    }

    [Theory]
    [InlineData("Revoke-MattermostSession")]
    [InlineData("Disable-MattermostUser")]
    [InlineData("Enable-MattermostUser")]
    public async Task The_accounts_of_the_session_are_left_alone(string cmdlet)
    {
        await using var scene = await Scene.StartAsync();

        var result = await scene.InvokeAsync($"{cmdlet} xsoarbot, admin, user1 -Confirm:$false");

        Assert.Equal(["xsoarbot", "admin"], result.Errors.Select(error => error.TargetObject.ToString()));
        Assert.All(result.Errors, error => Assert.Equal(ErrorCategory.InvalidOperation, error.CategoryInfo.Category));
        Assert.Single(
            scene.Sandbox.Calls,
            call =>
                call.Path.Contains("/users/", StringComparison.Ordinal)
                && (call.Method == "PUT" || call.Path.EndsWith("/all", StringComparison.Ordinal))
        );
    }

    [Theory]
    [InlineData("Revoke-MattermostSession user1")]
    [InlineData("Disable-MattermostUser user1")]
    public async Task Without_the_permission_the_error_names_it(string command)
    {
        await using var scene = await Scene.StartAsync();
        scene.Sandbox.Mattermost.User("admin").Roles = "system_user";

        var error = (await scene.InvokeAsync(command + " -Confirm:$false")).AssertError(
            "PermissionDenied",
            ErrorCategory.PermissionDenied
        );

        Assert.Contains("edit_other_users", error.ToString(), StringComparison.Ordinal);
    }
}
