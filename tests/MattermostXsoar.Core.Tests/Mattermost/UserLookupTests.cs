using System.Text.Json.Nodes;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost;
using MattermostXsoar.Core.Tests.Http;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mattermost;

/// <summary>How many calls it takes to find users, and what becomes of those who are not there.</summary>
public sealed class UserLookupTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Five_hundred_names_take_three_calls_and_are_asked_for_once()
    {
        await using var server = new LoopbackServer(Everybody);
        using var client = TestClients.Mattermost(server.Uri);
        var lookup = new UserLookup(client.Users);
        var names = Enumerable.Range(0, 500).Select(n => (n % 2 == 0 ? "@Person" : "person") + n).ToList();

        var first = await lookup.FindAsync(names, Token);
        var again = await lookup.FindAsync(names, Token);

        Assert.Equal(3, server.Requests.Count);
        Assert.Equal([200, 200, 100], server.Requests.Select(request => JsonNode.Parse(request.Body)!.AsArray().Count));
        Assert.Equal(Enumerable.Range(0, 500).Select(n => "person" + n), first.Select(answer => answer.User!.Username));
        Assert.Equal(first, again);
    }

    [Fact]
    public async Task Each_kind_of_text_is_asked_for_in_its_own_way()
    {
        const string Id = "a33yq8o69p8hbeu3pbbmrzhbih";
        await using var server = new LoopbackServer(Everybody);
        using var client = TestClients.Mattermost(server.Uri);

        var found = await new UserLookup(client.Users).FindAsync([Id, "@ann", "bea@example.com", "Cid"], Token);

        Assert.Equal(
            ["/api/v4/users/email/bea%40example.com", "/api/v4/users/ids", "/api/v4/users/usernames"],
            server.Requests.Select(request => request.PathAndQuery)
        );
        Assert.Equal($"[\"{Id}\"]", server.Requests[1].Body);
        Assert.Equal("[\"ann\",\"cid\"]", server.Requests[2].Body);
        Assert.Equal([Id, "id-ann", "id-bea", "id-cid"], found.Select(answer => answer.User!.Id));
    }

    [Fact]
    public async Task A_name_that_no_user_can_have_spoils_the_others_in_no_way()
    {
        await using var server = new LoopbackServer(Everybody);
        using var client = TestClients.Mattermost(server.Uri);

        var found = await new UserLookup(client.Users).FindAsync(["ann", "b\0b", "", "cid\n"], Token);

        Assert.Equal("[\"ann\"]", Assert.Single(server.Requests).Body);
        Assert.Equal(["ann", null, null, null], found.Select(answer => answer.User?.Username));
        Assert.All(found.Skip(1), answer => Assert.Equal(ErrorIds.UserNotFound, answer.Error?.ErrorId));
    }

    [Fact]
    public async Task A_name_that_looks_like_an_id_is_found_as_well()
    {
        const string Name = "aaaaaaaaaaaaaaaaaaaaaaaaaa";
        await using var server = new LoopbackServer(request =>
            request.PathAndQuery.EndsWith("/ids", StringComparison.Ordinal)
                ? LoopbackAnswer.Json("[]")
                : Everybody(request)
        );
        using var client = TestClients.Mattermost(server.Uri);

        Assert.Equal("id-" + Name, (await new UserLookup(client.Users).FindAsync([Name], Token))[0].User!.Id);
    }

    [Fact]
    public async Task Those_who_are_not_there_are_answers_of_their_own()
    {
        await using var server = new LoopbackServer(request =>
            request.Method == "GET"
                ? LoopbackAnswer.Json(
                    """{"id":"app.user.missing_account.const","message":"Unable to find the user."}""",
                    404
                )
                : LoopbackAnswer.Json("""[{"id":"1","username":"ann"}]""")
        );
        using var client = TestClients.Mattermost(server.Uri);

        var found = await new UserLookup(client.Users).FindAsync(["ghost", "ann", "ghost@example.com"], Token);

        Assert.Equal(
            [ErrorIds.UserNotFound, null, ErrorIds.UserNotFound],
            found.Select(answer => answer.Error?.ErrorId)
        );
        Assert.Contains("'ghost'", found[0].Error!.Message);
        Assert.Equal("ann", found[1].User!.Username);
    }

    [Fact]
    public async Task A_server_that_cannot_be_asked_is_an_error()
    {
        await using var server = new LoopbackServer(
            LoopbackAnswer.Json("""{"id":"api.context.session_expired.app_error"}""", 401)
        );
        using var client = TestClients.Mattermost(server.Uri);

        var error = await Assert.ThrowsAsync<ApiException>(() =>
            new UserLookup(client.Users).FindAsync(["ann"], Token)
        );

        Assert.Equal(ErrorKind.Authentication, error.Kind);
    }

    private static LoopbackAnswer Everybody(LoopbackRequest request)
    {
        if (request.Method == "GET")
        {
            var name = Uri.UnescapeDataString(request.PathAndQuery.Split('/')[^1]).Split('@')[0];
            return LoopbackAnswer.Json($$"""{"id":"id-{{name}}","username":"{{name}}"}""");
        }

        var byId = request.PathAndQuery.EndsWith("/ids", StringComparison.Ordinal);
        // In an order of the server's own.
        var users = JsonNode
            .Parse(request.Body)!
            .AsArray()
            .Select(key => (string)key!)
            .Reverse()
            .Select(key =>
                byId ? $$"""{"id":"{{key}}","username":"u{{key}}"}""" : $$"""{"id":"id-{{key}}","username":"{{key}}"}"""
            );
        return LoopbackAnswer.Json($"[{string.Join(',', users)}]");
    }
}
