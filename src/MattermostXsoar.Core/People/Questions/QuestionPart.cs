using MattermostXsoar.Core.Concurrency;
using MattermostXsoar.Core.Mattermost.Realtime;
using MattermostXsoar.Core.Mirroring.Diagnostics;
using MattermostXsoar.Core.Mirroring.Engine;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.Mirroring.Resilience;
using MattermostXsoar.Core.Platform;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.People.Questions;

/// <summary>
/// Sees to the questions while a listener runs. An event only says that a thread may have changed: it is read from the
/// server then, as at the start and after a gap, so that one way decides what counts. A question that nobody answers
/// costs no request until it expires.
/// </summary>
internal sealed class QuestionPart : IListenerPart
{
    // Enough to catch up quickly after a gap, few enough to leave the server capacity for others.
    private const int MaxAtOnce = 8;

    private readonly MirrorContext _context;
    private readonly QuestionIntervals _intervals;
    private readonly QuestionWork _work;
    private readonly AsyncSignal _due = new();
    private readonly ConcurrencyLimit _limit = new(MaxAtOnce);
    private readonly object _lock = new();

    // By the id of their post and of the first post of their thread.
    private Dictionary<string, List<long>> _byPost = new(StringComparer.Ordinal);
    private readonly HashSet<long> _changed = [];
    private readonly Dictionary<long, Task> _running = [];
    private readonly HashSet<long> _known = [];

    // When the posts of questions whose process may have ended were last looked for.
    private readonly Dictionary<long, DateTimeOffset> _lookedFor = [];
    private bool _isGap = true;

    public QuestionPart(MirrorContext context)
        : this(context, new QuestionIntervals()) { }

    public QuestionPart(MirrorContext context, QuestionIntervals intervals)
    {
        _context = context;
        _intervals = intervals;
        _work = new QuestionWork(context, intervals);
    }

    public async Task RunAsync(CancellationToken stopping)
    {
        lock (_lock)
        {
            _isGap = true;
            _known.Clear();
            _lookedFor.Clear();
        }

        await _context
            .Store.Questions.PruneAsync(_context.Runtime.Time.GetUtcNow() - _intervals.Memory)
            .ConfigureAwait(false);
        try
        {
            var version = -1L;
            IReadOnlyList<QuestionRecord> questions = [];
            while (true)
            {
                // Before the reading: what changes meanwhile is seen the next time.
                if (_context.Store.DataVersion() is var current && current != version)
                    (questions, version) = (_context.Store.Questions.ReadUnfinished(), current);
                Begin(questions, stopping);
                await WaitAsync(questions, stopping).ConfigureAwait(false);
            }
        }
        finally
        {
            await Task.WhenAny(Task.WhenAll(Running())).ConfigureAwait(false);
        }
    }

    public void OnEvent(RealtimeEvent realtimeEvent)
    {
        var postId = realtimeEvent.Event switch
        {
            "posted" => realtimeEvent.Post is { } post ? post.RootId : null,
            "reaction_added" => ReactedPostId(realtimeEvent),
            _ => "",
        };
        lock (_lock)
        {
            if (postId is null)
                _isGap = true;
            else if (postId.Length > 0 && _byPost.TryGetValue(postId, out var questions))
                _changed.UnionWith(questions);
            else
                return;
        }

        _due.Set();
    }

    public void OnGap()
    {
        lock (_lock)
            _isGap = true;
        _due.Set();
    }

    // Begins whatever is due and not at work.
    private void Begin(IReadOnlyList<QuestionRecord> questions, CancellationToken stopping)
    {
        var now = _context.Runtime.Time.GetUtcNow();
        lock (_lock)
        {
            _byPost = ByPost(questions);
            if (_isGap)
                _changed.UnionWith(
                    questions.Where(question => question.State == QuestionState.Open).Select(question => question.Id)
                );
            _isGap = false;
            foreach (var question in questions)
            {
                if (_running.ContainsKey(question.Id))
                    continue;
                // Answers may have come before this listener knew of it.
                var isNew = question.State == QuestionState.Open && _known.Add(question.Id);
                var reads = question.State == QuestionState.Open && (isNew || _changed.Contains(question.Id));
                if (!reads && !IsDue(question, now))
                    continue;
                _changed.Remove(question.Id);
                if (question.State == QuestionState.Posting)
                    _lookedFor[question.Id] = now;
                _running[question.Id] = Task.Run(() => RunAsync(question.Id, reads, stopping), CancellationToken.None);
            }
        }
    }

    private bool IsDue(QuestionRecord question, DateTimeOffset now) =>
        question.State switch
        {
            QuestionState.Posting => now - question.CreatedAt > _intervals.PostingGrace
                && (!_lookedFor.TryGetValue(question.Id, out var last) || now - last > _intervals.PostingGrace),
            QuestionState.Open => now >= question.ExpiresAt
                || (!question.IsReady && now - question.CreatedAt > _intervals.PostingGrace)
                || HasPendingAnswers(question),
            _ => !question.IsTold || _context.Xsoar.IsConfigured,
        };

    private bool HasPendingAnswers(QuestionRecord question) =>
        question.Answer is not null
        && _context.Xsoar.IsConfigured
        && _context.Store.Questions.ReadPending(question.Id).Count > 0;

    private async Task RunAsync(long id, bool reads, CancellationToken stopping)
    {
        try
        {
            var errors = new RecurringErrorLog(
                _context.Runtime.Log,
                _context.Runtime.Time,
                ListenerLogEvents.QuestionRetried,
                ListenerLogLevel.Warning
            );
            await new RetryLoop(_context.Runtime, errors)
                .RunAsync(
                    async () =>
                    {
                        using var turn = await _limit.EnterAsync(stopping).ConfigureAwait(false);
                        await _work.RunAsync(id, reads, stopping).ConfigureAwait(false);
                    },
                    stopping
                )
                .ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // What is not done is recorded; the next listener goes on.
        }
        finally
        {
            lock (_lock)
                _running.Remove(id);
            _due.Set();
        }
    }

    private async Task WaitAsync(IReadOnlyList<QuestionRecord> questions, CancellationToken stopping)
    {
        var now = _context.Runtime.Time.GetUtcNow();
        var wait = questions
            .Where(question => question.State == QuestionState.Open)
            .Select(question => question.ExpiresAt - now)
            .Where(left => left > TimeSpan.Zero)
            .Append(_intervals.StoreCheck)
            .Min();
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var limit = TimeLimit.Start(limited, wait, _context.Runtime.Time);
        try
        {
            await _due.WaitAsync(limited.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            // Nothing happened: the store is looked at.
        }
    }

    private List<Task> Running()
    {
        lock (_lock)
            return [.. _running.Values];
    }

    private static Dictionary<string, List<long>> ByPost(IReadOnlyList<QuestionRecord> questions)
    {
        var found = new Dictionary<string, List<long>>(StringComparer.Ordinal);
        foreach (var question in questions.Where(question => question.State == QuestionState.Open))
        {
            foreach (var postId in new[] { question.PostId, question.RootId }.Where(id => id is { Length: > 0 }))
            {
                if (!found.TryGetValue(postId!, out var ids))
                    found.Add(postId!, ids = []);
                ids.Add(question.Id);
            }
        }

        return found;
    }

    // Null if it cannot be read; the bot's own reactions only offer the options.
    private string? ReactedPostId(RealtimeEvent realtimeEvent) =>
        RealtimeReaction.Of(realtimeEvent) is not { } reaction ? null
        : reaction.UserId == _context.Mattermost.BotUser.Id ? ""
        : reaction.PostId;
}
