using System.Management.Automation;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Sessions;

namespace MattermostXsoar.Cmdlets.Members;

/// <summary>Adds users to a channel. Nothing changes for those who are members.</summary>
[Cmdlet(VerbsCommon.Add, "MattermostChannelMember", SupportsShouldProcess = true)]
[Alias("mattermost-add-channel-member")]
[OutputType(typeof(MattermostChannelMember))]
public sealed class AddMattermostChannelMemberCmdlet : ChannelMemberCmdlet
{
    private protected override string ActionIn(MattermostChannel channel) => $"Add to channel '{channel.Name}'";

    private protected override string SuccessMessage(MattermostChannel channel, MattermostUser user) =>
        $"The member {user.Username} was added to the channel successfully, with channel ID: {channel.Id}";

    private protected override async Task<MattermostChannelMember?> ChangeAsync(
        MattermostSession session,
        MattermostChannel channel,
        MattermostUser user,
        CancellationToken cancellationToken
    )
    {
        var member = await session.Personal.Channels.AddMemberAsync(channel.Id, user.Id, cancellationToken);
        if (user.IsDeactivated)
            Warn($"The account of '{user.Username}' is deactivated: they will not read channel '{channel.Name}'.");
        return member;
    }
}
