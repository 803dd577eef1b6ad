using System.Management.Automation;
using MattermostXsoar.Core.Mattermost;
using MattermostXsoar.Core.Mattermost.Models;

namespace MattermostXsoar.Cmdlets.Posts;

/// <summary>Removes reactions of the bot from posts. Nothing changes for one that is not there.</summary>
[Cmdlet(VerbsCommon.Remove, "MattermostReaction", SupportsShouldProcess = true)]
[OutputType(typeof(MattermostPost))]
public sealed class RemoveMattermostReactionCmdlet : ReactionCmdlet
{
    private protected override string ActionOn(MattermostPost post) =>
        $"Take back the reaction {string.Join(", ", Names.Select(name => $":{name}:"))}";

    private protected override Task ChangeAsync(
        ReactionsClient reactions,
        NewReaction reaction,
        CancellationToken cancellationToken
    ) => reactions.RemoveAsync(reaction, cancellationToken);
}
