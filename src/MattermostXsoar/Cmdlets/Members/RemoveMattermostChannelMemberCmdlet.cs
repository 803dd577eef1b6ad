using System.Management.Automation;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Sessions;

namespace MattermostXsoar.Cmdlets.Members;

/// <summary>Removes users from a channel. Nothing changes for those who are not in it.</summary>
[Cmdlet(VerbsCommon.Remove, "MattermostChannelMember", SupportsShouldProcess = true)]
[Alias("mattermost-remove-channel-member")]
[OutputType(typeof(MattermostChannelMember))]
public sealed class RemoveMattermostChannelMemberCmdlet : ChannelMemberCmdlet
{
    private protected override string ActionIn(MattermostChannel channel) => $"Remove from channel '{channel.Name}'";

    private protected override string SuccessMessage(MattermostChannel channel, MattermostUser user) =>
        $"The member {user.Username} was removed from the channel successfully.";

    private protected override async Task<MattermostChannelMember?> ChangeAsync(
        MattermostSession session,
        MattermostChannel channel,
        MattermostUser user,
        CancellationToken cancellationToken
    )
    {
        try
        {
            // Afterwards there is no membership to read.
            var member = PassThru
                ? await session.Personal.Channels.GetMemberAsync(channel.Id, user.Id, cancellationToken)
                : null;
            await session.Personal.Channels.RemoveMemberAsync(channel.Id, user.Id, cancellationToken);
            return member;
        }
        catch (ApiException missing) when (missing.ServerErrorId == ServerErrorIds.ChannelMemberMissing)
        {
            Explain($"{user} was not in the channel '{channel.Name}'.");
            return null;
        }
    }
}
