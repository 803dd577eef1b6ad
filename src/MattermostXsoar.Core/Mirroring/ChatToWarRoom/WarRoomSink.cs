using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Http;
using MattermostXsoar.Core.Mirroring.Markup;
using MattermostXsoar.Core.Mirroring.Outbox;
using MattermostXsoar.Core.Mirroring.Reading;
using MattermostXsoar.Core.Mirroring.Resilience;
using MattermostXsoar.Core.Platform;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring.ChatToWarRoom;

/// <summary>
/// Delivers posts into the War Room, as formatted entries and files only: the route for plain entries runs a text that
/// begins with <c>!</c>, <c>/</c> or <c>@</c> as a command.
/// </summary>
internal sealed class WarRoomSink(
    MattermostAccess mattermost,
    XsoarAccess xsoar,
    StateStore store,
    MirrorRuntime runtime,
    MirrorHealth health,
    IReadOnlyList<IPostAnnotation> annotations
) : IDeliverySink
{
    // For a file whose id the server returned neither in its answer nor in the War Room.
    private const string UnknownId = "unknown";

    private static readonly TimeSpan AnswerCheck = TimeSpan.FromMilliseconds(20);

    private readonly MirrorRecord _mirror = health.Mirror;
    private readonly EntryComposer _composer = new(mattermost, health.Mirror);
    private readonly FileChanges _changes = new(xsoar, store, runtime, health.Mirror);
    private readonly WarRoomReader _reader = new(xsoar.Client, xsoar.PageLimit);

    public async Task<DeliveryOutcome> SendAsync(DeliveryRecord delivery, CancellationToken cancellationToken)
    {
        var post = PostPayload.FromJson(delivery.Payload).WithFile(delivery.Item);
        // Every call would be refused; what no call is made for is not needed, whether it is closed or not.
        if (health.IsClosing)
        {
            return await IsNeededAsync(delivery, post, cancellationToken).ConfigureAwait(false)
                ? DeliveryOutcome.RefusedChange(NotAdded.Reason)
                : DeliveryOutcome.Nothing;
        }

        if (delivery.Kind == DeliveryKind.Annotation)
        {
            return await annotations
                .Single(annotation => annotation.Aspect == delivery.Aspect)
                .SendAsync(delivery, post, cancellationToken)
                .ConfigureAwait(false);
        }

        if (delivery.Kind == DeliveryKind.Notice)
            return await ReportGapAsync(delivery, post, cancellationToken).ConfigureAwait(false);
        if (delivery.Kind == DeliveryKind.Deletion)
        {
            // One entry reports all parts; for what never arrived none is needed.
            return delivery.Part > 0 || !HasArrived(delivery)
                ? DeliveryOutcome.Nothing
                : DeliveryOutcome.Arrived(
                    await AddEntryAsync(
                            await _composer
                                .ComposeDeletionAsync(delivery, post, cancellationToken)
                                .ConfigureAwait(false),
                            cancellationToken
                        )
                        .ConfigureAwait(false)
                );
        }

        if (
            await IsAnswerAsync(delivery, post, cancellationToken).ConfigureAwait(false)
            || await IsByBotAsync(post, cancellationToken).ConfigureAwait(false)
        )
            return DeliveryOutcome.Nothing;
        if (delivery.Kind != DeliveryKind.Message || post.FileId.Length == 0)
        {
            var changes =
                delivery.Kind == DeliveryKind.Edit
                    ? await _changes.DescribeAsync(delivery, post, cancellationToken).ConfigureAwait(false)
                    : null;
            return DeliveryOutcome.Arrived(
                await AddEntryAsync(
                        await _composer.ComposeAsync(delivery, post, changes, cancellationToken).ConfigureAwait(false),
                        cancellationToken
                    )
                    .ConfigureAwait(false)
            );
        }

        try
        {
            return DeliveryOutcome.Arrived(await UploadAsync(delivery, post, cancellationToken).ConfigureAwait(false));
        }
        catch (MattermostXsoarException exception) when (FailurePolicy.IsRefusedFile(exception))
        {
            // Refused again: the War Room has the note already.
            if (delivery.TargetId is { } noteId)
                return DeliveryOutcome.Refused(noteId, ErrorSummary.Of(exception));
            var note = FileNote.NotMirrored(post.FileName, post.FileSize, exception, "the War Room");
            var text = await _composer.ComposeAsync(delivery, post, note, cancellationToken).ConfigureAwait(false);
            return DeliveryOutcome.Refused(
                await AddEntryAsync(text, cancellationToken).ConfigureAwait(false),
                ErrorSummary.Of(exception)
            );
        }
    }

    private async Task<bool> IsNeededAsync(
        DeliveryRecord delivery,
        PostPayload post,
        CancellationToken cancellationToken
    ) =>
        delivery.Kind switch
        {
            DeliveryKind.Deletion => delivery.Part == 0 && HasArrived(delivery),
            DeliveryKind.Message or DeliveryKind.Edit => !await IsByBotAsync(post, cancellationToken)
                .ConfigureAwait(false),
            _ => true,
        };

    public async Task<Func<DeliveryRecord, string?>> FindAsync(
        IReadOnlyList<DeliveryRecord> deliveries,
        CancellationToken cancellationToken
    )
    {
        var find = await ReadMarksAsync(deliveries, BackLink.WhatIs, cancellationToken).ConfigureAwait(false);
        // A notice is looked up when it is sent: what it reports counts as failed all the same.
        return delivery => delivery.Kind == DeliveryKind.Notice ? null : find(delivery);
    }

    // The messages were not mirrored: an entry reports it, and the delivery counts as failed until a person retries it.
    private async Task<DeliveryOutcome> ReportGapAsync(
        DeliveryRecord delivery,
        PostPayload post,
        CancellationToken cancellationToken
    )
    {
        if (delivery.TargetId is { } reported)
            return DeliveryOutcome.Arrived(reported);
        var find = await ReadMarksAsync([delivery], BackLink.WhatIs, cancellationToken).ConfigureAwait(false);
        var text = _composer.ComposeNote(post, $"*({post.Message})*", BackLink.WhatIs(delivery));
        return DeliveryOutcome.Refused(
            find(delivery) ?? await AddEntryAsync(text, cancellationToken).ConfigureAwait(false),
            $"{post.Message} {GapNote.Advice}"
        );
    }

    public Task ProbeAsync(CancellationToken cancellationToken) =>
        ServerProbe.AskAsync(mattermost, xsoar, _mirror.InvestigationId, cancellationToken);

    public async Task<DeliveryOutcome> GiveUpAsync(
        DeliveryRecord delivery,
        Exception cause,
        CancellationToken cancellationToken
    )
    {
        if (health.IsClosing)
            return DeliveryOutcome.RefusedChange(NotAdded.Reason);
        var post = PostPayload.FromJson(delivery.Payload).WithFile(delivery.Item);
        var find = await ReadMarksAsync([delivery], NoteOf, cancellationToken).ConfigureAwait(false);
        var hasFile = delivery.Kind == DeliveryKind.Message && post.FileId.Length > 0;
        var note = RefusalNote.For(delivery, hasFile, "A message", "the War Room");
        var noteId =
            find(delivery)
            ?? await AddEntryAsync(_composer.ComposeNote(post, note, NoteOf(delivery)), cancellationToken)
                .ConfigureAwait(false);
        return delivery.IsChange
            ? DeliveryOutcome.RefusedChange(RefusalNote.Reason(cause))
            : DeliveryOutcome.Refused(noteId, RefusalNote.Reason(cause));
    }

    private async Task<Func<DeliveryRecord, string?>> ReadMarksAsync(
        IReadOnlyList<DeliveryRecord> deliveries,
        Func<DeliveryRecord, string> whatIs,
        CancellationToken cancellationToken
    )
    {
        var start = deliveries.Min(delivery => delivery.LookupStart.Ticks);
        DateTimeOffset? from =
            start > 0 ? new DateTimeOffset(start, TimeSpan.Zero) - runtime.Options.WarRoomOverlap : null;
        var found = await ReadMarksAsync(from, whatIs, cancellationToken).ConfigureAwait(false);
        // After the server's clock was set back, new entries have earlier times than that.
        return from is null || deliveries.All(delivery => found(delivery) is not null)
            ? found
            : await ReadMarksAsync(from - runtime.Options.EditWindow, whatIs, cancellationToken).ConfigureAwait(false);
    }

    private async Task<Func<DeliveryRecord, string?>> ReadMarksAsync(
        DateTimeOffset? from,
        Func<DeliveryRecord, string> whatIs,
        CancellationToken cancellationToken
    )
    {
        var room = await _reader.ReadAsync(_mirror.InvestigationId, from, cancellationToken).ConfigureAwait(false);
        var entries = new Dictionary<(string PostId, string What), string>();
        foreach (var entry in room.Entries)
        {
            if (BackLink.On(entry.Contents) is { } mark)
                entries[mark] = entry.Id;
        }

        return delivery => entries.TryGetValue((delivery.SourceId, whatIs(delivery)), out var id) ? id : null;
    }

    // Only now: recording waits for no server. An author whom the server does not know any more counts as a person.
    private async Task<bool> IsByBotAsync(PostPayload post, CancellationToken cancellationToken) =>
        post.UserId.Length > 0
        && await mattermost.Users.FindAsync(post.UserId, cancellationToken).ConfigureAwait(false) is { IsBot: true };

    // The answer to a question becomes an entry of its own (not where it completes a task). Who may answer, and who was
    // first, is decided beside the mirrors: that is given a moment, and any other reply is a message like all others.
    private async Task<bool> IsAnswerAsync(
        DeliveryRecord delivery,
        PostPayload post,
        CancellationToken cancellationToken
    )
    {
        if (
            post.RootId.Length == 0
            || post.FileId.Length > 0
            || delivery is not { Kind: DeliveryKind.Message, IsFurtherPart: false }
        )
            return false;
        var startedAt = runtime.Time.GetTimestamp();
        while (true)
        {
            // Before the answer is looked for: a question is closed in the same transaction.
            var questions = store
                .Questions.OfThread(post.RootId)
                .Where(question => question.InvestigationId == _mirror.InvestigationId && question.TaskId.Length == 0)
                .ToList();
            if (questions.Count == 0)
                return false;
            if (store.Questions.IsAnswer(post.PostId))
                return true;
            var mayBecome = questions.Exists(question =>
                !question.IsClosed && QuestionChoice.Of(question.Options, post.Message) >= 0
            );
            if (!mayBecome || runtime.Time.GetElapsedTime(startedAt) >= runtime.Options.AnswerDecision)
                return false;
            await runtime.Time.Delay(AnswerCheck, cancellationToken).ConfigureAwait(false);
        }
    }

    private static string NoteOf(DeliveryRecord delivery) =>
        BackLink.WhatIs(delivery) is { Length: > 0 } what ? $"{what}, {RefusalNote.Mark}" : RefusalNote.Mark;

    private bool HasArrived(DeliveryRecord delivery) =>
        Enumerable
            .Range(0, store.PartsOf(_mirror.Id, delivery.Direction, delivery.SourceId))
            .Any(part => store.TargetOf(_mirror.Id, delivery.Direction, delivery.SourceId, part) is not null);

    private async Task<string> AddEntryAsync(string text, CancellationToken cancellationToken)
    {
        var entry = await xsoar
            .Client.AddFormattedEntryAsync(_mirror.InvestigationId, text, cancellationToken: cancellationToken)
            .ConfigureAwait(false);
        // A proxy may answer with what it answered to another request. A server may return the entry without its text.
        if (BackLink.On(entry.Contents) is { } mark && mark != BackLink.On(text))
            throw new ApiException(
                ErrorIds.ServerError,
                ErrorKind.Unavailable,
                $"XSOAR returned entry {entry.Id} of another message for the one that was sent.",
                "Look for a proxy in front of XSOAR that stores answers."
            )
            {
                OutcomeUnknown = true,
            };
        return entry.Id;
    }

    private async Task<string> UploadAsync(
        DeliveryRecord delivery,
        PostPayload post,
        CancellationToken cancellationToken
    )
    {
        var files = mattermost.Bot.Files;
        var comment = await _composer.ComposeAsync(delivery, post, null, cancellationToken).ConfigureAwait(false);
        using var download = await files.OpenAsync(post.FileId, cancellationToken).ConfigureAwait(false);
        var name =
            post.FileName.Length > 0
                ? post.FileName
                : (await files.GetInfoAsync(post.FileId, cancellationToken).ConfigureAwait(false)).Name;
        var file = FileSource.Of(name, download, again => files.OpenAsync(post.FileId, again));
        runtime.StopPoints.At(StopPoint.BeforeFileIsShown, delivery.Direction);
        var entry = await xsoar
            .Client.Files.UploadAsync(_mirror.InvestigationId, file, comment, null, cancellationToken)
            .ConfigureAwait(false);
        if (entry is not null)
            return entry.Id;
        var find = await FindAsync([delivery], cancellationToken).ConfigureAwait(false);
        return find(delivery) ?? UnknownId;
    }
}
