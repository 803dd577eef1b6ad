using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using MattermostXsoar.Core.Concurrency;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Mattermost.Realtime;
using MattermostXsoar.Core.Mirroring.Diagnostics;
using MattermostXsoar.Core.Mirroring.Engine;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.Mirroring.Reading;
using MattermostXsoar.Core.Mirroring.Resilience;
using MattermostXsoar.Core.Platform;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.People.Chat;

/// <summary>
/// Finds the messages to the bot and records them: from the events, and after a gap from the channels that the bot is
/// in. How far they are read is kept, so that what was written while nobody listened is found too.
/// </summary>
internal sealed class BotMessageIntake
{
    // The newest post that was seen (ms, Mattermost's clock).
    private const string ReadUpToKey = "bot-messages";

    // The newest post at the very first start: nobody has been answered before, and is not answered then.
    private const string SinceKey = "bot-messages-since";
    private const int MostWaiting = 10_000;
    private static readonly TimeSpan KeepInterval = TimeSpan.FromMinutes(1);

    private readonly MirrorContext _context;
    private readonly ChatSettings _settings;
    private readonly AsyncSignal _due;
    private readonly ConcurrentQueue<HandledMessage> _arrived = new();
    private readonly RetryLoop _retry;
    private long _newest;
    private long _kept = -1;
    private long _keptAt;
    private int _isGap;

    /// <param name="context">Servers, store and runtime.</param>
    /// <param name="settings">How old a message may be.</param>
    /// <param name="due">Is set when there is something to record.</param>
    public BotMessageIntake(MirrorContext context, ChatSettings settings, AsyncSignal due)
    {
        (_context, _settings, _due) = (context, settings, due);
        _retry = new RetryLoop(
            context.Runtime,
            new RecurringErrorLog(
                context.Runtime.Log,
                context.Runtime.Time,
                ListenerLogEvents.MessageReadFailed,
                ListenerLogLevel.Warning
            )
        );
    }

    /// <summary>Takes an event in. Never waits.</summary>
    public void OnEvent(RealtimeEvent realtimeEvent)
    {
        if (realtimeEvent.Event != "posted")
            return;
        if (realtimeEvent.Post is not { } post || _arrived.Count >= MostWaiting)
        {
            OnGap();
            return;
        }

        // Only direct and group messages are in no team.
        var message = MessageOf(post, realtimeEvent.TeamId.Length == 0 && ChannelTypeOf(realtimeEvent) == "D");
        if (message is not null)
            _arrived.Enqueue(message);
        // After it is in the queue: what is kept as read has been taken out of there.
        NoteSeen(post.CreateAtMs);
        if (message is not null)
            _due.Set();
    }

    /// <summary>Events may be missing: the channels are read.</summary>
    public void OnGap()
    {
        Volatile.Write(ref _isGap, 1);
        _due.Set();
    }

    /// <summary>Records everything that has arrived; after a gap, everything that was missed.</summary>
    public async Task RecordAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _isGap, 0) == 1)
            await _retry.RunAsync(() => CatchUpAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
        var newest = Interlocked.Read(ref _newest);
        var messages = new List<HandledMessage>();
        while (_arrived.TryDequeue(out var message))
            messages.Add(message);
        await RecordAsync(messages).ConfigureAwait(false);
        // What a gap hides is older than what came after it.
        if (Volatile.Read(ref _isGap) == 0 && IsKeepingDue(newest, messages.Count > 0))
            await KeepAsync(newest).ConfigureAwait(false);
    }

    private async Task RecordAsync(List<HandledMessage> messages)
    {
        // A reply in the thread of a question is an answer, or is answered by the question.
        messages.RemoveAll(message =>
            message.RootId is { Length: > 0 } rootId && _context.Store.Questions.OfThread(rootId).Count > 0
        );
        if (messages.Count == 0 || await _context.Store.Messages.RecordAsync(messages).ConfigureAwait(false) == 0)
            return;
        _context.Runtime.StopPoints.At(StopPoint.MessageRecorded);
    }

    private bool IsKeepingDue(long newest, bool hasMessages) =>
        newest > _kept && (hasMessages || _context.Runtime.Time.GetElapsedTime(_keptAt) >= KeepInterval);

    private async Task KeepAsync(long newest)
    {
        await _context
            .Store.KeepAsync(ReadUpToKey, newest.ToString(CultureInfo.InvariantCulture))
            .ConfigureAwait(false);
        (_kept, _keptAt) = (newest, _context.Runtime.Time.GetTimestamp());
    }

    private async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        var channels = await ListChannelsAsync(cancellationToken).ConfigureAwait(false);
        var newest = channels.Count == 0 ? 0 : channels.Max(channel => channel.LastPostAtMs);
        if (Kept(SinceKey) is { } first)
        {
            var overlap = (long)_context.Runtime.Options.ChatOverlap.TotalMilliseconds;
            var oldest = (_context.Runtime.Time.GetUtcNow() - _settings.MaxAge).ToUnixTimeMilliseconds();
            var since = Math.Max(Math.Max((Kept(ReadUpToKey) ?? first) - overlap, oldest), first + 1);
            foreach (var channel in channels.Where(channel => channel.LastPostAtMs >= since && !channel.IsArchived))
                await ReadAsync(channel, since, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await _context
                .Store.KeepAsync(SinceKey, newest.ToString(CultureInfo.InvariantCulture))
                .ConfigureAwait(false);
        }

        NoteSeen(newest);
        await KeepAsync(Math.Max(newest, Kept(ReadUpToKey) ?? 0)).ConfigureAwait(false);
    }

    private async Task ReadAsync(MattermostChannel channel, long since, CancellationToken cancellationToken)
    {
        try
        {
            var (posts, _) = await new ChannelReader(_context.Mattermost.Bot)
                .ReadSinceAsync(channel.Id, since, cancellationToken)
                .ConfigureAwait(false);
            await RecordAsync([
                    .. posts
                        .Select(post => MessageOf(post, channel.Type == "D"))
                        .OfType<HandledMessage>()
                        .Where(message => !_context.Store.Messages.Has(message.PostId)),
                ])
                .ConfigureAwait(false);
        }
        catch (ApiException error) when (error.Kind is ErrorKind.NotFound or ErrorKind.Permission)
        {
            // The bot was removed from it, or it was archived, since the channels were listed.
        }
    }

    private async Task<IReadOnlyList<MattermostChannel>> ListChannelsAsync(CancellationToken cancellationToken)
    {
        var (bot, id) = (_context.Mattermost.Bot, _context.Mattermost.BotUser.Id);
        try
        {
            return await bot.Channels.ListForUserAsync(id, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException error)
            when (error.Kind is ErrorKind.NotImplemented or ErrorKind.NotFound or ErrorKind.Permission)
        {
            // Servers before 6.1: direct messages are in the list of each team.
            var channels = new Dictionary<string, MattermostChannel>(StringComparer.Ordinal);
            foreach (var team in await bot.Teams.ListForUserAsync(id, cancellationToken).ConfigureAwait(false))
            {
                foreach (
                    var channel in await bot
                        .Channels.ListForUserAsync(id, team.Id, cancellationToken)
                        .ConfigureAwait(false)
                )
                    channels[channel.Id] = channel;
            }

            return [.. channels.Values];
        }
    }

    private long? Kept(string key) =>
        long.TryParse(_context.Store.ReadKept(key), NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            ? at
            : null;

    // Props prove nothing about a person, who may set any; but whoever says to be a program is not answered.
    private HandledMessage? MessageOf(MattermostPost post, bool isDirect)
    {
        var bot = _context.Mattermost.BotUser;
        if (
            post.UserId == bot.Id
            || post.UserId.Length == 0
            || post.Type.Length > 0
            || post.DeleteAtMs > 0
            || post.IsFromBot
            || post.IsFromWebhook
        )
            return null;
        var forBot = BotMention.Remove(post.Source, bot.Username);
        if (forBot is null && !isDirect)
            return null;
        return new HandledMessage
        {
            PostId = post.Id,
            ChannelId = post.ChannelId,
            RootId = post.RootId,
            UserId = post.UserId,
            IsDirect = isDirect,
            Text = (forBot ?? post.Source).Trim(),
            WrittenAt = post.CreateAtMs,
        };
    }

    private void NoteSeen(long at)
    {
        var known = Interlocked.Read(ref _newest);
        while (at > known)
        {
            var before = Interlocked.CompareExchange(ref _newest, at, known);
            if (before == known)
                return;
            known = before;
        }
    }

    private static string ChannelTypeOf(RealtimeEvent realtimeEvent)
    {
        try
        {
            return
                realtimeEvent.Data.ValueKind == JsonValueKind.Object
                && realtimeEvent.Data.TryGetProperty("channel_type", out var type)
                ? type.TextOrEmpty()
                : "";
        }
        catch (Exception exception) when (LenientJson.IsInvalid(exception))
        {
            return "";
        }
    }
}
