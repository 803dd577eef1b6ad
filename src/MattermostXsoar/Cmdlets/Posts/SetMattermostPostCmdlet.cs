using System.Management.Automation;
using MattermostXsoar.Completion;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Posts;
using MattermostXsoar.Sessions;

namespace MattermostXsoar.Cmdlets.Posts;

/// <summary>Changes the text of posts, or pins them to their channel. Only what is given changes.</summary>
[Cmdlet(VerbsCommon.Set, "MattermostPost", SupportsShouldProcess = true)]
[OutputType(typeof(MattermostPost))]
public sealed class SetMattermostPostCmdlet : PostCmdlet
{
    /// <summary>The new text, in Markdown; several texts are its lines.</summary>
    [Parameter(Position = 1)]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string[]? Message { get; set; }

    /// <summary>Pins the posts to their channel; with <c>-Pinned:$false</c> they are unpinned.</summary>
    [Parameter]
    public SwitchParameter Pinned { get; set; }

    private bool ChangesText => MyInvocation.BoundParameters.ContainsKey(nameof(Message));

    private bool ChangesPin => MyInvocation.BoundParameters.ContainsKey(nameof(Pinned));

    private string Text => string.Join("\n", Message ?? []);

    private protected override string ActionOn(MattermostPost post) =>
        string.Join(
            ", ",
            new[] { ChangesText ? "change the text" : "", ChangesPin ? (Pinned ? "pin" : "unpin") : "" }.Where(action =>
                action.Length > 0
            )
        );

    private protected override async Task CheckAsync(MattermostSession session, CancellationToken cancellationToken)
    {
        if (!ChangesText && !ChangesPin)
            throw new MattermostXsoarException(
                ErrorIds.InvalidArgument,
                ErrorKind.InvalidArgument,
                "Nothing to change is given.",
                "Give -Message or -Pinned; Remove-MattermostPost deletes a post."
            );
        if (ChangesText)
            await PostText.CheckAsync(Text, session.PostSizeAsync, cancellationToken);
    }

    private protected override async Task ChangeAsync(
        MattermostSession session,
        MattermostPost post,
        CancellationToken cancellationToken
    )
    {
        var client = OwnerOf(session, post);
        if (ChangesText)
            await client.Posts.PatchAsync(post.Id, new PostPatch { Message = Text }, cancellationToken);
        if (ChangesPin)
            await client.Posts.SetPinnedAsync(post.Id, Pinned, cancellationToken);
    }
}
