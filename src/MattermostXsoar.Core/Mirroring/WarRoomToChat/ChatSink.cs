using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Mattermost.Posting;
using MattermostXsoar.Core.Mirroring.Markup;
using MattermostXsoar.Core.Mirroring.Outbox;
using MattermostXsoar.Core.Mirroring.Reading;
using MattermostXsoar.Core.Mirroring.Resilience;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring.WarRoomToChat;

/// <summary>
/// Delivers entries into the channel, as the bot's posts. An entry that was edited changes its posts, so that the
/// channel shows what the War Room shows; one that was deleted leaves a post that says so, since deleting the post
/// would take people's replies with it.
/// </summary>
internal sealed class ChatSink(MirrorContext context, MirrorRecord mirror) : IDeliverySink
{
    // For what we say ourselves: a file's name may be somebody's.
    private static readonly MentionGuard NoMentions = new();

    private readonly BotPosts _posts = new(context, mirror);
    private readonly ChannelReader _reader = new(context.Bot);

    public async Task<DeliveryOutcome> SendAsync(DeliveryRecord line, CancellationToken cancellationToken)
    {
        var shown = line.Kind is DeliveryKind.Edit or DeliveryKind.Deletion ? PostOf(line, line.Part) : null;
        if (line.Kind == DeliveryKind.Deletion && shown is null)
            return DeliveryOutcome.Nothing;
        if (line.Kind == DeliveryKind.Deletion && line.Part > 0)
        {
            await _posts.DeleteAsync(shown!, cancellationToken).ConfigureAwait(false);
            return DeliveryOutcome.Arrived(shown!);
        }

        var said = EntryPayload.FromJson(line.Payload);
        if (shown is null)
            return await CreateAsync(line, said, cancellationToken).ConfigureAwait(false);
        return DeliveryOutcome.Arrived(
            line.Kind == DeliveryKind.Deletion
            && await _posts.TryDeleteFileAsync(shown, cancellationToken).ConfigureAwait(false)
                ? shown
                : await ChangeAsync(line, shown, said.Text, cancellationToken).ConfigureAwait(false)
        );
    }

    public async Task<Func<DeliveryRecord, string?>> FindAsync(
        IReadOnlyList<DeliveryRecord> lines,
        CancellationToken cancellationToken
    )
    {
        // What changes a post leaves no mark of its own: it is done once more, which changes nothing.
        if (lines.All(line => line.Kind == DeliveryKind.Deletion))
            return _ => null;
        var found = new Dictionary<(string EntryId, int Part, string Edit), string>();
        // Lines are in order, so the first one's floor is the earliest.
        await foreach (
            var page in _reader.ReadAsync(mirror.ChannelId, lines[0].Floor, 0, cancellationToken).ConfigureAwait(false)
        )
            Take(page);
        if (lines[0].Floor is { } floor && lines.Any(line => line.Kind != DeliveryKind.Deletion && Find(line) is null))
            Take(await BehindAsync(floor, cancellationToken).ConfigureAwait(false));
        return Find;

        string? Find(DeliveryRecord line) =>
            line.Kind != DeliveryKind.Deletion
            && found.TryGetValue((line.SourceId, line.Part, BotPosts.EditOf(line)), out var id)
                ? id
                : null;

        void Take(IReadOnlyList<MattermostPost> posts)
        {
            foreach (var post in posts)
            {
                if (post.UserId == context.BotUser.Id && post.EntryId is { } entryId)
                    found[(entryId, post.EntryPart ?? 0, post.EntryEdit ?? "")] = post.Id;
            }
        }
    }

    // Where a post lies that was made after the server's clock was set back.
    private async Task<IReadOnlyList<MattermostPost>> BehindAsync(string floor, CancellationToken cancellationToken)
    {
        try
        {
            var post = await context.Bot.Posts.GetAsync(floor, cancellationToken).ConfigureAwait(false);
            var earliest = post.CreateAtMs - (long)context.Options.ChatLookBack.TotalMilliseconds;
            return await _reader
                .ReadBeforeAsync(mirror.ChannelId, floor, earliest, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (ApiException exception) when (exception.Kind is ErrorKind.NotFound or ErrorKind.Permission)
        {
            // The floor is gone: everything was read.
            return [];
        }
    }

    private async Task<DeliveryOutcome> CreateAsync(
        DeliveryRecord line,
        EntryPayload said,
        CancellationToken cancellationToken
    )
    {
        var root = line.Part > 0 ? PostOf(line, 0) : null;
        string? fileId = null;
        try
        {
            if (said.FileEntryId.Length > 0)
                fileId = await _posts.UploadAsync(said, cancellationToken).ConfigureAwait(false);
            if (fileId is not null)
                context.StopPoints.At(StopPoint.BeforeFileIsShown, line.Direction);
        }
        catch (MattermostXsoarException exception) when (FailurePolicy.IsRefusedFile(exception))
        {
            var note = NoMentions.Defuse(FileNote.NotCarried(said.FileName, said.FileSize, exception, "Mattermost"));
            var text = MessageSplitter.Fits(said.Text + "\n" + note) ? said.Text + "\n" + note : note;
            var postId = await _posts.CreateAsync(line, text, root, null, cancellationToken).ConfigureAwait(false);
            return DeliveryOutcome.Refused(postId, FailurePolicy.Explain(exception));
        }

        return DeliveryOutcome.Arrived(
            await _posts.CreateAsync(line, said.Text, root, fileId, cancellationToken).ConfigureAwait(false)
        );
    }

    private string? PostOf(DeliveryRecord line, int part) =>
        context.Store.TargetOf(mirror.Id, line.Direction, line.SourceId, part);

    private async Task<string> ChangeAsync(
        DeliveryRecord line,
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
            // Somebody deleted it in the chat: it is not brought back.
            if (await context.Bot.Posts.IsGoneAsync(postId, cancellationToken).ConfigureAwait(false))
                return postId;
            // The server lets posts be edited for a while only, or not by bots: then it is said in the thread.
            return await _posts.CreateAsync(line, text, PostOf(line, 0), null, cancellationToken).ConfigureAwait(false);
        }
    }
}
