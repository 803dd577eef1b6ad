using System.Management.Automation;
using MattermostXsoar.Core.Mattermost;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Sessions;

namespace MattermostXsoar.Cmdlets.Channels;

/// <summary>Brings back archived channels, with their posts and members.</summary>
[Cmdlet(VerbsData.Restore, "MattermostChannel", SupportsShouldProcess = true)]
[OutputType(typeof(MattermostChannel))]
public sealed class RestoreMattermostChannelCmdlet : ChannelChangeCmdlet
{
    private protected override string? ActionOn(MattermostSession session, MattermostChannel channel)
    {
        if (channel.IsArchived)
            return "Restore";
        Explain($"The channel '{channel.Name}' is not archived.");
        return null;
    }

    private protected override Task<MattermostChannel> ChangeAsync(
        MattermostClient client,
        MattermostChannel channel,
        CancellationToken cancellationToken
    ) => client.Channels.RestoreAsync(channel.Id, cancellationToken);
}
