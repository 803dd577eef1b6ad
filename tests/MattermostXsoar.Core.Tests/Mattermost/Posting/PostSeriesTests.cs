using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost.Posting;
using MattermostXsoar.Core.Tests.Http;
using MattermostXsoar.Core.Tests.Recorded;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mattermost.Posting;

/// <summary>Messages of any length as posts.</summary>
public sealed class PostSeriesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_does_not_fit_follows_as_replies_to_the_first()
    {
        await using var server = new LoopbackServer(
            LoopbackAnswer.Json("""{"id":"p1","file_ids":["f1"]}"""),
            LoopbackAnswer.Json("""{"id":"p2","root_id":"p1"}""")
        );

        var posts = await WriteAsync(
            server,
            string.Join("\n", Enumerable.Repeat(new string('x', 9000), 3)),
            ["f1"],
            16383
        );

        Assert.Equal(["p1", "p2", "p2"], posts);
        Assert.Contains("\"file_ids\":[\"f1\"]", server.Requests[0].Body);
        Assert.DoesNotContain("root_id", server.Requests[0].Body);
        Assert.All(server.Requests.Skip(1), request => Assert.Contains("\"root_id\":\"p1\"", request.Body));
        Assert.All(server.Requests.Skip(1), request => Assert.DoesNotContain("file_ids", request.Body));
    }

    [Theory]
    [InlineData(4000, null, 1)]
    [InlineData(4001, 4000, 2)]
    [InlineData(4001, 16383, 1)]
    public async Task The_servers_limit_is_asked_for_only_where_it_matters(int length, int? postSize, int posts)
    {
        await using var server = new LoopbackServer(LoopbackAnswer.Json("""{"id":"p1"}"""));

        Assert.Equal(posts, (await WriteAsync(server, new string('x', length), [], postSize)).Count);
    }

    [Theory]
    [InlineData("rest-posts-create-unknown-file-id")]
    [InlineData("rest-posts-create-file-already-attached")]
    public async Task Files_that_the_server_silently_omits_are_reported(string recorded)
    {
        await using var server = new LoopbackServer(RecordedAnswer.Load(recorded).Replay());

        var error = await Assert.ThrowsAsync<MattermostXsoarException>(() => WriteAsync(server, "x", ["f1", "f2"]));

        Assert.Equal(ErrorIds.ServerError, error.ErrorId);
        Assert.Contains("did not attach 2 of its 2 files", error.Message);
    }

    private static async Task<List<string>> WriteAsync(
        LoopbackServer server,
        string message,
        string[] files,
        int? postSize = null
    )
    {
        using var client = TestClients.Mattermost(server.Uri);
        var posts = new List<string>();
        await foreach (
            var post in PostSeries.WriteAsync(
                "c",
                message,
                files,
                null,
                token => Task.FromResult(postSize ?? throw new InvalidOperationException("It was not to be asked.")),
                post => client.Posts.CreateAsync(post, Token),
                Token
            )
        )
            posts.Add(post.Id);
        return posts;
    }
}
