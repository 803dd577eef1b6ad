using System.Management.Automation;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Sessions;

namespace MattermostXsoar.Cmdlets.Groups;

/// <summary>Adds users to a custom group. Nothing changes for those who are members.</summary>
[Cmdlet(VerbsCommon.Add, "MattermostGroupMember", SupportsShouldProcess = true)]
[Alias("mattermost-add-group-member")]
[OutputType(typeof(MattermostGroupMember))]
public sealed class AddMattermostGroupMemberCmdlet : GroupMemberCmdlet
{
    private protected override string ActionOn(MattermostGroup group) => $"Add to group '{group.DisplayName}'";

    private protected override string SuccessMessage(MattermostGroup group, MattermostUser user) =>
        $"The member {user.Username} was added to the group successfully, with group ID: {group.Id}";

    private protected override Task ChangeAsync(
        MattermostSession session,
        MattermostGroup group,
        IReadOnlyCollection<string> userIds,
        CancellationToken cancellationToken
    ) => session.Personal.Groups.AddMembersAsync(group.Id, userIds, cancellationToken);
}
