namespace MattermostXsoar.Sandbox.Tests;

public sealed class EntityTagTests
{
    [Fact]
    public async Task An_answer_that_has_not_changed_is_not_sent_again()
    {
        await using var sandbox = await SandboxServer.StartAsync();
        using var http = new HttpClient();
        var post = sandbox.Mattermost.Post("user1", "test", "a question");

        using var first = await http.SendAsync(Ask(), TestContext.Current.CancellationToken);
        var mark = first.Headers.NonValidated["Etag"].ToString();
        using var same = await http.SendAsync(Ask(mark), TestContext.Current.CancellationToken);
        sandbox.Mattermost.React("user2", post.Id, "eyes");
        using var changed = await http.SendAsync(Ask(mark), TestContext.Current.CancellationToken);

        Assert.Equal((200, 304, 200), ((int)first.StatusCode, (int)same.StatusCode, (int)changed.StatusCode));
        Assert.Empty(await same.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));

        HttpRequestMessage Ask(string? known = null)
        {
            var request = new HttpRequestMessage(
                HttpMethod.Get,
                new Uri(sandbox.MattermostUri, "/api/v4/posts/" + post.Id)
            );
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + sandbox.PersonalToken);
            if (known is not null)
                request.Headers.TryAddWithoutValidation("If-None-Match", known);
            return request;
        }
    }

    /// <summary>A request with a body is not sent a second time if its connection turns out to be closed.</summary>
    [Fact]
    public async Task The_connection_stays_open_after_an_unchanged_answer()
    {
        await using var sandbox = await SandboxServer.StartAsync();
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 1 });
        http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "Bearer " + sandbox.PersonalToken);
        var address = new Uri(sandbox.MattermostUri, "/api/v4/users/me");
        using var first = await http.GetAsync(address, TestContext.Current.CancellationToken);
        using var again = new HttpRequestMessage(HttpMethod.Get, address);
        again.Headers.TryAddWithoutValidation("If-None-Match", first.Headers.NonValidated["Etag"].ToString());

        using var same = await http.SendAsync(again, TestContext.Current.CancellationToken);
        using var body = new StringContent("""["user1"]""");
        using var next = await http.PostAsync(
            new Uri(sandbox.MattermostUri, "/api/v4/users/usernames"),
            body,
            TestContext.Current.CancellationToken
        );

        Assert.Equal((304, 200), ((int)same.StatusCode, (int)next.StatusCode));
    }
}
