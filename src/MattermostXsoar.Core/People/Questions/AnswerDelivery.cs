using System.Globalization;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mirroring.Diagnostics;
using MattermostXsoar.Core.Mirroring.Engine;
using MattermostXsoar.Core.Mirroring.Markup;
using MattermostXsoar.Core.Mirroring.Reading;
using MattermostXsoar.Core.Mirroring.Resilience;
using MattermostXsoar.Core.State;
using MattermostXsoar.Core.Xsoar;
using MattermostXsoar.Core.Xsoar.Models;

namespace MattermostXsoar.Core.People.Questions;

/// <summary>
/// Delivers an answer into XSOAR: it completes the playbook task, or becomes an entry with the question's tag. Whether
/// an entry that may have arrived is there is looked up first; completing a task twice changes nothing.
/// </summary>
internal sealed class AnswerDelivery(MirrorContext context)
{
    private const string DefaultBranch = "#default#";
    private const int MaxConflicts = 3;

    // XSOAR's clock may be that much behind this one.
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromHours(1);

    private readonly QuestionTable _questions = context.Store.Questions;

    /// <summary>Delivers an answer; a refusal that will not change is recorded.</summary>
    public async Task DeliverAsync(QuestionRecord question, AnswerRecord answer, CancellationToken cancellationToken)
    {
        string? error;
        try
        {
            error = await EntitlementProblemAsync(question, answer, cancellationToken).ConfigureAwait(false);
            if (error is null && question.TaskId.Length > 0)
                await CompleteAsync(question, answer, cancellationToken).ConfigureAwait(false);
            else if (error is null)
                await AddEntryAsync(question, answer, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException exception) when (IsFinal(exception))
        {
            error = ErrorSummary.Of(exception);
        }

        await _questions.FinishAsync(answer, error).ConfigureAwait(false);
        if (error is not null)
            context.Runtime.Log.Warning(
                ListenerLogEvents.AnswerRefused,
                $"The answer to question {question.Id} did not reach investigation {question.InvestigationId}: {error}"
            );
    }

    private static bool IsFinal(ApiException exception) =>
        !exception.OutcomeUnknown
        && (
            exception.ErrorId is ErrorIds.InvestigationClosed or ErrorIds.InvestigationNotFound
            || FailurePolicy.Judge(exception) == FailureAction.Fail
        );

    // Whoever answers twice, and a guid that somebody made up, must not act. A server that lists no entitlements cannot
    // be asked; then only what this state file knows counts.
    private async Task<string?> EntitlementProblemAsync(
        QuestionRecord question,
        AnswerRecord answer,
        CancellationToken cancellationToken
    )
    {
        // The entry is there already: the entitlement was checked before it was added.
        if (question.Entitlement.Length == 0 || answer.EntryId is not null)
            return null;
        if (!question.IsPersistent && _questions.IsUsed(question.Entitlement, question.Id))
            return "The entitlement was used before.";
        var investigation = await context
            .Xsoar.Client.GetInvestigationAsync(
                question.InvestigationId,
                new EntryQuery { PageSize = 1 },
                cancellationToken
            )
            .ConfigureAwait(false);
        var known = (investigation.Entitlements ?? [])
            .Concat(investigation.PersistentEntitlements?.Values ?? [])
            .ToList();
        return known.Count == 0 || known.Contains(question.Entitlement, StringComparer.OrdinalIgnoreCase)
            ? null
            : $"Investigation {question.InvestigationId} has no such entitlement.";
    }

    private async Task CompleteAsync(QuestionRecord question, AnswerRecord answer, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (taskId, input, isDone) = await BranchAsync(question, answer, cancellationToken).ConfigureAwait(false);
            if (isDone)
                return;
            context.Runtime.StopPoints.At(StopPoint.BeforeAnswer);
            try
            {
                await context
                    .Xsoar.Client.Tasks.CompleteAsync(
                        question.InvestigationId,
                        taskId,
                        input,
                        QuestionText.Comment(answer),
                        cancellationToken
                    )
                    .ConfigureAwait(false);
                context.Runtime.StopPoints.At(StopPoint.AfterAnswer);
                return;
            }
            catch (ApiException exception) when (attempt < MaxConflicts && XsoarConflict.IsStale(exception))
            {
                // Somebody else changed the work plan: it is read again.
            }
        }
    }

    // The branch as the playbook writes it, whose case may differ from the option's.
    private async Task<(string TaskId, string Input, bool IsDone)> BranchAsync(
        QuestionRecord question,
        AnswerRecord answer,
        CancellationToken cancellationToken
    )
    {
        var tasks = await context
            .Xsoar.Client.Tasks.ListAsync(question.InvestigationId, all: true, cancellationToken)
            .ConfigureAwait(false);
        var task =
            tasks.FirstOrDefault(task => task.Id == question.TaskId)
            ?? tasks.FirstOrDefault(task => task.Task?.Tags.Contains(question.TaskId) == true);
        if (task is null)
            return (question.TaskId, answer.Answer, false);
        var branches = task.NextTasks?.Keys.ToList() ?? [];
        var input =
            branches.Find(branch => branch == answer.Answer)
            ?? branches.Find(branch => string.Equals(branch, answer.Answer, StringComparison.OrdinalIgnoreCase))
            ?? branches.Find(branch => task.Type == "condition" && branch == DefaultBranch)
            ?? answer.Answer;
        return (task.Id, input, task.IsDone);
    }

    private async Task AddEntryAsync(QuestionRecord question, AnswerRecord answer, CancellationToken cancellationToken)
    {
        var entryId = answer.EntryId;
        if (entryId is null)
        {
            entryId =
                await FindEntryAsync(question, answer, cancellationToken).ConfigureAwait(false)
                ?? await NewEntryAsync(question, answer, cancellationToken).ConfigureAwait(false);
            await _questions.SetEntryAsync(answer.Id, entryId).ConfigureAwait(false);
        }

        if (question.EntriesTag.Length == 0)
            return;
        context.Runtime.StopPoints.At(StopPoint.BeforeAnswerTag);
        await context
            .Xsoar.Client.TagEntryAsync(question.InvestigationId, entryId, [question.EntriesTag], cancellationToken)
            .ConfigureAwait(false);
        context.Runtime.StopPoints.At(StopPoint.AfterAnswerTag);
    }

    private async Task<string> NewEntryAsync(
        QuestionRecord question,
        AnswerRecord answer,
        CancellationToken cancellationToken
    )
    {
        var text = QuestionText.Entry(
            question,
            answer,
            await XsoarUserAsync(answer, cancellationToken).ConfigureAwait(false)
        );
        var footer = BackLink.Line(
            BackLink.PermalinkOf(context.Mattermost.Bot.PublicUri, question.TeamName, answer.PostId),
            WhatIs(answer)
        );
        context.Runtime.StopPoints.At(StopPoint.BeforeAnswer);
        var entry = await context
            .Xsoar.Client.AddFormattedEntryAsync(
                question.InvestigationId,
                WarRoomText.WithoutButtons($"{text}\n\n{footer}"),
                cancellationToken: cancellationToken
            )
            .ConfigureAwait(false);
        context.Runtime.StopPoints.At(StopPoint.AfterAnswer);
        return entry.Id;
    }

    // An answer is new in the War Room unless an earlier try, here or in a process that ended, has brought it.
    private async Task<string?> FindEntryAsync(
        QuestionRecord question,
        AnswerRecord answer,
        CancellationToken cancellationToken
    )
    {
        var room = await new WarRoomReader(context.Xsoar.Client, context.Xsoar.PageLimit)
            .ReadAsync(question.InvestigationId, answer.RecordedAt - ClockTolerance, cancellationToken)
            .ConfigureAwait(false);
        return room.Entries.FirstOrDefault(entry => BackLink.On(entry.Contents) == (answer.PostId, WhatIs(answer)))?.Id;
    }

    private async Task<string?> XsoarUserAsync(AnswerRecord answer, CancellationToken cancellationToken)
    {
        if (answer.UserId.Length == 0)
            return null;
        try
        {
            return (await context.Directory.FindAsync(answer.UserId, cancellationToken).ConfigureAwait(false))
                .Account
                ?.Username;
        }
        catch (ApiException exception) when (!RetryLoop.IsStop(exception, cancellationToken))
        {
            // The answer counts as well without it: a key may be forbidden to list users.
            return null;
        }
    }

    private static string WhatIs(AnswerRecord answer) =>
        string.Format(CultureInfo.InvariantCulture, "answer {0}", answer.Id);
}
