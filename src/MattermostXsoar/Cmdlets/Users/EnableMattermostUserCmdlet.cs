using System.Management.Automation;
using MattermostXsoar.Core.Mattermost;
using MattermostXsoar.Core.Mattermost.Models;

namespace MattermostXsoar.Cmdlets.Users;

/// <summary>Activates the accounts of users again.</summary>
[Cmdlet(VerbsLifecycle.Enable, "MattermostUser", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(MattermostUser))]
public sealed class EnableMattermostUserCmdlet : AccountCmdlet
{
    private protected override string Action => "Activate the account";

    private protected override Task ActAsync(
        UsersClient users,
        MattermostUser user,
        CancellationToken cancellationToken
    ) => users.SetActiveAsync(user.Id, isActive: true, cancellationToken);
}
