using System.Globalization;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Mattermost.Posting;
using MattermostXsoar.Core.Mirroring.Markup;
using MattermostXsoar.Core.Mirroring.Outbox;
using MattermostXsoar.Core.Mirroring.Reading;
using MattermostXsoar.Core.Mirroring.Resilience;
using MattermostXsoar.Core.Platform;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring.WarRoomToChat;

/// <summary>
/// Delivers entries into the channel, as the bot's posts. An entry that was edited changes its posts, so that the
/// channel shows what the War Room shows; for one that was deleted see <see cref="PostRemoval"/>.
/// </summary>
internal sealed class ChatSink : IDeliverySink
{
    // For our own notes: a file's name may be the name of a user.
    private static readonly MentionGuard NoMentions = new();

    private readonly BotPosts _posts;
    private readonly PostRemoval _removal;
    private readonly ChannelReader _reader;
    private readonly MattermostAccess _mattermost;
    private readonly XsoarAccess _xsoar;
    private readonly StateStore _store;
    private readonly MirrorRuntime _runtime;
    private readonly MirrorRecord _mirror;

    public ChatSink(
        MattermostAccess mattermost,
        XsoarAccess xsoar,
        StateStore store,
        MirrorRuntime runtime,
        MirrorRecord mirror
    )
    {
        (_mattermost, _xsoar, _store, _runtime, _mirror) = (mattermost, xsoar, store, runtime, mirror);
        _posts = new BotPosts(mattermost, xsoar, store, runtime, mirror);
        _removal = new PostRemoval(_posts, mattermost, store, mirror);
        _reader = new ChannelReader(mattermost.Bot);
    }

    public async Task<DeliveryOutcome> SendAsync(DeliveryRecord delivery, CancellationToken cancellationToken)
    {
        if (delivery.Kind == DeliveryKind.Deletion)
            return await _removal.RemoveAsync(delivery, cancellationToken).ConfigureAwait(false);
        var entry = EntryPayload.FromJson(delivery.Payload);
        if (delivery.Aspect == MessageAspect.Gap)
            return await ReportGapAsync(delivery, entry, cancellationToken).ConfigureAwait(false);
        var shown = delivery.Kind == DeliveryKind.Edit ? PostOf(delivery, delivery.Part) : null;
        return shown is null
            ? await CreateAsync(delivery, entry, cancellationToken).ConfigureAwait(false)
            : DeliveryOutcome.Arrived(
                await ChangeAsync(delivery, shown, entry.Text, cancellationToken).ConfigureAwait(false)
            );
    }

    public async Task<Func<DeliveryRecord, string?>> FindAsync(
        IReadOnlyList<DeliveryRecord> deliveries,
        CancellationToken cancellationToken
    )
    {
        // A deletion is repeated, which changes nothing. A report is looked up when it is sent: what it reports counts as
        // failed all the same.
        if (deliveries.All(IsNotLookedUp))
            return _ => null;
        var find = await ReadMarksAsync(deliveries, BotPosts.EditOf, cancellationToken).ConfigureAwait(false);
        return delivery => IsNotLookedUp(delivery) ? null : find(delivery);

        static bool IsNotLookedUp(DeliveryRecord delivery) =>
            delivery.Kind == DeliveryKind.Deletion || delivery.Aspect == MessageAspect.Gap;
    }

    // The entries were not mirrored: a post reports it, and the delivery counts as failed until a person retries it.
    private async Task<DeliveryOutcome> ReportGapAsync(
        DeliveryRecord delivery,
        EntryPayload notice,
        CancellationToken cancellationToken
    )
    {
        if (delivery.TargetId is { } reported)
            return DeliveryOutcome.Arrived(reported);
        var find = await ReadMarksAsync([delivery], BotPosts.EditOf, cancellationToken).ConfigureAwait(false);
        var postId =
            find(delivery)
            ?? (
                await _posts
                    .CreateAsync(delivery, $"*({notice.Text})*", null, null, cancellationToken)
                    .ConfigureAwait(false)
            ).Id;
        return DeliveryOutcome.Refused(
            postId,
            $"{notice.Text} Read them in XSOAR. Keep a listener running, so that fewer are written between two readings; "
                + "Sync-MattermostMirror -RetryFailed removes this report."
        );
    }

    public Task ProbeAsync(CancellationToken cancellationToken) =>
        ServerProbe.AskAsync(_mattermost, _xsoar, _mirror.InvestigationId, cancellationToken);

    public async Task<DeliveryOutcome> GiveUpAsync(
        DeliveryRecord delivery,
        Exception cause,
        CancellationToken cancellationToken
    )
    {
        if (delivery.Kind == DeliveryKind.Deletion)
            return await _removal.GiveUpAsync(delivery, cause, cancellationToken).ConfigureAwait(false);
        var find = await ReadMarksAsync([delivery], BotPosts.NoteOf, cancellationToken).ConfigureAwait(false);
        var hasFile = EntryPayload.FromJson(delivery.Payload).FileEntryId.Length > 0;
        var noteId =
            find(delivery)
            ?? (
                await _posts
                    .CreateNoteAsync(
                        delivery,
                        RefusalNote.For(delivery, hasFile, "An entry of the War Room", "Mattermost"),
                        delivery.IsFurtherPart || delivery.IsChange ? RootOf(delivery) : null,
                        cancellationToken
                    )
                    .ConfigureAwait(false)
            ).Id;
        // The post that an edit would have changed stays what shows the entry.
        return delivery.IsChange
            ? DeliveryOutcome.RefusedChange(RefusalNote.Reason(cause))
            : DeliveryOutcome.Refused(noteId, RefusalNote.Reason(cause));
    }

    private async Task<Func<DeliveryRecord, string?>> ReadMarksAsync(
        IReadOnlyList<DeliveryRecord> deliveries,
        Func<DeliveryRecord, string> editOf,
        CancellationToken cancellationToken
    )
    {
        var found = new Dictionary<(string Key, int Part, string Edit), string>();
        // The deliveries are in order, so the first one has the earliest start.
        await foreach (
            var page in _reader
                .ReadAsync(_mirror.ChannelId, deliveries[0].LookupStart.PostId, 0, cancellationToken)
                .ConfigureAwait(false)
        )
            Take(page);
        if (
            deliveries[0].LookupStart.PostId is { } start
            && deliveries.Any(delivery => delivery.Kind != DeliveryKind.Deletion && Find(delivery) is null)
        )
            Take(await ReadBeforeAsync(start, cancellationToken).ConfigureAwait(false));
        return Find;

        string? Find(DeliveryRecord delivery) =>
            delivery.Kind != DeliveryKind.Deletion
            && found.TryGetValue((delivery.SourceId, BotPosts.PartOf(delivery), editOf(delivery)), out var id)
                ? id
                : null;

        void Take(IReadOnlyList<MattermostPost> posts)
        {
            foreach (var post in posts)
            {
                if (post.UserId == _mattermost.BotUser.Id && post.EntryId is { } entryId)
                    found[(KeyOf(entryId, post.EntryCreated), post.EntryPart ?? 0, post.EntryEdit ?? "")] = post.Id;
            }
        }
    }

    private static string KeyOf(string entryId, string? created) =>
        long.TryParse(created, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            ? EntryKey.Of(entryId, at)
            : entryId;

    // A post that was written after the server's clock was set back is there.
    private async Task<IReadOnlyList<MattermostPost>> ReadBeforeAsync(string start, CancellationToken cancellationToken)
    {
        try
        {
            var post = await _mattermost.Bot.Posts.GetAsync(start, cancellationToken).ConfigureAwait(false);
            var earliest = post.CreateAtMs - (long)_runtime.Options.ChatLookBack.TotalMilliseconds;
            return await _reader
                .ReadBeforeAsync(_mirror.ChannelId, start, earliest, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (ApiException exception) when (exception.Kind is ErrorKind.NotFound or ErrorKind.Permission)
        {
            // The start no longer exists: everything was read.
            return [];
        }
    }

    private async Task<DeliveryOutcome> CreateAsync(
        DeliveryRecord delivery,
        EntryPayload entry,
        CancellationToken cancellationToken
    )
    {
        if (delivery is { Kind: DeliveryKind.Message, TargetId: { } noteId })
            await _removal.WithdrawNoteAsync(noteId, cancellationToken).ConfigureAwait(false);
        var root = delivery.IsFurtherPart ? RootOf(delivery) : null;
        // Somebody deleted the entry's post in the chat: its new file is not posted either.
        if (
            delivery.Aspect == MessageAspect.File
            && root is not null
            && await _mattermost.Bot.Posts.IsGoneAsync(root, cancellationToken).ConfigureAwait(false)
        )
            return DeliveryOutcome.Nothing;
        string? fileId = null;
        try
        {
            if (entry.FileEntryId.Length > 0 && !BringsFileLater(delivery))
                fileId = await _posts.UploadAsync(entry, cancellationToken).ConfigureAwait(false);
            if (fileId is not null)
                _runtime.StopPoints.At(StopPoint.BeforeFileIsShown, delivery.Direction);
        }
        catch (MattermostXsoarException exception) when (FailurePolicy.IsRefusedFile(exception))
        {
            var note = NoMentions.Defuse(FileNote.NotMirrored(entry.FileName, entry.FileSize, exception, "Mattermost"));
            // The empty line keeps it out of a table or list of the entry.
            var limit = _mattermost.Bot.Settings.Known.MaxPostSize;
            var text = entry.Text + "\n\n" + note;
            if (!MessageSplitter.Fits(text, limit))
                text = MessageSplitter.Split(entry.Text, limit - CodePoints.Count(note) - 4)[0] + "\n…\n\n" + note;
            var posted = await _posts.CreateAsync(delivery, text, root, null, cancellationToken).ConfigureAwait(false);
            return DeliveryOutcome.Refused(posted.Id, ErrorSummary.Of(exception));
        }

        var created = await _posts
            .CreateAsync(delivery, entry.Text, root, fileId, cancellationToken)
            .ConfigureAwait(false);
        // The server leaves out a file that it does not find or that another post has, and does not say so.
        return fileId is null || created.FileIds.Contains(fileId)
            ? DeliveryOutcome.Arrived(created.Id)
            : DeliveryOutcome.Refused(
                created.Id,
                $"Mattermost wrote the post, but did not attach the file '{entry.FileName}' to it."
            );
    }

    // An edit in place of a message that never arrived: a delivery of its own brings the entry's new file.
    private bool BringsFileLater(DeliveryRecord delivery) =>
        delivery is { Kind: DeliveryKind.Edit, Item: { Length: > 0 } item }
        && _store.FindFile(delivery, item) is { Aspect: MessageAspect.File };

    // The entry's first post: what shows it now may be a reply, where the server refused an edit, and a reply is no root.
    private string? RootOf(DeliveryRecord delivery) =>
        _store.TargetsOf(_mirror.Id, delivery.Direction, delivery.SourceId, 0) is { Count: > 0 } posts
            ? posts[0]
            : null;

    private string? PostOf(DeliveryRecord delivery, int part) =>
        _store.TargetOf(_mirror.Id, delivery.Direction, delivery.SourceId, part);

    private async Task<string> ChangeAsync(
        DeliveryRecord delivery,
        string postId,
        string text,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await _posts.EditAsync(postId, text, cancellationToken).ConfigureAwait(false);
            return postId;
        }
        catch (ApiException exception)
            when (exception.Kind is ErrorKind.Permission or ErrorKind.NotFound or ErrorKind.InvalidArgument)
        {
            // Somebody deleted it in the chat: it is not posted again.
            if (await _mattermost.Bot.Posts.IsGoneAsync(postId, cancellationToken).ConfigureAwait(false))
                return postId;
            // The server allows edits of posts for a limited time only, or not by bots: then it is a reply in the
            // thread.
            return (
                await _posts
                    .CreateAsync(delivery, text, RootOf(delivery), null, cancellationToken)
                    .ConfigureAwait(false)
            ).Id;
        }
    }
}
