using System.Management.Automation;
using MattermostXsoar.Binding;
using MattermostXsoar.Core.Display;
using MattermostXsoar.Core.Mattermost;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Posts;
using MattermostXsoar.Sessions;

namespace MattermostXsoar.Cmdlets.Posts;

/// <summary>A cmdlet that changes posts, or what is attached to them. Each is read before it is changed.</summary>
public abstract class PostCmdlet : SessionCmdlet
{
    private const int LongestShown = 40;

    private PostReader? _reader;

    private protected PostCmdlet() { }

    /// <summary>The posts, by id, address (permalink) or as objects.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PostId", "Id")]
    [NotUnset]
    public PostReference[] Post { get; set; } = [];

    /// <summary>Writes each post.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override object? ErrorTarget => Post;

    /// <summary>The action, for -WhatIf and -Confirm.</summary>
    private protected abstract string ActionOn(MattermostPost post);

    /// <summary>Changes a post.</summary>
    private protected abstract Task ChangeAsync(
        MattermostSession session,
        MattermostPost post,
        CancellationToken cancellationToken
    );

    /// <summary>Whether the post can still be read after the change.</summary>
    private protected virtual bool Remains => true;

    /// <summary>Checks what can be known before anything is changed.</summary>
    private protected virtual Task CheckAsync(MattermostSession session, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    /// <summary>The account that may change a post: its author's if that is the bot, else the personal token's.</summary>
    private protected static MattermostClient OwnerOf(MattermostSession session, MattermostPost post) =>
        post.UserId == session.BotUser.Id ? session.Bot : session.Personal;

    private protected sealed override async Task ProcessAsync(
        MattermostSession session,
        CancellationToken cancellationToken
    )
    {
        await CheckAsync(session, cancellationToken);
        _reader ??= session.CreatePostReader();
        await ForEachAsync(Post, reference => ChangeAsync(session, reference, cancellationToken));
    }

    private async Task ChangeAsync(
        MattermostSession session,
        PostReference reference,
        CancellationToken cancellationToken
    )
    {
        var post = await _reader!.GetAsync(reference.Id, cancellationToken);
        if (!await ShouldProcessAsync(Describe(post), ActionOn(post)))
            return;
        await ChangeAsync(session, post, cancellationToken);
        if (PassThru)
            await WriteAsync(Remains ? await _reader.GetAsync(post.Id, cancellationToken) : post);
    }

    private static string Describe(MattermostPost post)
    {
        var text = VisibleText.Of(post.Message);
        if (text.Length > LongestShown)
            text = text.Substring(0, LongestShown).TrimEnd() + "…";
        return $"Post {post.Id} of @{post.Author} in '{post.ChannelName}': {text}";
    }
}
