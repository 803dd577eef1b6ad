using System.Management.Automation;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Sessions;

namespace MattermostXsoar.Cmdlets.Groups;

/// <summary>Removes users from a custom group.</summary>
[Cmdlet(VerbsCommon.Remove, "MattermostGroupMember", SupportsShouldProcess = true)]
[Alias("mattermost-remove-group-member")]
[OutputType(typeof(MattermostGroupMember))]
public sealed class RemoveMattermostGroupMemberCmdlet : GroupMemberCmdlet
{
    private protected override string ActionOn(MattermostGroup group) => $"Remove from group '{group.DisplayName}'";

    private protected override string SuccessMessage(MattermostGroup group, MattermostUser user) =>
        $"The member {user.Username} was removed from the group successfully, with group ID: {group.Id}";

    private protected override Task ChangeAsync(
        MattermostSession session,
        MattermostGroup group,
        IReadOnlyCollection<string> userIds,
        CancellationToken cancellationToken
    ) => session.Personal.Groups.RemoveMembersAsync(group.Id, userIds, cancellationToken);
}
