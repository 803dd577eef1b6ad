using System.Text.Json.Nodes;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Tests.Http;
using MattermostXsoar.Core.Tests.Recorded;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mattermost;

/// <summary>What the clients send, and the errors that take more than one answer.</summary>
public sealed class MattermostClientTests
{
    private const string ChannelId = "64rgja5fetrwi8ddqbxppbfcyy";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TokenRole.Bot, ErrorIds.InvalidBotToken, "Bot", "-BotToken")]
    [InlineData(TokenRole.Personal, ErrorIds.InvalidPersonalToken, "Personal", "-PersonalAccessToken")]
    internal async Task A_refused_token_is_named_by_its_role(
        TokenRole role,
        string errorId,
        string word,
        string parameter
    )
    {
        await using var server = new LoopbackServer(RecordedAnswer.Load("rest-error-401-bad-token").Replay());
        using var client = TestClients.Mattermost(server.Uri, role: role);

        var error = await Assert.ThrowsAsync<ApiException>(() => client.Users.GetMeAsync(Token));

        Assert.Equal((errorId, ErrorKind.Authentication), (error.ErrorId, error.Kind));
        Assert.StartsWith(
            $"Invalid or expired session. Make sure the {word} Access Token is configured properly.",
            error.Message
        );
        Assert.Contains(parameter, error.Advice);
    }

    [Fact]
    public async Task The_missing_permission_is_named_with_and_without_developer_mode()
    {
        foreach (
            var name in new[]
            {
                "rest-error-403-posts-create-unknown-channel",
                "developer-off/rest-error-403-posts-create-unknown-channel",
            }
        )
        {
            await using var server = new LoopbackServer(RecordedAnswer.Load(name).Replay());
            using var client = TestClients.Mattermost(server.Uri);

            var error = await Assert.ThrowsAsync<ApiException>(() =>
                client.Posts.CreateAsync(new NewPost { ChannelId = "zzzzzzzzzzzzzzzzzzzzzzzzzz", Message = "x" }, Token)
            );

            Assert.Contains("for the channel 'zzzzzzzzzzzzzzzzzzzzzzzzzz'", error.Message);
            Assert.Contains("It needs the permission create_post.", error.Message);
            Assert.Contains("add the account to it", error.Advice);
        }
    }

    [Fact]
    public async Task A_new_post_is_sent_with_what_it_has_and_nothing_else()
    {
        await using var server = new LoopbackServer(RecordedAnswer.Load("rest-posts-create-bot").Replay());
        using var client = TestClients.Mattermost(server.Uri);

        await client.Posts.CreateAsync(new NewPost { ChannelId = "c", Message = "grüße \"q\" \n 🎉" }, Token);
        await client.Posts.CreateAsync(
            new NewPost
            {
                ChannelId = "c",
                Message = "m",
                RootId = "r",
                PendingPostId = "p",
                Props = new Dictionary<string, string> { [PostProps.EntryId] = "96@1" },
                FileIds = ["f"],
            },
            Token
        );

        Assert.True(
            JsonNode.DeepEquals(
                new JsonObject { ["channel_id"] = "c", ["message"] = "grüße \"q\" \n 🎉" },
                JsonNode.Parse(server.Requests[0].Body)
            )
        );
        Assert.True(
            JsonNode.DeepEquals(
                JsonNode.Parse(
                    """{"channel_id":"c","message":"m","root_id":"r","pending_post_id":"p","props":{"xsoar_entry_id":"96@1"},"file_ids":["f"]}"""
                ),
                JsonNode.Parse(server.Requests[1].Body)
            )
        );
        Assert.Equal("application/json", server.Requests[0].Headers["Content-Type"]);
    }

    [Fact]
    public async Task Names_are_escaped_in_addresses()
    {
        await using var server = new LoopbackServer(RecordedAnswer.Load("rest-users-get-by-username").Replay());
        using var client = TestClients.Mattermost(new Uri(server.Uri, "/mm/api/v4"));

        await client.Users.GetByUsernameAsync("@a/b?c d", Token);

        Assert.Equal("/mm/api/v4/users/username/a%2Fb%3Fc%20d", Assert.Single(server.Requests).Target);
    }

    [Fact]
    public async Task Nobody_is_looked_up_without_a_call()
    {
        await using var server = new LoopbackServer(LoopbackAnswer.Json("[]"));
        using var client = TestClients.Mattermost(server.Uri);

        Assert.Empty(await client.Users.GetByIdsAsync([], Token));
        Assert.Empty(await client.Users.GetByUsernamesAsync([], Token));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_patch_of_an_archived_channel_is_reported_as_that()
    {
        var error = await PatchAsync("rest-channels-get-deleted-by-id", new ChannelPatch { DisplayName = "New" });
        Assert.Equal((ErrorIds.ChannelArchived, ErrorKind.InvalidOperation), (error.ErrorId, error.Kind));
    }

    [Fact]
    public async Task A_patch_to_a_name_in_use_is_reported_as_that()
    {
        var error = await PatchAsync("rest-channels-get-by-id", new ChannelPatch { Name = "taken" });
        Assert.Equal((ErrorIds.ChannelExists, ErrorKind.Exists), (error.ErrorId, error.Kind));
        Assert.Contains("'taken'", error.Message);
    }

    [Fact]
    public async Task A_refused_patch_without_explanation_keeps_the_server_s_error()
    {
        var error = await PatchAsync("rest-error-404-channel-id", new ChannelPatch { Name = "taken" });
        Assert.Equal((ErrorIds.InvalidRequest, 400), (error.ErrorId, error.StatusCode));
    }

    [Fact]
    public async Task A_group_call_on_an_older_server_is_ServerTooOld_elsewhere_a_name_is_not_found()
    {
        await using var server = new LoopbackServer(RecordedAnswer.Load("rest-error-404-username-malformed").Replay());
        using var client = TestClients.Mattermost(server.Uri);
        var error = await Assert.ThrowsAsync<ApiException>(() => client.Users.GetByUsernameAsync("Not Valid!", Token));
        Assert.Equal((ErrorIds.UserNotFound, ErrorKind.NotFound), (error.ErrorId, error.Kind));
        Assert.Contains("the user 'Not Valid!'", error.Message);
    }

    [Theory]
    [InlineData("5.37.0.release-6.0-c6d310c.265583ebf88f8632327c1d19e0127ccc.false", "5.37.0")]
    [InlineData("10.5.1.10.5.1.abc.true", "10.5.1")]
    [InlineData("garbage", "")]
    [InlineData(null, "")]
    public async Task The_version_is_read_where_the_server_reports_it(string? header, string version)
    {
        var answer = LoopbackAnswer.Json("""{"status":"OK"}""");
        await using var server = new LoopbackServer(header is null ? answer : answer.With("X-Version-Id", header));
        using var client = TestClients.Mattermost(server.Uri);

        Assert.Equal(new ServerInfo(version, Ok: true), await client.System.PingAsync(Token));
    }

    [Fact]
    public async Task An_unhealthy_server_reports_it()
    {
        await using var server = new LoopbackServer(LoopbackAnswer.Json("""{"status":"UNHEALTHY"}"""));
        using var client = TestClients.Mattermost(server.Uri);

        Assert.False((await client.System.PingAsync(Token)).Ok);
    }

    private static async Task<ApiException> PatchAsync(string channel, ChannelPatch patch)
    {
        await using var server = new LoopbackServer(request =>
            RecordedAnswer.Load(request.Method == "PUT" ? "rest-error-400-channels-patch-deleted" : channel).Replay()
        );
        using var client = TestClients.Mattermost(server.Uri);
        return await Assert.ThrowsAsync<ApiException>(() => client.Channels.PatchAsync(ChannelId, patch, Token));
    }
}
