using System.Text.Json;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Mattermost.Realtime;
using MattermostXsoar.Core.Mirroring.Diagnostics;
using MattermostXsoar.Core.Mirroring.Reading;
using MattermostXsoar.Core.Mirroring.Resilience;
using MattermostXsoar.Core.Platform;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring.ChatToWarRoom;

/// <summary>
/// Passes each live event to the mirrors of its channel. Never waits: each mirror has its own queue.
/// </summary>
internal sealed class ChatEventRouter(
    MattermostAccess mattermost,
    MirrorRuntime runtime,
    IChatMirrors mirrors,
    ChannelReconciler reconciler,
    IConnectionObserver observer
) : IRealtimeSink
{
    // The kinds of events of which one could not be read; the log has each kind once.
    private const int MaxRememberedKinds = 100;

    private readonly HashSet<string> _unreadable = new(StringComparer.Ordinal);

    public ValueTask OnEventAsync(RealtimeEvent realtimeEvent, CancellationToken cancellationToken)
    {
        observer.OnEvent();
        try
        {
            Route(realtimeEvent);
        }
        catch (Exception exception) when (LenientJson.IsInvalid(exception))
        {
            // Whatever the event was about is read from the servers.
            if (_unreadable.Count < MaxRememberedKinds && _unreadable.Add(realtimeEvent.Event))
                runtime.Log.Warning(
                    ListenerLogEvents.AnswerUnreadable,
                    $"An event {realtimeEvent.Event} of Mattermost cannot be read ({exception.GetType().Name}); the channels "
                        + "are read again."
                );
            NoteGap(mirrors.All);
        }

        return default;
    }

    private void Route(RealtimeEvent realtimeEvent)
    {
        switch (realtimeEvent.Event)
        {
            case "posted" when realtimeEvent.Post is { } post:
                Offer(new PostEvent(PostEventKind.Created, post));
                break;
            case "post_edited" when realtimeEvent.Post is { } post:
                Offer(new PostEvent(PostEventKind.Updated, post));
                break;
            case "post_deleted" when realtimeEvent.Post is { } post:
                Offer(new PostEvent(PostEventKind.Deleted, post));
                break;
            case "posted" or "post_edited" or "post_deleted":
                // A post that could not be read from its event is read from the channel.
                NoteGap(mirrors.OfChannel(realtimeEvent.ChannelId));
                break;
            case "reaction_added" or "reaction_removed":
                OfferReaction(realtimeEvent);
                break;
            case "channel_updated":
                Rename(realtimeEvent);
                break;
            case "user_updated":
                if (UserId(realtimeEvent) is { } userId)
                    mattermost.Users.Forget(userId);
                break;
            case "channel_deleted" or "channel_converted":
            case "user_removed" when IsAboutBot(realtimeEvent):
                RequestCheck(mirrors.OfChannel(realtimeEvent.ChannelId));
                break;
            case "channel_restored":
            case "user_added" when IsAboutBot(realtimeEvent):
                // What was posted while the bot could not see the channel is read now.
                RequestCheck(mirrors.OfChannel(realtimeEvent.ChannelId));
                NoteGap(mirrors.OfChannel(realtimeEvent.ChannelId));
                break;
            case "user_added" or "user_removed":
                // Who can read the channel is shown to people.
                RequestCheck(mirrors.OfChannel(realtimeEvent.ChannelId));
                break;
            case "leave_team" or "added_to_team" when IsAboutBot(realtimeEvent):
            case "delete_team" or "restore_team":
                RequestCheck(mirrors.All);
                break;
        }
    }

    public ValueTask OnGapAsync(string reason, CancellationToken cancellationToken)
    {
        runtime.Log.Information(ListenerLogEvents.EventGap, $"The channels are read again: {reason}");
        NoteGap(mirrors.All);
        reconciler.NoteGap();
        observer.OnProgress();
        return default;
    }

    public void OnResumed() => reconciler.NoteResumed();

    public void OnResumeDone() => reconciler.NoteResumeDone();

    public void OnStateChanged(RealtimeState state, string? reason)
    {
        if (state is RealtimeState.Reconnecting or RealtimeState.TokenRejected)
            reconciler.NoteDisconnected();
        observer.OnConnection(state, reason);
    }

    private void Offer(PostEvent post)
    {
        foreach (var mirror in mirrors.OfChannel(post.Post.ChannelId))
            Offer(mirror, post);
    }

    // Until the channels have been compared after a resume, what it lost must not be overtaken: the channel is read.
    private void Offer(IChatMirror mirror, PostEvent post)
    {
        if (reconciler.IsComparisonDue)
            mirror.Chat.NoteGap();
        else
            mirror.Chat.Offer(post);
    }

    // The reaction does not show the post's state: removing one that does not exist is published too, and so is adding
    // one again.
    private void OfferReaction(RealtimeEvent realtimeEvent)
    {
        foreach (
            var mirror in mirrors
                .OfChannel(realtimeEvent.ChannelId)
                .Where(mirror => mirror.Mirror.OptionalAspects.Contains(MessageAspect.Reactions))
        )
        {
            if (RealtimeReaction.Of(realtimeEvent) is { } reaction)
                Offer(mirror, new PostEvent(PostEventKind.Annotated, new MattermostPost { Id = reaction.PostId }));
            else
                mirror.Chat.NoteGap();
        }
    }

    private static void NoteGap(IReadOnlyList<IChatMirror> affected)
    {
        foreach (var mirror in affected)
            mirror.Chat.NoteGap();
    }

    private static void RequestCheck(IReadOnlyList<IChatMirror> affected)
    {
        foreach (var mirror in affected)
            mirror.Channel.RequestCheck();
    }

    // The removed user gets the event in a form of its own: without user_id, but addressed to it (recorded:
    // ws-user_removed-*).
    private bool IsAboutBot(RealtimeEvent realtimeEvent) =>
        realtimeEvent.BroadcastUserId == mattermost.BotUser.Id
        || (
            realtimeEvent.Data.ValueKind == JsonValueKind.Object
            && realtimeEvent.Data.TryGetProperty("user_id", out var id)
            && id.ValueKind == JsonValueKind.String
            && id.GetString() == mattermost.BotUser.Id
        );

    private static string? UserId(RealtimeEvent realtimeEvent) =>
        realtimeEvent.Data.ValueKind == JsonValueKind.Object
        && realtimeEvent.Data.TryGetProperty("user", out var user)
        && user.ValueKind == JsonValueKind.Object
        && user.TryGetProperty("id", out var id)
        && id.ValueKind == JsonValueKind.String
            ? id.GetString()
            : null;

    // A renamed channel keeps its id, and so its mirror; only the name that people see follows.
    private void Rename(RealtimeEvent realtimeEvent)
    {
        if (
            realtimeEvent.Data.ValueKind != JsonValueKind.Object
            || !realtimeEvent.Data.TryGetProperty("channel", out var json)
            || json.ValueKind != JsonValueKind.String
        )
        {
            return;
        }

        try
        {
            if (
                JsonSerializer.Deserialize(json.GetString()!, MattermostJson.Default.MattermostChannel)
                is not { Id.Length: > 0, Name.Length: > 0 } channel
            )
                return;
            foreach (var mirror in mirrors.OfChannel(channel.Id))
            {
                _ = mirror.Health.RenameAsync(channel.Name);
                if (channel.TeamId != mirror.Mirror.TeamId)
                    mirror.Channel.RequestCheck();
            }
        }
        catch (Exception exception) when (LenientJson.IsInvalid(exception))
        {
            // Only the name that people see; the mirror goes by the id.
            runtime.Log.Warning(
                ListenerLogEvents.ChannelNameUpdateFailed,
                $"A channel's new name could not be read: {exception.Message}"
            );
        }
    }
}
