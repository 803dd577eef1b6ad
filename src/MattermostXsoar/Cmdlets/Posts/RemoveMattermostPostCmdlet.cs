using System.Management.Automation;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Sessions;

namespace MattermostXsoar.Cmdlets.Posts;

/// <summary>Deletes posts, with their replies.</summary>
[Cmdlet(VerbsCommon.Remove, "MattermostPost", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(MattermostPost))]
public sealed class RemoveMattermostPostCmdlet : PostCmdlet
{
    private protected override bool Remains => false;

    private protected override string ActionOn(MattermostPost post) =>
        post.ReplyCount > 0 && post.RootId.Length == 0 ? $"Delete, with {post.ReplyCount} replies" : "Delete";

    private protected override Task ChangeAsync(
        MattermostSession session,
        MattermostPost post,
        CancellationToken cancellationToken
    ) => OwnerOf(session, post).Posts.DeleteAsync(post.Id, cancellationToken);
}
