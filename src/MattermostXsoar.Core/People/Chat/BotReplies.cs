using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Mirroring.Diagnostics;
using MattermostXsoar.Core.Mirroring.Engine;
using MattermostXsoar.Core.Mirroring.Markup;
using MattermostXsoar.Core.Mirroring.Reading;
using MattermostXsoar.Core.Mirroring.Resilience;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.People.Chat;

/// <summary>
/// Posts the answers to messages, each once: it names the message in its props, by which it is found again when it is
/// not known whether it was posted.
/// </summary>
internal sealed class BotReplies(MirrorContext context)
{
    // Of the clock, and of posts that the server publishes out of order.
    private static readonly TimeSpan LookBack = TimeSpan.FromMinutes(1);

    private readonly ChatRetry _retry = new(context, ListenerLogEvents.ReplyFailed);
    private readonly MentionGuard _mentions = new();

    /// <summary>Posts an answer.</summary>
    /// <param name="message">The message, with its answer.</param>
    /// <param name="mayBePosted">Whether an ended process may have posted it.</param>
    /// <param name="stopping">Ends the wait.</param>
    public async Task SendAsync(HandledMessage message, bool mayBePosted, CancellationToken stopping)
    {
        var isDoubtful = mayBePosted;
        try
        {
            await _retry
                .RunAsync(
                    async () =>
                    {
                        if (isDoubtful && await IsPostedAsync(message, stopping).ConfigureAwait(false))
                            return true;
                        isDoubtful = false;
                        context.Runtime.StopPoints.At(StopPoint.BeforeReply);
                        try
                        {
                            await context
                                .Mattermost.Bot.Posts.CreateAsync(PostOf(message), stopping)
                                .ConfigureAwait(false);
                            context.Runtime.StopPoints.At(StopPoint.AfterReply);
                            return true;
                        }
                        catch (Exception error) when (error is not ApiException { OutcomeUnknown: false })
                        {
                            isDoubtful = true;
                            throw;
                        }
                    },
                    ChatRetry.ManyTries,
                    stopping
                )
                .ConfigureAwait(false);
        }
        catch (AttemptsExhaustedException exhausted)
        {
            context.Runtime.Log.Warning(
                ListenerLogEvents.ReplyFailed,
                $"Message {message.PostId} in channel {message.ChannelId} could not be answered: "
                    + exhausted.InnerException?.Message,
                null,
                new() { Error = exhausted.InnerException }
            );
        }
    }

    // In a channel the answer is in the thread of the message, so that it disturbs nobody.
    private NewPost PostOf(HandledMessage message) =>
        new()
        {
            ChannelId = message.ChannelId,
            Message = message.IsDirect ? message.Reply! : _mentions.Defuse(message.Reply!),
            RootId =
                message.RootId.Length > 0 ? message.RootId
                : message.IsDirect ? null
                : message.PostId,
            Props = new Dictionary<string, string> { [PostProps.ReplyTo] = message.PostId },
        };

    private async Task<bool> IsPostedAsync(HandledMessage message, CancellationToken cancellationToken)
    {
        var (posts, _) = await new ChannelReader(context.Mattermost.Bot)
            .ReadSinceAsync(message.ChannelId, message.WrittenAt - (long)LookBack.TotalMilliseconds, cancellationToken)
            .ConfigureAwait(false);
        // Anybody may give a post such a property.
        return posts.Any(post => post.UserId == context.Mattermost.BotUser.Id && post.ReplyTo == message.PostId);
    }
}
