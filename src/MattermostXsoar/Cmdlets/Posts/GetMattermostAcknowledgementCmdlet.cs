using System.Management.Automation;
using MattermostXsoar.Binding;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Posts;
using MattermostXsoar.Sessions;

namespace MattermostXsoar.Cmdlets.Posts;

/// <summary>Shows who has acknowledged posts that ask for it, in the order in which they did.</summary>
[Cmdlet(VerbsCommon.Get, "MattermostAcknowledgement")]
[OutputType(typeof(MattermostAcknowledgement))]
public sealed class GetMattermostAcknowledgementCmdlet : SessionCmdlet
{
    private PostReader? _reader;

    /// <summary>The posts, by id, address (permalink) or as objects.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PostId", "Id")]
    [NotUnset]
    public PostReference[] Post { get; set; } = [];

    private protected override object? ErrorTarget => Post;

    private protected override Task ProcessAsync(MattermostSession session, CancellationToken cancellationToken)
    {
        _reader ??= session.CreatePostReader();
        return ForEachAsync(Post, reference => WriteAsync(_reader, reference, cancellationToken));
    }

    private async Task WriteAsync(PostReader reader, PostReference reference, CancellationToken cancellationToken)
    {
        var post = await reader.GetAsync(reference.Id, cancellationToken);
        if (!post.IsAcknowledgementRequested)
            Warn($"The post {post.Id} asks for no acknowledgement.");
        await WriteAsync(await reader.GetAcknowledgementsAsync(post, cancellationToken), enumerate: true);
    }
}
