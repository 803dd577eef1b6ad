using System.Globalization;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Http;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Mirroring.Markup;
using MattermostXsoar.Core.Mirroring.Outbox;
using MattermostXsoar.Core.Mirroring.Reading;
using MattermostXsoar.Core.Mirroring.Resilience;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring.ChatToWarRoom;

/// <summary>
/// Delivers posts into the War Room, as formatted entries and files only: the route for plain entries runs what begins
/// with
/// <c>!</c>, <c>/</c> or <c>@</c>.
/// </summary>
internal sealed class WarRoomSink(MirrorContext context, MirrorRecord mirror) : IDeliverySink
{
    // For a file whose id the server did not tell, neither in its answer nor in the War Room.
    private const string UnknownId = "unknown";

    private readonly EntryFormatter _translator = new(context.Bot.BaseUri, context.BotUser.Id);
    private readonly WarRoomReader _reader = new(context.Xsoar, context.WarRoomPageLimit);

    public async Task<DeliveryOutcome> SendAsync(DeliveryRecord line, CancellationToken cancellationToken)
    {
        var said = PostPayload.FromJson(line.Payload);
        if (line.Kind == DeliveryKind.Deletion)
        {
            // One entry speaks for all parts; what never arrived need not be said to be gone.
            return line.Part > 0 || !HasArrived(line)
                ? DeliveryOutcome.Nothing
                : DeliveryOutcome.Arrived(
                    await SayAsync(
                            await DeletionAsync(line, said, cancellationToken).ConfigureAwait(false),
                            cancellationToken
                        )
                        .ConfigureAwait(false)
                );
        }

        if (line.Kind != DeliveryKind.Message || said.FileId.Length == 0)
            return DeliveryOutcome.Arrived(
                await SayAsync(
                        await TextAsync(line, said, null, cancellationToken).ConfigureAwait(false),
                        cancellationToken
                    )
                    .ConfigureAwait(false)
            );
        try
        {
            return DeliveryOutcome.Arrived(await UploadAsync(line, said, cancellationToken).ConfigureAwait(false));
        }
        catch (MattermostXsoarException exception) when (FailurePolicy.IsRefusedFile(exception))
        {
            var note = FileNote.NotCarried(said.FileName, said.FileSize, exception, "the War Room");
            var text = await TextAsync(line, said, note, cancellationToken).ConfigureAwait(false);
            return DeliveryOutcome.Refused(
                await SayAsync(text, cancellationToken).ConfigureAwait(false),
                FailurePolicy.Explain(exception)
            );
        }
    }

    public async Task<Func<DeliveryRecord, string?>> FindAsync(
        IReadOnlyList<DeliveryRecord> lines,
        CancellationToken cancellationToken
    )
    {
        var floor = lines.Min(FloorOf);
        DateTimeOffset? from =
            floor > 0 ? new DateTimeOffset(floor, TimeSpan.Zero) - context.Options.WarRoomOverlap : null;
        var found = await FindAsync(from, cancellationToken).ConfigureAwait(false);
        // After the server's clock was set back, entries lie before the floor.
        return from is null || lines.All(line => found(line) is not null)
            ? found
            : await FindAsync(from - context.Options.EditWindow, cancellationToken).ConfigureAwait(false);
    }

    private async Task<Func<DeliveryRecord, string?>> FindAsync(
        DateTimeOffset? from,
        CancellationToken cancellationToken
    )
    {
        var room = await _reader.ReadAsync(mirror.InvestigationId, from, cancellationToken).ConfigureAwait(false);
        var entries = new Dictionary<(string PostId, string What), string>();
        foreach (var entry in room.Entries)
        {
            if (BackLink.On(entry.Contents) is { } mark)
                entries[mark] = entry.Id;
        }

        return line => entries.TryGetValue(KeyOf(line), out var id) ? id : null;
    }

    private static (string PostId, string What) KeyOf(DeliveryRecord line) => (line.SourceId, BackLink.WhatIs(line));

    private static long FloorOf(DeliveryRecord line) =>
        long.TryParse(line.Floor, NumberStyles.Integer, CultureInfo.InvariantCulture, out var ticks) ? ticks : 0;

    private bool HasArrived(DeliveryRecord line) =>
        Enumerable
            .Range(0, context.Store.PartsOf(mirror.Id, line.Direction, line.SourceId))
            .Any(part => context.Store.TargetOf(mirror.Id, line.Direction, line.SourceId, part) is not null);

    private async Task<string> SayAsync(string text, CancellationToken cancellationToken) =>
        (
            await context
                .Xsoar.AddFormattedEntryAsync(mirror.InvestigationId, text, cancellationToken: cancellationToken)
                .ConfigureAwait(false)
        ).Id;

    private async Task<string> UploadAsync(DeliveryRecord line, PostPayload said, CancellationToken cancellationToken)
    {
        var files = context.Bot.Files;
        var comment = await TextAsync(line, said, null, cancellationToken).ConfigureAwait(false);
        using var download = await files.OpenAsync(said.FileId, cancellationToken).ConfigureAwait(false);
        var name =
            said.FileName.Length > 0
                ? said.FileName
                : (await files.GetInfoAsync(said.FileId, cancellationToken).ConfigureAwait(false)).Name;
        var file = FileSource.Of(name, download, again => files.OpenAsync(said.FileId, again));
        context.StopPoints.At(StopPoint.BeforeFileIsShown, line.Direction);
        var entry = await context
            .Xsoar.Files.UploadAsync(mirror.InvestigationId, file, comment, null, cancellationToken)
            .ConfigureAwait(false);
        if (entry is not null)
            return entry.Id;
        var find = await FindAsync([line], cancellationToken).ConfigureAwait(false);
        return find(line) ?? UnknownId;
    }

    private async Task<string> DeletionAsync(
        DeliveryRecord line,
        PostPayload said,
        CancellationToken cancellationToken
    ) =>
        _translator.TranslateDeletion(
            said,
            DateTimeOffset.FromUnixTimeMilliseconds(line.SourceAt),
            await AuthorAsync(said, cancellationToken).ConfigureAwait(false),
            mirror.TeamName,
            BackLink.WhatIs(line)
        );

    private async Task<string> TextAsync(
        DeliveryRecord line,
        PostPayload said,
        string? note,
        CancellationToken cancellationToken
    )
    {
        var author = await AuthorAsync(said, cancellationToken).ConfigureAwait(false);
        // Only the first of a post's entries has its text, and the quote of what it replies to.
        var root =
            said.RootId.Length > 0 && line.Part == 0
                ? await FindPostAsync(said.RootId, cancellationToken).ConfigureAwait(false)
                : null;
        var rootAuthor = root is null
            ? null
            : await context.Users.FindAsync(root.UserId, cancellationToken).ConfigureAwait(false);
        return _translator.Translate(
            said,
            author,
            mirror.TeamName,
            root,
            rootAuthor,
            BackLink.WhatIs(line),
            note ?? FileNote.For(line, said)
        );
    }

    private async Task<MattermostUser?> AuthorAsync(PostPayload said, CancellationToken cancellationToken) =>
        said.UserId.Length == 0
            ? null
            : await context.Users.FindAsync(said.UserId, cancellationToken).ConfigureAwait(false);

    private async Task<MattermostPost?> FindPostAsync(string postId, CancellationToken cancellationToken)
    {
        try
        {
            return await context.Bot.Posts.GetAsync(postId, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException exception)
            when (exception.Kind is ErrorKind.NotFound or ErrorKind.Permission or ErrorKind.InvalidArgument)
        {
            // Deleted since: the reply is said without its quote.
            return null;
        }
    }
}
