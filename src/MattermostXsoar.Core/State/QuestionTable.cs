using System.Globalization;
using Microsoft.Data.Sqlite;

namespace MattermostXsoar.Core.State;

/// <summary>Questions and their answers: each step of a question's life is one transaction.</summary>
internal sealed class QuestionTable(StoreAccess access, TimeProvider time)
{
    /// <summary>Records a question that is about to be posted.</summary>
    public Task<QuestionRecord> AddAsync(QuestionRecord question) =>
        access.WriteAsync((connection, statements) => QuestionRows.Insert(connection, statements, question));

    /// <summary>Its post is known.</summary>
    public Task<bool> MarkPostedAsync(long id, string postId) =>
        UpdateAsync(
            id,
            "state = $open, post_id = $post, error = NULL, closed_at = NULL, is_told = 0",
            $"state IN ({(int)QuestionState.Posting}, {(int)QuestionState.Failed})",
            ("$open", (int)QuestionState.Open),
            ("$post", postId)
        );

    /// <summary>The bot has added its reactions, or may not.</summary>
    public Task<bool> MarkReadyAsync(long id) => UpdateAsync(id, "is_ready = 1", "is_ready = 0");

    /// <summary>A reply that is no option was answered.</summary>
    public Task<bool> MarkHelpedAsync(long id) => UpdateAsync(id, "is_helped = 1", "is_helped = 0");

    /// <summary>The chat shows how it ended.</summary>
    public Task<bool> MarkToldAsync(long id) => UpdateAsync(id, "is_told = 1", "is_told = 0");

    /// <summary>It was never posted.</summary>
    public Task<bool> MarkFailedAsync(long id, string error) =>
        UpdateAsync(
            id,
            "state = $failed, error = $error, closed_at = $now, is_told = 1",
            $"state = {(int)QuestionState.Posting}",
            ("$failed", (int)QuestionState.Failed),
            ("$error", error),
            ("$now", Now)
        );

    /// <summary>Cancels it, unless it has ended already.</summary>
    public Task<bool> CancelAsync(long id) =>
        UpdateAsync(
            id,
            "state = $cancelled, closed_at = $now, is_told = CASE WHEN post_id IS NULL THEN 1 ELSE 0 END",
            $"state IN ({(int)QuestionState.Posting}, {(int)QuestionState.Open})",
            ("$cancelled", (int)QuestionState.Cancelled),
            ("$now", Now)
        );

    /// <summary>
    /// Records an answer that counts: the first one of a question ends it, unless it is persistent.
    /// </summary>
    /// <returns>False if it had ended before, or this answer is known.</returns>
    public Task<bool> AnswerAsync(QuestionRecord question, AnswerRecord answer, bool delivers) =>
        access.WriteAsync(
            (connection, statements) =>
            {
                var state = question.IsPersistent ? QuestionState.Open : QuestionState.Answered;
                return IsOpen(connection, statements, question.Id)
                    && QuestionRows.Insert(connection, statements, answer, delivers)
                    && Update(
                        connection,
                        statements,
                        question.Id,
                        "state = $state, answer = $answer, answered_by = $by, answered_at = $at, "
                            + "closed_at = CASE WHEN is_persistent = 1 THEN NULL ELSE $now END",
                        $"state = {(int)QuestionState.Open}",
                        ("$state", (int)state),
                        ("$answer", answer.Answer),
                        ("$by", answer.Username),
                        ("$at", answer.AnsweredAt.ToUnixTimeMilliseconds()),
                        ("$now", Now)
                    );
            }
        );

    /// <summary>
    /// Nobody answered in time: the default response counts, unless a persistent question had answers.
    /// </summary>
    public Task<bool> ExpireAsync(QuestionRecord question, AnswerRecord response, bool delivers) =>
        access.WriteAsync(
            (connection, statements) =>
            {
                if (!IsOpen(connection, statements, question.Id))
                    return false;
                var current = QuestionRows.Read(connection, statements, "id = $id", ("$id", question.Id))[0];
                if (current.Answer is null)
                    QuestionRows.Insert(connection, statements, response, delivers);
                return Update(
                    connection,
                    statements,
                    question.Id,
                    "state = $state, closed_at = $now, answer = coalesce(answer, $answer)",
                    $"state = {(int)QuestionState.Open}",
                    ("$state", (int)QuestionState.Expired),
                    ("$now", Now),
                    ("$answer", response.Answer)
                );
            }
        );

    /// <summary>The entry that shows an answer is known.</summary>
    public Task SetEntryAsync(long answerId, string entryId) =>
        access.WriteAsync(
            (connection, statements) =>
                statements
                    .Get(
                        connection,
                        "UPDATE question_answer SET entry_id = $entry WHERE id = $id",
                        ("$entry", entryId),
                        ("$id", answerId)
                    )
                    .ExecuteNonQuery()
        );

    /// <summary>An answer has reached XSOAR, or never will.</summary>
    public Task FinishAsync(AnswerRecord answer, string? error) =>
        access.WriteAsync(
            (connection, statements) =>
            {
                statements
                    .Get(
                        connection,
                        "UPDATE question_answer SET state = $state WHERE id = $id",
                        ("$state", (int)(error is null ? AnswerState.Done : AnswerState.Refused)),
                        ("$id", answer.Id)
                    )
                    .ExecuteNonQuery();
                return Update(connection, statements, answer.QuestionId, "error = $error", "1 = 1", ("$error", error));
            }
        );

    /// <summary>The question, or null.</summary>
    public QuestionRecord? Find(long id) => Read("id = $id", ("$id", id)).FirstOrDefault();

    public List<QuestionRecord> ReadAll() => Read("1 = 1");

    /// <summary>Those with which anything is left to do.</summary>
    public List<QuestionRecord> ReadUnfinished() =>
        Read(
            $"state <= {(int)QuestionState.Open} OR is_told = 0 OR id IN "
                + $"(SELECT question_id FROM question_answer WHERE state = {(int)AnswerState.Pending})"
        );

    /// <summary>The answers that XSOAR is to get.</summary>
    public List<AnswerRecord> ReadPending(long questionId) =>
        access.Read(
            (connection, statements) =>
                QuestionRows.ReadAnswers(
                    connection,
                    statements,
                    $"question_id = $id AND state = {(int)AnswerState.Pending}",
                    ("$id", questionId)
                )
        );

    /// <summary>All answers of a question that count.</summary>
    public List<AnswerRecord> ReadAnswers(long questionId) =>
        access.Read(
            (connection, statements) =>
                QuestionRows.ReadAnswers(connection, statements, "question_id = $id", ("$id", questionId))
        );

    /// <summary>The questions that were asked with a post or in its thread.</summary>
    public List<QuestionRecord> OfThread(string rootId) =>
        Read("post_id = $post OR root_id = $root", ("$post", rootId), ("$root", rootId));

    /// <summary>Whether a post is an answer that counts.</summary>
    public bool IsAnswer(string postId) =>
        access.Read(
            (connection, statements) =>
                statements
                    .Get(connection, "SELECT 1 FROM question_answer WHERE source_id = $post", ("$post", postId))
                    .ExecuteScalar()
                    is not null
        );

    /// <summary>Whether another question's answer was delivered with an entitlement, which counts only once.</summary>
    public bool IsUsed(string entitlement, long exceptId) =>
        access.Read(
            (connection, statements) =>
                statements
                    .Get(
                        connection,
                        $"""
                        SELECT 1 FROM question JOIN question_answer ON question_id = question.id
                        WHERE entitlement = $entitlement AND question.id <> $id AND is_persistent = 0
                            AND question_answer.state = {(int)AnswerState.Done}
                        """,
                        ("$entitlement", entitlement),
                        ("$id", exceptId)
                    )
                    .ExecuteScalar()
                    is not null
        );

    /// <summary>Deletes questions that ended before a time and with which nothing is left to do.</summary>
    public Task<int> PruneAsync(DateTimeOffset before) =>
        access.WriteAsync(
            (connection, statements) =>
            {
                var old =
                    $"SELECT id FROM question WHERE state > {(int)QuestionState.Open} AND is_told = 1 AND "
                    + "closed_at < $before AND NOT EXISTS (SELECT 1 FROM question_answer WHERE question_id = question.id "
                    + $"AND question_answer.state = {(int)AnswerState.Pending})";
                var at = before.ToUnixTimeMilliseconds();
                // The answers first: they name their questions.
                statements
                    .Get(connection, $"DELETE FROM question_answer WHERE question_id IN ({old})", ("$before", at))
                    .ExecuteNonQuery();
                return statements
                    .Get(connection, $"DELETE FROM question WHERE id IN ({old})", ("$before", at))
                    .ExecuteNonQuery();
            }
        );

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private List<QuestionRecord> Read(string condition, params (string Name, object? Value)[] parameters) =>
        access.Read((connection, statements) => QuestionRows.Read(connection, statements, condition, parameters));

    private Task<bool> UpdateAsync(
        long id,
        string changes,
        string condition,
        params (string Name, object? Value)[] parameters
    ) =>
        access.WriteAsync(
            (connection, statements) => Update(connection, statements, id, changes, condition, parameters)
        );

    private static bool IsOpen(SqliteConnection connection, Statements statements, long id) =>
        statements
            .Get(
                connection,
                string.Format(
                    CultureInfo.InvariantCulture,
                    "SELECT 1 FROM question WHERE id = $id AND state = {0}",
                    (int)QuestionState.Open
                ),
                ("$id", id)
            )
            .ExecuteScalar()
            is not null;

    private static bool Update(
        SqliteConnection connection,
        Statements statements,
        long id,
        string changes,
        string condition,
        params (string Name, object? Value)[] parameters
    ) =>
        statements
            .Get(
                connection,
                $"UPDATE question SET {changes} WHERE id = $id AND {condition}",
                [.. parameters, ("$id", (object?)id)]
            )
            .ExecuteNonQuery() > 0;
}
