using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Tests.Http;
using MattermostXsoar.Core.Tests.Recorded;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mattermost;

/// <summary>What a server of 11.6 answers otherwise than one of 5.37, as it was recorded.</summary>
public sealed class NewerServerAnswerTests
{
    private static readonly string Id = new('a', 26);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("rest-error-403-channels-member-add-deactivated-user")]
    [InlineData("rest-error-403-channels-member-add-deactivated-new")]
    public async Task A_deactivated_user_who_is_not_added_is_no_missing_permission(string recorded)
    {
        var error = await FailAsync(recorded, client => client.Channels.AddMemberAsync(Id, Id, Token));
        Assert.Equal((ErrorIds.UserDeactivated, ErrorKind.InvalidOperation), (error.ErrorId, error.Kind));
        Assert.DoesNotContain("permission", error.Advice, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_post_that_is_under_way_already_has_an_unknown_outcome_and_is_looked_up()
    {
        var error = await FailAsync(
            "rest-error-500-posts-create-pending-race",
            client => client.Posts.CreateAsync(new NewPost { ChannelId = Id, Message = "hi" }, Token)
        );
        Assert.True(error.OutcomeUnknown);
        Assert.StartsWith("Mattermost is still working on an earlier request", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rest-error-413-posts-create-body-of-300513-bytes")]
    [InlineData("rest-error-413-posts-create-huge-body")]
    public async Task A_text_that_is_too_long_for_a_call_is_no_file(string recorded)
    {
        var error = await FailAsync(
            recorded,
            client => client.Posts.CreateAsync(new NewPost { ChannelId = Id, Message = "hi" }, Token)
        );
        Assert.Equal(ErrorIds.InvalidArgument, error.ErrorId);
        Assert.DoesNotContain("file", error.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_name_that_is_too_long_for_an_address_is_refused_before_it_is_sent()
    {
        await using var server = new LoopbackServer(LoopbackAnswer.Html(502));
        using var client = TestClients.Mattermost(server.Uri);
        var error = await Assert.ThrowsAsync<ApiException>(() =>
            client.Users.GetByUsernameAsync(new string('x', 2048), Token)
        );
        Assert.Equal(ErrorIds.InvalidArgument, error.ErrorId);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_null_in_place_of_a_list_is_an_empty_list()
    {
        await using var server = new LoopbackServer(LoopbackAnswer.Json("null"));
        using var client = TestClients.Mattermost(server.Uri);
        Assert.Empty(await client.Teams.ListForUserAsync(Id, Token));
    }

    private static async Task<ApiException> FailAsync(string recorded, Func<MattermostClient, Task> call)
    {
        await using var server = new LoopbackServer(RecordedAnswer.LoadNewer(recorded).Replay());
        using var client = TestClients.Mattermost(server.Uri);
        return await Assert.ThrowsAsync<ApiException>(() => call(client));
    }
}
