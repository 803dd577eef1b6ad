using System.Globalization;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Mirroring.Chat;
using MattermostXsoar.Core.Mirroring.Translation;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring.Delivery;

/// <summary>
/// Delivers entries into the channel, as the bot's posts. Each carries its entry's id in its props, by which it is found
/// again, and a <c>pending_post_id</c> made of the same: within half a minute the server itself answers a repetition with
/// the first post (server/channels/app/post.go, deduplicateCreatePost).
/// </summary>
internal sealed class ChatTarget(MirrorContext context, MirrorRecord mirror) : IDeliveryTarget
{
    private const string EntryProp = "xsoar_entry_id";
    private const string PartProp = "xsoar_part";
    private const string InvestigationProp = "xsoar_investigation_id";

    private readonly ChannelReader _reader = new(context.Bot);

    public async Task<string> SendAsync(DeliveryRecord line, CancellationToken cancellationToken)
    {
        var part = line.Part.ToString(CultureInfo.InvariantCulture);
        var post = new NewPost
        {
            ChannelId = mirror.ChannelId,
            Message = WarRoomLine.FromJson(line.Payload).Text,
            RootId = line.Part > 0 ? context.Store.TargetOf(mirror.Id, line.Direction, line.SourceId, 0) : null,
            PendingPostId = $"{context.BotUser.Id}:{mirror.ChannelId}:{line.SourceId}:{part}",
            Props = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                [EntryProp] = line.SourceId,
                [PartProp] = part,
                [InvestigationProp] = mirror.InvestigationId,
            },
        };
        try
        {
            return (await context.Bot.Posts.CreateAsync(post, cancellationToken).ConfigureAwait(false)).Id;
        }
        catch (ApiException exception) when (exception.Kind == ErrorKind.Permission)
        {
            // The bot was removed from the channel: the personal token's user may let it in again.
            await context.Personal.Channels.AddMemberAsync(mirror.ChannelId, context.BotUser.Id, cancellationToken).ConfigureAwait(false);
            context.Log.Warning("BotAddedAgain", "The bot was not in the channel any more; it was added again.", $"{mirror.InvestigationId}/{mirror.ChannelName}");
            return (await context.Bot.Posts.CreateAsync(post, cancellationToken).ConfigureAwait(false)).Id;
        }
    }

    public async Task<IReadOnlyDictionary<long, string>> FindAsync(
        IReadOnlyList<DeliveryRecord> lines, CancellationToken cancellationToken)
    {
        // Lines are in order, so the first one's floor is the earliest.
        var wanted = lines.ToDictionary(line => (line.SourceId, line.Part), line => line.Id);
        var found = new Dictionary<long, string>();
        await foreach (var page in _reader.ReadAsync(mirror.ChannelId, lines[0].Floor, 0, cancellationToken).ConfigureAwait(false))
        {
            foreach (var post in page)
            {
                if (post.UserId == context.BotUser.Id && post.EntryId is { } entryId
                    && wanted.TryGetValue((entryId, post.EntryPart ?? 0), out var id))
                {
                    found[id] = post.Id;
                }
            }
        }

        return found;
    }
}
