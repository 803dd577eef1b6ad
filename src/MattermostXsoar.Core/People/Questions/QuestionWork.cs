using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Mirroring.Diagnostics;
using MattermostXsoar.Core.Mirroring.Engine;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.People.Questions;

/// <summary>
/// Does for one question whatever is due: finds its post, takes its answers out of the thread, lets it expire, says how
/// it ended, and delivers the answer. Each step is recorded before the next one, so that it can end anywhere.
/// </summary>
internal sealed class QuestionWork
{
    private readonly MirrorContext _context;
    private readonly QuestionTable _questions;
    private readonly QuestionIntervals _intervals;
    private readonly QuestionPosts _posts;
    private readonly QuestionThreadReader _reader;
    private readonly AnswererCheck _answerers;
    private readonly AnswerDelivery _delivery;

    public QuestionWork(MirrorContext context, QuestionIntervals intervals)
    {
        _context = context;
        _questions = context.Store.Questions;
        _intervals = intervals;
        _posts = new QuestionPosts(context);
        _reader = new QuestionThreadReader(_posts.Marks, context.Mattermost.BotUser.Id);
        _answerers = new AnswererCheck(context.Mattermost);
        _delivery = new AnswerDelivery(context);
    }

    /// <summary>Does what is due.</summary>
    /// <param name="id">The question.</param>
    /// <param name="reads">Whether its thread may have changed.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task RunAsync(long id, bool reads, CancellationToken cancellationToken)
    {
        if (_questions.Find(id) is not { } question)
            return;
        if (question.State == QuestionState.Posting)
        {
            await FindPostAsync(question, cancellationToken).ConfigureAwait(false);
            reads = true;
            question = _questions.Find(id)!;
        }

        if (question.State == QuestionState.Open)
        {
            if (!question.IsReady && Age(question) > _intervals.PostingGrace)
                await AddReactionsAsync(question, cancellationToken).ConfigureAwait(false);
            var isDue = _context.Runtime.Time.GetUtcNow() >= question.ExpiresAt;
            if (reads || isDue)
                await ReviewAsync(question, cancellationToken).ConfigureAwait(false);
            if (isDue)
                await ExpireAsync(question).ConfigureAwait(false);
        }

        // XSOAR's trouble must not keep people waiting, nor Mattermost's a playbook.
        await Task.WhenAll(TellAsync(id, cancellationToken), DeliverAsync(id, cancellationToken)).ConfigureAwait(false);
    }

    private TimeSpan Age(QuestionRecord question) => _context.Runtime.Time.GetUtcNow() - question.CreatedAt;

    private async Task FindPostAsync(QuestionRecord question, CancellationToken cancellationToken)
    {
        if (await _posts.FindAsync(question, cancellationToken).ConfigureAwait(false) is { } post)
        {
            await _questions.MarkPostedAsync(question.Id, post.Id).ConfigureAwait(false);
            return;
        }

        if (Age(question) < _intervals.PostingLimit)
            return;
        const string Error = "The process that asked ended before the question was posted.";
        if (await _questions.MarkFailedAsync(question.Id, Error).ConfigureAwait(false))
            _context.Runtime.Log.Warning(ListenerLogEvents.QuestionLost, $"Question {question.Id}: {Error}");
    }

    private async Task AddReactionsAsync(QuestionRecord question, CancellationToken cancellationToken)
    {
        if (await _posts.AddReactionsAsync(question, cancellationToken).ConfigureAwait(false) is { } problem)
            _context.Runtime.Log.Warning(ListenerLogEvents.QuestionWithoutReactions, problem);
    }

    private async Task ReviewAsync(QuestionRecord question, CancellationToken cancellationToken)
    {
        if (await _posts.FindThreadAsync(question, cancellationToken).ConfigureAwait(false) is not { } list)
            return;
        var thread = _reader.Read(question, list);
        var people = new Dictionary<string, MattermostUser?>(StringComparer.Ordinal);
        var votes = new List<QuestionVote>();
        foreach (var vote in thread.Votes)
        {
            if (await PersonAsync(vote.UserId).ConfigureAwait(false) is not null)
                votes.Add(vote);
        }

        if (question.IsPersistent)
        {
            foreach (var vote in votes.OrderBy(vote => vote.At))
                await AnswerAsync(question, vote, people[vote.UserId]!, thread, cancellationToken)
                    .ConfigureAwait(false);
        }
        else if (QuestionTally.Decide(votes, question.Votes) is { } decided)
        {
            await AnswerAsync(question, decided, people[decided.UserId]!, thread, cancellationToken)
                .ConfigureAwait(false);
            return;
        }

        if (question.IsHelped)
            return;
        foreach (var other in thread.Others)
        {
            if (await PersonAsync(other.UserId).ConfigureAwait(false) is null)
                continue;
            await _posts
                .ReplyOnceAsync(
                    question,
                    QuestionMarks.Help,
                    QuestionText.Help(question),
                    thread.Posts,
                    cancellationToken
                )
                .ConfigureAwait(false);
            _context.Runtime.StopPoints.At(StopPoint.QuestionHelped);
            await _questions.MarkHelpedAsync(question.Id).ConfigureAwait(false);
            return;
        }

        async Task<MattermostUser?> PersonAsync(string userId)
        {
            if (!people.TryGetValue(userId, out var user))
                people[userId] = user = await _answerers
                    .FindAsync(question, userId, cancellationToken)
                    .ConfigureAwait(false);
            return user;
        }
    }

    private async Task AnswerAsync(
        QuestionRecord question,
        QuestionVote vote,
        MattermostUser user,
        QuestionThread thread,
        CancellationToken cancellationToken
    )
    {
        var answer = new AnswerRecord
        {
            QuestionId = question.Id,
            SourceId = vote.SourceId,
            PostId = vote.PostId,
            UserId = user.Id,
            Username = user.Username,
            FullName = user.FullName,
            Answer = question.Options[vote.Option],
            AnsweredAt = DateTimeOffset.FromUnixTimeMilliseconds(vote.At),
            RecordedAt = _context.Runtime.Time.GetUtcNow(),
        };
        if (await _questions.AnswerAsync(question, answer, Delivers(question)).ConfigureAwait(false))
        {
            _context.Runtime.Log.Information(
                ListenerLogEvents.QuestionAnswered,
                $"Question {question.Id} was answered by {user}."
            );
            _context.Runtime.StopPoints.At(StopPoint.QuestionClosed);
        }

        if (!question.IsPersistent)
            return;
        // The question stays as it is, for further answers; each is thanked for in its thread.
        if (_questions.ReadAnswers(question.Id).Find(known => known.SourceId == vote.SourceId) is { } recorded)
            await _posts
                .ReplyOnceAsync(
                    question,
                    QuestionMarks.Thanks(recorded.Id),
                    QuestionText.Thanks(question, recorded),
                    thread.Posts,
                    cancellationToken
                )
                .ConfigureAwait(false);
    }

    private async Task ExpireAsync(QuestionRecord question)
    {
        var now = _context.Runtime.Time.GetUtcNow();
        var response = new AnswerRecord
        {
            QuestionId = question.Id,
            SourceId = $"{AnswerRecord.Expiry} {question.Id}",
            PostId = question.PostId!,
            Answer = question.DefaultResponse,
            AnsweredAt = question.ExpiresAt,
            RecordedAt = now,
        };
        if (!await _questions.ExpireAsync(question, response, Delivers(question)).ConfigureAwait(false))
            return;
        _context.Runtime.Log.Information(
            ListenerLogEvents.QuestionExpired,
            $"Question {question.Id} has expired without an answer."
        );
        _context.Runtime.StopPoints.At(StopPoint.QuestionClosed);
    }

    private async Task TellAsync(long id, CancellationToken cancellationToken)
    {
        if (_questions.Find(id) is not { IsTold: false, IsClosed: true, PostId: not null } question)
            return;
        var answer = question.State == QuestionState.Answered ? _questions.ReadAnswers(id).LastOrDefault() : null;
        await _posts.TellAsync(question, answer, cancellationToken).ConfigureAwait(false);
    }

    private async Task DeliverAsync(long id, CancellationToken cancellationToken)
    {
        // Without XSOAR they wait for a session that has it.
        if (!_context.Xsoar.IsConfigured || _questions.Find(id) is not { } question)
            return;
        foreach (var answer in _questions.ReadPending(id))
            await _delivery.DeliverAsync(question, answer, cancellationToken).ConfigureAwait(false);
    }

    private static bool Delivers(QuestionRecord question) => question.InvestigationId.Length > 0;
}
