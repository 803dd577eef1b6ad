using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Mirroring.Diagnostics;
using MattermostXsoar.Core.Mirroring.Engine;
using MattermostXsoar.Core.Mirroring.Reading;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.People.Questions;

/// <summary>The bot's posts of questions: asks, adds the reactions, and says how a question ended.</summary>
internal sealed class QuestionPosts
{
    // A server's clock may be that much behind this one.
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(10);

    private readonly MirrorContext _context;
    private readonly MattermostAccess _mattermost;
    private readonly QuestionTable _questions;

    public QuestionPosts(MirrorContext context)
    {
        _context = context;
        _mattermost = context.Mattermost;
        _questions = context.Store.Questions;
        Marks = new QuestionMarks(context.Store.Secret, _mattermost.BotUser.Id);
    }

    public QuestionMarks Marks { get; }

    /// <summary>Writes the post of a question that was recorded.</summary>
    public async Task<QuestionRecord> AskAsync(QuestionRecord question, CancellationToken cancellationToken)
    {
        _context.Runtime.StopPoints.At(StopPoint.QuestionRecorded);
        var post = await PostAsync(
                question,
                QuestionMarks.Ask,
                QuestionText.Ask(question.Text, question.Options),
                question.RootId,
                cancellationToken
            )
            .ConfigureAwait(false);
        _context.Runtime.StopPoints.At(StopPoint.QuestionPosted);
        await _questions.MarkPostedAsync(question.Id, post.Id).ConfigureAwait(false);
        return _questions.Find(question.Id)!;
    }

    /// <summary>Finds the post of a question whose process ended before it could record it; null if there is none.</summary>
    public async Task<MattermostPost?> FindAsync(QuestionRecord question, CancellationToken cancellationToken)
    {
        if (question.RootId.Length > 0)
            return (
                await _mattermost.Bot.Posts.GetThreadAsync(question.RootId, cancellationToken).ConfigureAwait(false)
            ).Posts.Values.FirstOrDefault(post => Marks.Is(post, question.Id, QuestionMarks.Ask));
        return (
            await _mattermost
                .Bot.Posts.ListSinceAsync(question.ChannelId, question.CreatedAt - ClockTolerance, cancellationToken)
                .ConfigureAwait(false)
        ).Posts.Values.FirstOrDefault(post => Marks.Is(post, question.Id, QuestionMarks.Ask));
    }

    /// <summary>Adds a reaction for each option; doing it again changes nothing.</summary>
    /// <returns>Why they could not be added; null if they were.</returns>
    public async Task<string?> AddReactionsAsync(QuestionRecord question, CancellationToken cancellationToken)
    {
        string? problem = null;
        try
        {
            foreach (var emoji in QuestionReactions.For(question.Options.Count))
                await _mattermost
                    .Bot.Reactions.AddAsync(
                        new NewReaction
                        {
                            UserId = _mattermost.BotUser.Id,
                            PostId = question.PostId!,
                            EmojiName = emoji,
                        },
                        cancellationToken
                    )
                    .ConfigureAwait(false);
        }
        catch (ApiException exception)
            when (exception.Kind is ErrorKind.Permission or ErrorKind.NotFound or ErrorKind.InvalidArgument)
        {
            problem =
                $"The bot could not add the reactions to question {question.Id}, which is answered by replies only: "
                + exception.Message;
        }

        _context.Runtime.StopPoints.At(StopPoint.QuestionReacted);
        await _questions.MarkReadyAsync(question.Id).ConfigureAwait(false);
        return problem;
    }

    /// <summary>The thread of a question; null if it is gone.</summary>
    public async Task<PostList?> FindThreadAsync(QuestionRecord question, CancellationToken cancellationToken)
    {
        try
        {
            return await _mattermost
                .Bot.Posts.GetThreadAsync(question.ThreadId!, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (ApiException exception) when (exception.Kind is ErrorKind.NotFound)
        {
            return null;
        }
    }

    /// <summary>Replaces the question by how it ended; says it in the thread where the server refuses that.</summary>
    public async Task TellAsync(QuestionRecord question, AnswerRecord? answer, CancellationToken cancellationToken)
    {
        var text = QuestionText.End(question, answer);
        try
        {
            await _mattermost
                .Bot.Posts.PatchAsync(question.PostId!, new PostPatch { Message = text }, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (ApiException exception)
            when (exception.Kind is ErrorKind.Permission or ErrorKind.NotFound or ErrorKind.InvalidArgument)
        {
            // A question that somebody deleted needs no end.
            if (!await _mattermost.Bot.Posts.IsGoneAsync(question.PostId!, cancellationToken).ConfigureAwait(false))
                await ReplyOnceAsync(question, QuestionMarks.End, text, null, cancellationToken).ConfigureAwait(false);
        }

        _context.Runtime.StopPoints.At(StopPoint.QuestionTold);
        await _questions.MarkToldAsync(question.Id).ConfigureAwait(false);
    }

    /// <summary>Writes a reply in the question's thread, unless it is there.</summary>
    public async Task ReplyOnceAsync(
        QuestionRecord question,
        string part,
        string text,
        IEnumerable<MattermostPost>? thread,
        CancellationToken cancellationToken
    )
    {
        thread ??= (await FindThreadAsync(question, cancellationToken).ConfigureAwait(false))?.Posts.Values;
        if (thread is null || thread.Any(post => Marks.Is(post, question.Id, part)))
            return;
        await PostAsync(question, part, text, question.ThreadId, cancellationToken).ConfigureAwait(false);
    }

    private Task<MattermostPost> PostAsync(
        QuestionRecord question,
        string part,
        string text,
        string? rootId,
        CancellationToken cancellationToken
    ) =>
        _mattermost.BotMembership.RunAsMemberAsync(
            new ChannelAddress(question.ChannelId, question.ChannelName, question.TeamId),
            () =>
                _mattermost.Bot.Posts.CreateAsync(
                    Marks.Post(question.Id, part, question.ChannelId, text, rootId),
                    cancellationToken
                ),
            sentence => _context.Runtime.Log.Warning(ListenerLogEvents.BotRejoined, sentence),
            cancellationToken
        );
}
