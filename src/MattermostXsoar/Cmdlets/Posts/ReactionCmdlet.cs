using System.Management.Automation;
using MattermostXsoar.Binding;
using MattermostXsoar.Completion;
using MattermostXsoar.Core.Mattermost;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Mattermost.Posting;
using MattermostXsoar.Sessions;

namespace MattermostXsoar.Cmdlets.Posts;

/// <summary>Adds or removes reactions of the bot.</summary>
public abstract class ReactionCmdlet : PostCmdlet
{
    private protected ReactionCmdlet() { }

    /// <summary>The emoji: their names with or without colons, or for common ones the emoji themselves.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ArgumentCompleter(typeof(EmojiCompleter))]
    [NotUnset]
    [NumberAsText]
    public string[] Emoji { get; set; } = [];

    /// <summary>The names for the server.</summary>
    private protected IEnumerable<string> Names => Emoji.Select(EmojiCatalog.NameOf);

    /// <summary>Adds or removes one reaction.</summary>
    private protected abstract Task ChangeAsync(
        ReactionsClient reactions,
        NewReaction reaction,
        CancellationToken cancellationToken
    );

    private protected sealed override Task CheckAsync(MattermostSession session, CancellationToken cancellationToken)
    {
        _ = Names.ToList();
        return Task.CompletedTask;
    }

    private protected sealed override async Task ChangeAsync(
        MattermostSession session,
        MattermostPost post,
        CancellationToken cancellationToken
    )
    {
        var channel = await session.CreatePostReader().ChannelOfAsync(post, cancellationToken);
        foreach (var name in Names)
        {
            var reaction = new NewReaction
            {
                UserId = session.BotUser.Id,
                PostId = post.Id,
                EmojiName = name,
            };
            await session.BotMembership.RunAsMemberAsync(
                channel,
                async () =>
                {
                    await ChangeAsync(session.Bot.Reactions, reaction, cancellationToken);
                    return true;
                },
                Explain,
                cancellationToken
            );
        }
    }
}
