using System.Globalization;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Mirroring;
using MattermostXsoar.Core.Mirroring.Reading;
using MattermostXsoar.Core.People.Models;
using MattermostXsoar.Core.People.Questions;
using MattermostXsoar.Core.Platform;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.People;

/// <summary>Everything a session does with questions: ask, read, wait, cancel.</summary>
internal sealed class QuestionService(MirrorService mirrors)
{
    private static readonly TimeSpan StoreCheck = TimeSpan.FromMilliseconds(250);

    /// <summary>Asks a question in a channel, and starts the session's listener unless it runs or is not wanted.</summary>
    /// <param name="draft">The question.</param>
    /// <param name="channel">The channel; the bot is made a member where it is none.</param>
    /// <param name="teamName">The team of the permalink where the channel has none.</param>
    /// <param name="warn">Called with what people should know.</param>
    /// <param name="cancellationToken">Ends the wait; a question that was posted stays.</param>
    /// <exception cref="MattermostXsoarException">InvalidArgument; an error of Mattermost or of the store.</exception>
    public async Task<MattermostQuestion> AskAsync(
        QuestionDraft draft,
        MattermostChannel channel,
        string teamName,
        Action<string> warn,
        CancellationToken cancellationToken
    )
    {
        QuestionRules.Check(draft);
        var context = mirrors.Context.Open();
        if (draft.InvestigationId.Length > 0 && !context.Xsoar.IsConfigured)
            throw XsoarAccess.NotConfigured();
        var now = context.Runtime.Time.GetUtcNow();
        var question = await context
            .Store.Questions.AddAsync(
                new QuestionRecord
                {
                    ChannelId = channel.Id,
                    ChannelName = draft.ChannelTitle.Length > 0 ? draft.ChannelTitle : channel.Name,
                    TeamId = channel.TeamId,
                    TeamName = teamName,
                    RootId = draft.RootId,
                    Text = draft.Text,
                    Options = [.. draft.Options.Select(option => option.Trim())],
                    Answerers =
                    [
                        .. draft.Answerers.Select(user => new KeyValuePair<string, string>(user.Id, user.Username)),
                    ],
                    Votes = draft.Votes,
                    Reply = draft.Reply,
                    DefaultResponse = draft.DefaultResponse,
                    InvestigationId = draft.InvestigationId,
                    TaskId = draft.TaskId,
                    Entitlement = draft.Entitlement,
                    EntriesTag = draft.EntriesTag,
                    IsPersistent = draft.IsPersistent,
                    CreatedAt = now,
                    ExpiresAt = draft.ExpiresAt ?? now + draft.Lifetime,
                }
            )
            .ConfigureAwait(false);
        var posts = new QuestionPosts(context);
        try
        {
            question = await posts.AskAsync(question, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException exception) when (!exception.OutcomeUnknown)
        {
            await context
                .Store.Questions.MarkFailedAsync(question.Id, ErrorSummary.Of(exception))
                .ConfigureAwait(false);
            throw;
        }

        context.Runtime.StopPoints.At(StopPoint.QuestionMarked);
        if (await posts.AddReactionsAsync(question, cancellationToken).ConfigureAwait(false) is { } problem)
            warn(problem);
        await mirrors.Listener.StartForAsync("the question", null, cancellationToken).ConfigureAwait(false);
        if (mirrors.Listener.Problem() is { } notListening)
            warn($"Question {question.Id} is posted, but nobody takes its answers now. {notListening}");
        return View(context.Store.Questions.Find(question.Id)!);
    }

    /// <summary>The questions, all or those with these numbers.</summary>
    public IReadOnlyList<MattermostQuestion> Get() =>
        [.. mirrors.Context.Open().Store.Questions.ReadAll().Select(View)];

    /// <summary>A question.</summary>
    /// <exception cref="MattermostXsoarException">QuestionNotFound.</exception>
    public MattermostQuestion Get(long id) => View(Find(id));

    /// <summary>Cancels a question; one that has ended stays as it is.</summary>
    public async Task<MattermostQuestion> CancelAsync(long id, CancellationToken cancellationToken)
    {
        var context = mirrors.Context.Open();
        Find(id);
        if (await context.Store.Questions.CancelAsync(id).ConfigureAwait(false))
        {
            var question = Find(id);
            // A listener would do it too; without one nobody else does.
            if (!question.IsTold)
                await new QuestionPosts(context).TellAsync(question, null, cancellationToken).ConfigureAwait(false);
        }

        return Get(id);
    }

    /// <summary>
    /// Waits until questions have ended or, if they take further answers, have one: all of them, or any. Whatever
    /// listener takes the answers, here or in another process.
    /// </summary>
    /// <returns>Those that have.</returns>
    public async Task<IReadOnlyList<MattermostQuestion>> WaitAsync(
        IReadOnlyList<long> ids,
        bool any,
        CancellationToken cancellationToken
    )
    {
        var context = mirrors.Context.Open();
        await mirrors.Listener.StartForAsync("the question", null, cancellationToken).ConfigureAwait(false);
        while (true)
        {
            var answered = ids.Select(Find).Where(HasAnswer).ToList();
            if (answered.Count == ids.Count || (any && answered.Count > 0))
                return [.. answered.Select(View)];
            await context.Runtime.Time.Delay(StoreCheck, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Why nobody takes answers now; null while a listener does.</summary>
    public string? Problem => mirrors.Listener.Problem();

    private static bool HasAnswer(QuestionRecord question) => question.IsClosed || question.Answer is not null;

    private QuestionRecord Find(long id) =>
        mirrors.Context.Open().Store.Questions.Find(id)
        ?? throw new MattermostXsoarException(
            ErrorIds.QuestionNotFound,
            ErrorKind.NotFound,
            string.Format(CultureInfo.InvariantCulture, "There is no question {0} in this state file.", id),
            "Get-MattermostQuestion lists them."
        );

    private MattermostQuestion View(QuestionRecord question) =>
        MattermostQuestion.Of(question, mirrors.Context.Open().Store.Questions.ReadPending(question.Id).Count > 0);
}
