using System.Text.Json;
using MattermostXsoar.Core.Http;
using MattermostXsoar.Core.Mattermost.Models;

namespace MattermostXsoar.Core.Mattermost;

/// <summary>Groups of users. They need a license: without one every call ends with LicenseRequired.</summary>
internal sealed class GroupsClient
{
    private const string Root = MattermostClient.ApiPath + "/groups";
    private const string ManageMembers = "custom_group_manage_members";

    private readonly ApiTransport _transport;

    public GroupsClient(ApiTransport transport) => _transport = transport;

    /// <summary>A page of the groups, or of those whose name or display name contains a text.</summary>
    public async Task<IReadOnlyList<MattermostGroup>> ListAsync(
        string? text,
        int page,
        int perPage,
        CancellationToken cancellationToken
    )
    {
        var filter = string.IsNullOrEmpty(text) ? "" : "&q=" + Uri.EscapeDataString(text);
        var request = new ApiRequest(HttpMethod.Get, $"{Root}?page={page}&per_page={perPage}{filter}")
        {
            Answer = AnswerSize.List,
            Kind = ResourceKind.Group,
        };
        return await _transport.SendAsync(request, MattermostJson.Default.ListMattermostGroup, cancellationToken);
    }

    public Task<MattermostGroup> GetAsync(string groupId, CancellationToken cancellationToken) =>
        _transport.SendAsync(
            new ApiRequest(HttpMethod.Get, GroupPath(groupId))
            {
                Kind = ResourceKind.Group,
                Subject = groupId,
                Permission = "manage_system",
            },
            MattermostJson.Default.MattermostGroup,
            cancellationToken
        );

    /// <summary>A page of a group's members, with the total number.</summary>
    public async Task<GroupMemberPage> ListMembersAsync(
        string groupId,
        int page,
        int perPage,
        CancellationToken cancellationToken
    )
    {
        var request = new ApiRequest(HttpMethod.Get, $"{GroupPath(groupId)}/members?page={page}&per_page={perPage}")
        {
            Answer = AnswerSize.List,
            Kind = ResourceKind.Group,
            Subject = groupId,
            Permission = "manage_system",
        };
        var found = await _transport.SendAsync(request, MattermostJson.Default.GroupMemberPage, cancellationToken);
        foreach (var member in found.Members)
            member.GroupId = groupId;
        return found;
    }

    /// <summary>
    /// Adds users to a custom group; nothing changes for those who are members. Needs Mattermost 6.3.
    /// </summary>
    public Task AddMembersAsync(
        string groupId,
        IReadOnlyCollection<string> userIds,
        CancellationToken cancellationToken
    ) => ChangeMembersAsync(HttpMethod.Post, RequestEffect.Idempotent, groupId, userIds, cancellationToken);

    /// <summary>Removes users from a custom group. Needs Mattermost 6.3.</summary>
    public Task RemoveMembersAsync(
        string groupId,
        IReadOnlyCollection<string> userIds,
        CancellationToken cancellationToken
    ) =>
        // Not repeated after a lost response: the users would not be members any more, which is an error.
        ChangeMembersAsync(HttpMethod.Delete, RequestEffect.Once, groupId, userIds, cancellationToken);

    private Task<ApiResponse> ChangeMembersAsync(
        HttpMethod method,
        RequestEffect effect,
        string groupId,
        IReadOnlyCollection<string> userIds,
        CancellationToken cancellationToken
    )
    {
        var request = new ApiRequest(method, GroupPath(groupId) + "/members")
        {
            Body = JsonSerializer.SerializeToUtf8Bytes(new UserIds { Ids = userIds }, MattermostJson.Default.UserIds),
            Effect = effect,
            Kind = ResourceKind.Group,
            Subject = groupId,
            Permission = ManageMembers,
        };
        return _transport.SendAsync(request, cancellationToken);
    }

    private static string GroupPath(string groupId) => $"{Root}/{Uri.EscapeDataString(groupId)}";
}
