using System.Text.Json;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Mattermost.Realtime;
using MattermostXsoar.Core.Mirroring.Diagnostics;
using MattermostXsoar.Core.Mirroring.Engine;

namespace MattermostXsoar.Core.Mirroring.ChatToWarRoom;

/// <summary>
/// Takes the live events and gives each to the mirrors of its channel. Never waits: each mirror has its own queue.
/// Never throws: that would end the listener.
/// </summary>
internal sealed class ChatEventRouter(MirrorContext context, MirrorSupervisor roster, ListenerStatus status)
    : IRealtimeSink
{
    public ValueTask OnEventAsync(RealtimeEvent realtimeEvent, CancellationToken cancellationToken)
    {
        status.NoteEvent();
        switch (realtimeEvent.Event)
        {
            case "posted" when realtimeEvent.Post is { } post:
                Offer(new PostEvent(PostEventKind.Said, post));
                break;
            case "post_edited" when realtimeEvent.Post is { } post:
                Offer(new PostEvent(PostEventKind.Changed, post));
                break;
            case "post_deleted" when realtimeEvent.Post is { } post:
                Offer(new PostEvent(PostEventKind.Deleted, post));
                break;
            case "posted" or "post_edited" or "post_deleted":
                // A post that could not be read from its event is read from the channel.
                NoteGap(roster.OfChannel(realtimeEvent.ChannelId));
                break;
            case "channel_updated":
                TakeName(realtimeEvent);
                break;
            case "user_updated":
                if (UserId(realtimeEvent) is { } userId)
                    context.Users.Forget(userId);
                break;
            case "channel_deleted" or "channel_converted":
            case "user_removed" when IsAboutBot(realtimeEvent):
                Look(roster.OfChannel(realtimeEvent.ChannelId));
                break;
            case "channel_restored":
            case "user_added" when IsAboutBot(realtimeEvent):
                // What was said while the channel was out of the bot's sight is read now.
                Look(roster.OfChannel(realtimeEvent.ChannelId));
                NoteGap(roster.OfChannel(realtimeEvent.ChannelId));
                break;
            case "leave_team" or "added_to_team" when IsAboutBot(realtimeEvent):
            case "delete_team" or "restore_team":
                Look(roster.All);
                break;
        }

        return default;
    }

    public ValueTask OnGapAsync(string reason, CancellationToken cancellationToken)
    {
        context.Log.Information(ListenerLogEvents.Gap, $"The channels are read again: {reason}");
        NoteGap(roster.All);
        status.NoteProgress();
        return default;
    }

    public void OnStateChanged(RealtimeState state, string? reason) => status.NoteConnection(state, reason);

    private void Offer(PostEvent post)
    {
        foreach (var worker in roster.OfChannel(post.Post.ChannelId))
            worker.Chat.Offer(post);
    }

    private static void NoteGap(IReadOnlyList<MirrorWorker> workers)
    {
        foreach (var worker in workers)
            worker.Chat.NoteGap();
    }

    private static void Look(IReadOnlyList<MirrorWorker> workers)
    {
        foreach (var worker in workers)
            worker.Channel.Look();
    }

    // The removed one is told in a shape of its own: no user_id, but addressed to it (recorded: ws-user_removed-*).
    private bool IsAboutBot(RealtimeEvent realtimeEvent) =>
        realtimeEvent.BroadcastUserId == context.BotUser.Id
        || (
            realtimeEvent.Data.ValueKind == JsonValueKind.Object
            && realtimeEvent.Data.TryGetProperty("user_id", out var id)
            && id.ValueKind == JsonValueKind.String
            && id.GetString() == context.BotUser.Id
        );

    private static string? UserId(RealtimeEvent realtimeEvent) =>
        realtimeEvent.Data.ValueKind == JsonValueKind.Object
        && realtimeEvent.Data.TryGetProperty("user", out var user)
        && user.ValueKind == JsonValueKind.Object
        && user.TryGetProperty("id", out var id)
            ? id.GetString()
            : null;

    // A renamed channel keeps its id, and so its mirror; only the name that people see follows.
    private void TakeName(RealtimeEvent realtimeEvent)
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
                is not { } channel
            )
                return;
            foreach (var worker in roster.OfChannel(channel.Id))
                _ = worker.Health.RenameAsync(channel.Name);
        }
        catch (JsonException exception)
        {
            // Only what people see of the name; the mirror goes by the id.
            context.Log.Warning(
                ListenerLogEvents.ChannelNameNotUpdated,
                $"A channel's new name could not be read: {exception.Message}"
            );
        }
    }
}
