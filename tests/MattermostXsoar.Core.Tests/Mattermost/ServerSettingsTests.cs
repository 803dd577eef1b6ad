using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Http;
using MattermostXsoar.Core.Mattermost;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Tests.Http;
using MattermostXsoar.Core.Tests.Recorded;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mattermost;

/// <summary>What a server publishes of its limits and its address.</summary>
public sealed class ServerSettingsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("4000", 4000)]
    [InlineData("16383", 16383)]
    [InlineData("8000", 8000)]
    [InlineData("1", 4000)]
    [InlineData("99999999", 16383)]
    [InlineData("0", 9000)]
    [InlineData("-4000", 9000)]
    [InlineData("many", 9000)]
    [InlineData("", 9000)]
    [InlineData(null, 9000)]
    public void A_limit_of_posts_that_no_server_can_have_is_not_believed(string? published, int limit)
    {
        var known = ServerSettings.Unknown with { MaxPostSize = 9000 };
        Assert.Equal(limit, ServerSettings.Read(new ClientConfig { MaxPostSize = published }, known).MaxPostSize);
    }

    [Theory]
    [InlineData("https://chat.corp.example", "https://chat.corp.example/")]
    [InlineData(" https://chat.corp.example/chat/ ", "https://chat.corp.example/chat")]
    [InlineData("http://10.0.0.7:8065", "http://10.0.0.7:8065/")]
    [InlineData("https://user:pass@chat.corp.example/chat?a=b#c", "https://chat.corp.example/chat")]
    [InlineData("", null)]
    [InlineData("chat.corp.example", null)]
    [InlineData("/chat", null)]
    [InlineData("ftp://chat.corp.example", null)]
    [InlineData("javascript:alert(1)", null)]
    [InlineData(null, "https://known.example/")]
    public void The_address_for_people_is_that_of_a_web_server(string? published, string? address)
    {
        var known = ServerSettings.Unknown with { SiteUrl = new Uri("https://known.example") };
        Assert.Equal(
            address,
            ServerSettings.Read(new ClientConfig { SiteUrl = published }, known).SiteUrl?.AbsoluteUri
        );
    }

    [Fact]
    public async Task The_settings_are_asked_for_once_in_a_while_and_what_was_known_stays_while_the_server_does_not_answer()
    {
        var answers = new Queue<LoopbackAnswer>([
            LoopbackAnswer.Json("""{"MaxPostSize":"4000","SiteURL":"https://chat.example"}"""),
            RecordedAnswer.Load("rest-error-403-config-get-as-user1").Replay(),
            LoopbackAnswer.Json("""{"MaxPostSize":"16383","SiteURL":""}"""),
        ]);
        await using var server = new LoopbackServer(_ => answers.Dequeue());
        var time = new FakeTimeProvider();
        using var client = TestClients.Mattermost(server.Uri, TestClients.Environment(time));
        Assert.Equal((16383, server.Uri), (client.Settings.Known.MaxPostSize, client.PublicUri));

        await client.Settings.GetAsync(Token);
        await client.Settings.GetAsync(Token);
        Assert.Equal((4000, new Uri("https://chat.example")), (client.Settings.Known.MaxPostSize, client.PublicUri));
        Assert.Single(server.Requests);

        time.Advance(TimeSpan.FromMinutes(10));
        await client.Settings.GetAsync(Token);
        await client.Settings.GetAsync(Token);
        Assert.Equal((4000, new Uri("https://chat.example")), (client.Settings.Known.MaxPostSize, client.PublicUri));
        Assert.Equal(2, server.Requests.Count);

        time.Advance(TimeSpan.FromMinutes(1));
        await client.Settings.GetAsync(Token);
        Assert.Equal((16383, server.Uri), (client.Settings.Known.MaxPostSize, client.PublicUri));
    }

    [Theory]
    [InlineData("model.post.is_valid.msg.app_error")]
    [InlineData("model.post.is_valid.message_length.app_error")]
    public async Task After_a_post_that_was_too_long_the_limit_is_asked_for_again(string errorId)
    {
        var answers = new Queue<LoopbackAnswer>([
            LoopbackAnswer.Json("""{"MaxPostSize":"16383"}"""),
            LoopbackAnswer.Json($$"""{"id":"{{errorId}}","message":"Invalid message.","status_code":400}""", 400),
            LoopbackAnswer.Json("""{"MaxPostSize":"4000"}"""),
        ]);
        await using var server = new LoopbackServer(_ => answers.Dequeue());
        using var client = TestClients.Mattermost(server.Uri);
        Assert.Equal(16383, (await client.Settings.GetAsync(Token)).MaxPostSize);

        var error = await Assert.ThrowsAsync<ApiException>(() =>
            client.Posts.CreateAsync(new NewPost { ChannelId = "c", Message = new string('x', 6000) }, Token)
        );

        Assert.Contains("MaxPostSize", error.Advice, StringComparison.Ordinal);
        Assert.Equal(4000, client.Settings.Known.MaxPostSize);
    }
}
