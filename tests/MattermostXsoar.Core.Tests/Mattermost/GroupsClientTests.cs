using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Tests.Http;
using MattermostXsoar.Core.Tests.Recorded;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mattermost;

/// <summary>Groups, which no recorded server had: their answers are those of the API's description.</summary>
public sealed class GroupsClientTests
{
    private const string GroupId = "gggggggggggggggggggggggggg";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_list_is_asked_for_with_the_text_to_look_for()
    {
        await using var server = new LoopbackServer(
            LoopbackAnswer.Json(
                """[{"id":"g1","name":null,"display_name":"Tier 1","source":"ldap","remote_id":"cn=t1","create_at":5,"has_syncables":true,"new_field":1}]"""
            )
        );
        using var client = TestClients.Mattermost(server.Uri);

        var group = Assert.Single(await client.Groups.ListAsync("a & b", 2, 50, Token));
        await client.Groups.ListAsync(null, 0, 200, Token);

        Assert.Equal(
            ["/api/v4/groups?page=2&per_page=50&q=a%20%26%20b", "/api/v4/groups?page=0&per_page=200"],
            server.Requests.Select(request => request.PathAndQuery)
        );
        Assert.Equal(
            ("", "Tier 1", "ldap", "cn=t1", 5L, true),
            (group.Name, group.DisplayName, group.Source, group.RemoteId, group.CreateAtMs, group.HasSyncables)
        );
        Assert.False(group.IsCustom);
        Assert.Equal(1L, group.AdditionalData["new_field"]);
        Assert.Equal("Tier 1", group.ToString());
    }

    [Fact]
    public async Task Members_know_their_group()
    {
        await using var server = new LoopbackServer(
            LoopbackAnswer.Json(
                """{"members":[{"id":"u1","username":"ann","first_name":"Ann","nickname":"A"}],"total_member_count":7}"""
            )
        );
        using var client = TestClients.Mattermost(server.Uri);

        var page = await client.Groups.ListMembersAsync(GroupId, 1, 20, Token);

        Assert.Equal($"/api/v4/groups/{GroupId}/members?page=1&per_page=20", server.Requests[0].PathAndQuery);
        Assert.Equal(7, page.Total);
        var member = Assert.Single(page.Members);
        Assert.Equal(("u1", "ann", "Ann", GroupId), (member.Id, member.Username, member.FirstName, member.GroupId));
        Assert.Equal("A", member.AdditionalData["nickname"]);
    }

    [Fact]
    public async Task Members_are_added_and_removed_with_one_call()
    {
        await using var server = new LoopbackServer(LoopbackAnswer.Json("""{"status":"OK"}"""));
        using var client = TestClients.Mattermost(server.Uri);

        await client.Groups.AddMembersAsync(GroupId, ["u1", "u2"], Token);
        await client.Groups.RemoveMembersAsync(GroupId, ["u1"], Token);

        Assert.Equal(
            [("POST", "{\"user_ids\":[\"u1\",\"u2\"]}"), ("DELETE", "{\"user_ids\":[\"u1\"]}")],
            server.Requests.Select(request => (request.Method, request.Body))
        );
        Assert.All(server.Requests, request => Assert.Equal($"/api/v4/groups/{GroupId}/members", request.PathAndQuery));
    }

    [Fact]
    public async Task A_server_before_6_3_is_called_too_old_and_not_the_group_missing()
    {
        await using var server = new LoopbackServer(RecordedAnswer.Load("rest-error-404-groups-create-post").Replay());
        using var client = TestClients.Mattermost(server.Uri);

        foreach (
            var call in new Func<Task>[]
            {
                () => client.Groups.AddMembersAsync(GroupId, ["u1"], Token),
                () => client.Groups.RemoveMembersAsync(GroupId, ["u1"], Token),
            }
        )
        {
            var error = await Assert.ThrowsAsync<ApiException>(call);
            Assert.Equal((ErrorIds.ServerTooOld, ErrorKind.NotImplemented), (error.ErrorId, error.Kind));
            Assert.Contains("6.3", error.Message);
        }
    }

    [Fact]
    public async Task A_missing_right_is_named()
    {
        await using var server = new LoopbackServer(
            LoopbackAnswer.Json("""{"id":"api.context.permissions.app_error","message":"No."}""", 403)
        );
        using var client = TestClients.Mattermost(server.Uri);

        var list = await Assert.ThrowsAsync<ApiException>(() => client.Groups.ListMembersAsync(GroupId, 0, 50, Token));
        var add = await Assert.ThrowsAsync<ApiException>(() => client.Groups.AddMembersAsync(GroupId, ["u1"], Token));

        Assert.Contains("manage_system", list.Advice);
        Assert.Contains("custom_group_manage_members", add.Advice);
        Assert.Contains("the group", add.Message);
    }
}
