using System.Text.Json.Serialization;

namespace MattermostXsoar.Core.Mattermost.Models;

/// <summary>A page of a group's members, with the total number.</summary>
internal sealed class GroupMemberPage
{
    public IReadOnlyList<MattermostGroupMember> Members
    {
        get;
        init => field = value ?? [];
    } = [];

    [JsonPropertyName("total_member_count")]
    public long Total { get; init; }
}
