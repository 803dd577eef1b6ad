using System.Management.Automation;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Sessions;

namespace MattermostXsoar.Cmdlets.Groups;

/// <summary>Removes users from a custom group. Nothing changes for those who are not in it.</summary>
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

    private protected override async Task<bool> IsUnneededAsync(
        MattermostSession session,
        MattermostGroup group,
        MattermostUser user,
        CancellationToken cancellationToken
    )
    {
        var pages = PageWindow.Everything.ReadAsync(
            async (page, size, token) =>
                (await session.Personal.Groups.ListMembersAsync(group.Id, page, size, token)).Members,
            cancellationToken
        );
        try
        {
            await foreach (var page in pages)
            {
                if (page.Any(member => member.Id == user.Id))
                    return false;
            }
        }
        catch (ApiException)
        {
            // Without the list it is not known.
            return false;
        }

        return true;
    }
}
