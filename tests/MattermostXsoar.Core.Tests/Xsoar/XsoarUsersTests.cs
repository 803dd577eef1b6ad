using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Tests.Http;
using Xunit;

namespace MattermostXsoar.Core.Tests.Xsoar;

/// <summary>The users of 6.x and of 8.x (xsoar-rest.md, section 6).</summary>
public sealed class XsoarUsersTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Users_of_6_are_a_list()
    {
        await using var server = new LoopbackServer(
            LoopbackAnswer.Json(
                """
                [{"id":"jane","version":3,"username":"jane","name":"Jane Doe","email":"Jane@company.com",
                  "roles":{"demisto":["Analyst"]},"disabled":false},
                 {"id":"old","username":"old","name":"","email":"old@company.com","disabled":true}]
                """
            )
        );
        using var client = TestClients.Xsoar(server.Uri);

        var users = await client.Users.ListAsync(Token);

        Assert.Equal(
            [("jane", "Jane Doe", "Jane@company.com", false), ("old", "", "old@company.com", true)],
            users.Select(user => (user.Username, user.Name, user.Email, user.Disabled))
        );
        Assert.Equal("/users", Assert.Single(server.Requests).Target);
    }

    [Fact]
    public async Task Users_of_8_are_asked_for_at_the_hosts_root_and_named_by_their_addresses()
    {
        await using var server = new LoopbackServer(
            LoopbackAnswer.Json(
                """
                {"reply":[{"user_email":"jane@company.com","user_first_name":"Jane","user_last_name":"Doe",
                  "role_name":"Analyst","last_logged_in":1695200000000,"user_type":"SSO","groups":[],"scope":[]}]}
                """
            )
        );
        using var client = TestClients.Xsoar(server.Uri, "17");

        var user = Assert.Single(await client.Users.ListAsync(Token));

        Assert.Equal(("jane@company.com", "Jane Doe", "jane@company.com"), (user.Username, user.Name, user.Email));
        var request = Assert.Single(server.Requests);
        Assert.Equal(
            ("POST", "/public_api/v1/rbac/get_users", "17"),
            (request.Method, request.Target, request.Headers["x-xdr-auth-id"])
        );
    }

    [Fact]
    public async Task A_key_without_the_right_is_told_so_in_the_servers_words()
    {
        await using var server = new LoopbackServer(
            LoopbackAnswer.Json(
                """{"reply":{"err_code":403,"err_msg":"User does not have permissions","err_extra":null}}""",
                403
            )
        );
        using var client = TestClients.Xsoar(server.Uri, "17");

        var error = await Assert.ThrowsAsync<ApiException>(() => client.Users.ListAsync(Token));

        Assert.Equal(ErrorIds.PermissionDenied, error.ErrorId);
        Assert.Contains("User does not have permissions", error.Message, StringComparison.Ordinal);
    }
}
