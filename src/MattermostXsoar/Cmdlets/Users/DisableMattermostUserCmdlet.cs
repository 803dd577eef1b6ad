using System.Management.Automation;
using MattermostXsoar.Core.Mattermost;
using MattermostXsoar.Core.Mattermost.Models;

namespace MattermostXsoar.Cmdlets.Users;

/// <summary>Deactivates the accounts of users: they are logged out and cannot log in.</summary>
[Cmdlet(VerbsLifecycle.Disable, "MattermostUser", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(MattermostUser))]
public sealed class DisableMattermostUserCmdlet : AccountCmdlet
{
    private protected override string Action => "Deactivate the account";

    private protected override Task ActAsync(
        UsersClient users,
        MattermostUser user,
        CancellationToken cancellationToken
    ) => users.SetActiveAsync(user.Id, isActive: false, cancellationToken);
}
