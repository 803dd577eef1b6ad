using System.Management.Automation;
using MattermostXsoar.Binding;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Sessions;

namespace MattermostXsoar.Cmdlets.Members;

/// <summary>Makes members of a channel administrators of it, or members again.</summary>
[Cmdlet(VerbsCommon.Set, "MattermostChannelRole", SupportsShouldProcess = true)]
[Alias("mattermost-set-channel-role")]
[OutputType(typeof(MattermostChannelMember))]
public sealed class SetMattermostChannelRoleCmdlet : ChannelMemberCmdlet
{
    /// <summary>The role to set.</summary>
    [Parameter(Position = 2, ValueFromPipelineByPropertyName = true)]
    [NoSwitchValue]
    [ColumnValue(typeof(ChannelRole))]
    [KnownValue]
    public ChannelRole Role { get; set; } = ChannelRole.Member;

    private protected override string ActionIn(MattermostChannel channel) =>
        $"Set the role in channel '{channel.Name}' to {Role}";

    private protected override string SuccessMessage(MattermostChannel channel, MattermostUser user) =>
        $"Set channel role for {user.Username} successfully to {Role}.";

    private protected override async Task<MattermostChannelMember?> ChangeAsync(
        MattermostSession session,
        MattermostChannel channel,
        MattermostUser user,
        CancellationToken cancellationToken
    )
    {
        var channels = session.Personal.Channels;
        var roles = Role == ChannelRole.Admin ? "channel_user channel_admin" : "channel_user";
        await channels.SetMemberRolesAsync(channel.Id, user.Id, roles, cancellationToken);
        return PassThru ? await channels.GetMemberAsync(channel.Id, user.Id, cancellationToken) : null;
    }
}
