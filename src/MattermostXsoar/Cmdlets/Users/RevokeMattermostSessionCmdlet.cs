using System.Management.Automation;
using MattermostXsoar.Core.Mattermost;
using MattermostXsoar.Core.Mattermost.Models;

namespace MattermostXsoar.Cmdlets.Users;

/// <summary>Ends all sessions of users: each of their clients has to log in again.</summary>
[Cmdlet(VerbsSecurity.Revoke, "MattermostSession", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(MattermostUser))]
public sealed class RevokeMattermostSessionCmdlet : AccountCmdlet
{
    private protected override string Action => "End all sessions";

    private protected override Task ActAsync(
        UsersClient users,
        MattermostUser user,
        CancellationToken cancellationToken
    ) => users.RevokeSessionsAsync(user.Id, cancellationToken);
}
