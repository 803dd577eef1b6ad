using System.Management.Automation;
using MattermostXsoar.Core.Mattermost;
using MattermostXsoar.Core.Mattermost.Models;

namespace MattermostXsoar.Cmdlets.Posts;

/// <summary>Adds reactions of the bot to posts. Nothing changes for one that is there already.</summary>
[Cmdlet(VerbsCommon.Add, "MattermostReaction", SupportsShouldProcess = true)]
[OutputType(typeof(MattermostPost))]
public sealed class AddMattermostReactionCmdlet : ReactionCmdlet
{
    private protected override string ActionOn(MattermostPost post) =>
        $"React with {string.Join(", ", Names.Select(name => $":{name}:"))}";

    private protected override Task ChangeAsync(
        ReactionsClient reactions,
        NewReaction reaction,
        CancellationToken cancellationToken
    ) => reactions.AddAsync(reaction, cancellationToken);
}
