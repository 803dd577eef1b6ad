using System.Globalization;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Mirroring.Translation;
using MattermostXsoar.Core.Mirroring.WarRoom;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring.Delivery;

/// <summary>
/// Delivers posts into the War Room, as formatted entries only: the route for plain entries runs what begins with
/// <c>!</c>, <c>/</c> or <c>@</c>.
/// </summary>
internal sealed class WarRoomTarget(MirrorContext context, MirrorRecord mirror) : IDeliveryTarget
{
    private readonly ChatToWarRoomTranslator _translator = new(context.Bot.BaseUri);
    private readonly WarRoomReader _reader = new(context.Xsoar);

    public async Task<string> SendAsync(DeliveryRecord line, CancellationToken cancellationToken)
    {
        var said = ChatLine.FromJson(line.Payload);
        var author = await context.Users.FindAsync(said.UserId, cancellationToken).ConfigureAwait(false);
        var root = said.RootId.Length > 0 ? await FindPostAsync(said.RootId, cancellationToken).ConfigureAwait(false) : null;
        var rootAuthor = root is null ? null : await context.Users.FindAsync(root.UserId, cancellationToken).ConfigureAwait(false);
        var contents = _translator.Translate(said, author, mirror.TeamName, root, rootAuthor);
        var entry = await context.Xsoar
            .AddFormattedEntryAsync(mirror.InvestigationId, contents, cancellationToken: cancellationToken).ConfigureAwait(false);
        return entry.Id;
    }

    public async Task<IReadOnlyDictionary<long, string>> FindAsync(
        IReadOnlyList<DeliveryRecord> lines, CancellationToken cancellationToken)
    {
        var floor = lines.Min(FloorOf);
        DateTimeOffset? from = floor > 0 ? new DateTimeOffset(floor, TimeSpan.Zero) - context.Options.WarRoomOverlap : null;
        var room = await _reader.ReadAsync(mirror.InvestigationId, from, cancellationToken).ConfigureAwait(false);
        var entries = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in room.Entries)
        {
            if (SourceMark.PostIdOn(entry.Contents) is { } postId)
                entries[postId] = entry.Id;
        }

        return lines.Where(line => entries.ContainsKey(line.SourceId)).ToDictionary(line => line.Id, line => entries[line.SourceId]);
    }

    private static long FloorOf(DeliveryRecord line) =>
        long.TryParse(line.Floor, NumberStyles.Integer, CultureInfo.InvariantCulture, out var ticks) ? ticks : 0;

    private async Task<MattermostPost?> FindPostAsync(string postId, CancellationToken cancellationToken)
    {
        try
        {
            return await context.Bot.Posts.GetAsync(postId, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException exception) when (exception.Kind is ErrorKind.NotFound or ErrorKind.Permission or ErrorKind.InvalidArgument)
        {
            // Deleted since: the reply is said without its quote.
            return null;
        }
    }
}
