using System.Text.Json.Serialization;
using MattermostXsoar.Core.Platform;

namespace MattermostXsoar.Core.Mattermost.Models;

/// <summary>A page of a group's members, with the total number.</summary>
internal sealed class GroupMemberPage
{
    [JsonConverter(typeof(LenientListConverter<MattermostGroupMember>))]
    public IReadOnlyList<MattermostGroupMember> Members
    {
        get;
        init => field = value ?? [];
    } = [];

    [JsonPropertyName("total_member_count")]
    public long Total { get; init; }
}
