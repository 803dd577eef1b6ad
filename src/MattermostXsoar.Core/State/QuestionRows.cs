using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace MattermostXsoar.Core.State;

/// <summary>The rows of the tables <c>question</c> and <c>question_answer</c>.</summary>
internal static class QuestionRows
{
    private const string Columns =
        "id, channel_id, channel_name, team_id, team_name, root_id, post_id, text, options, answerers, votes, reply, "
        + "default_response, investigation_id, task_id, entitlement, entries_tag, is_persistent, created_at, expires_at, "
        + "state, is_ready, is_helped, is_told, closed_at, answer, answered_by, answered_at, error";

    private const string AnswerColumns =
        "id, question_id, source_id, post_id, user_id, username, full_name, answer, answered_at, recorded_at, state, "
        + "entry_id";

    public static QuestionRecord Insert(SqliteConnection connection, Statements statements, QuestionRecord question)
    {
        using var reader = statements
            .Get(
                connection,
                $"""
                INSERT INTO question (channel_id, channel_name, team_id, team_name, root_id, text, options, answerers,
                    votes, reply, default_response, investigation_id, task_id, entitlement, entries_tag, is_persistent,
                    created_at, expires_at, state)
                VALUES ($channel, $name, $team, $teamName, $root, $text, $options, $answerers,
                    $votes, $reply, $default, $investigation, $task, $entitlement, $tag, $persistent,
                    $created, $expires, $state)
                RETURNING {Columns}
                """,
                ("$channel", question.ChannelId),
                ("$name", question.ChannelName),
                ("$team", question.TeamId),
                ("$teamName", question.TeamName),
                ("$root", question.RootId),
                ("$text", question.Text),
                ("$options", JsonSerializer.Serialize([.. question.Options], StoreJson.Default.StringArray)),
                ("$answerers", string.Join(",", question.Answerers.Select(user => $"{user.Key}:{user.Value}"))),
                ("$votes", question.Votes),
                ("$reply", question.Reply),
                ("$default", question.DefaultResponse),
                ("$investigation", question.InvestigationId),
                ("$task", question.TaskId),
                ("$entitlement", question.Entitlement),
                ("$tag", question.EntriesTag),
                ("$persistent", question.IsPersistent),
                ("$created", question.CreatedAt.ToUnixTimeMilliseconds()),
                ("$expires", question.ExpiresAt.ToUnixTimeMilliseconds()),
                ("$state", (int)QuestionState.Posting)
            )
            .ExecuteReader();
        reader.Read();
        return Read(reader);
    }

    /// <returns>False if the answer is known already.</returns>
    public static bool Insert(SqliteConnection connection, Statements statements, AnswerRecord answer, bool delivers) =>
        statements
            .Get(
                connection,
                """
                INSERT INTO question_answer (question_id, source_id, post_id, user_id, username, full_name, answer,
                    answered_at, recorded_at, state)
                VALUES ($question, $source, $post, $user, $username, $name, $answer, $at, $recorded, $state)
                ON CONFLICT DO NOTHING
                """,
                ("$question", answer.QuestionId),
                ("$source", answer.SourceId),
                ("$post", answer.PostId),
                ("$user", answer.UserId),
                ("$username", answer.Username),
                ("$name", answer.FullName),
                ("$answer", answer.Answer),
                ("$at", answer.AnsweredAt.ToUnixTimeMilliseconds()),
                ("$recorded", answer.RecordedAt.ToUnixTimeMilliseconds()),
                ("$state", (int)(delivers ? AnswerState.Pending : AnswerState.Done))
            )
            .ExecuteNonQuery() > 0;

    public static List<QuestionRecord> Read(
        SqliteConnection connection,
        Statements statements,
        string condition,
        params (string Name, object? Value)[] parameters
    )
    {
        var found = new List<QuestionRecord>();
        using var reader = statements
            .Get(connection, $"SELECT {Columns} FROM question WHERE {condition} ORDER BY id", parameters)
            .ExecuteReader();
        while (reader.Read())
            found.Add(Read(reader));
        return found;
    }

    public static List<AnswerRecord> ReadAnswers(
        SqliteConnection connection,
        Statements statements,
        string condition,
        params (string Name, object? Value)[] parameters
    )
    {
        var found = new List<AnswerRecord>();
        using var reader = statements
            .Get(connection, $"SELECT {AnswerColumns} FROM question_answer WHERE {condition} ORDER BY id", parameters)
            .ExecuteReader();
        while (reader.Read())
            found.Add(
                new AnswerRecord
                {
                    Id = reader.GetInt64(0),
                    QuestionId = reader.GetInt64(1),
                    SourceId = reader.GetString(2),
                    PostId = reader.GetString(3),
                    UserId = reader.GetString(4),
                    Username = reader.GetString(5),
                    FullName = reader.GetString(6),
                    Answer = reader.GetString(7),
                    AnsweredAt = Time(reader.GetInt64(8)),
                    RecordedAt = Time(reader.GetInt64(9)),
                    State = (AnswerState)reader.GetInt32(10),
                    EntryId = Text(reader, 11),
                }
            );
        return found;
    }

    private static QuestionRecord Read(SqliteDataReader row) =>
        new()
        {
            Id = row.GetInt64(0),
            ChannelId = row.GetString(1),
            ChannelName = row.GetString(2),
            TeamId = row.GetString(3),
            TeamName = row.GetString(4),
            RootId = row.GetString(5),
            PostId = Text(row, 6),
            Text = row.GetString(7),
            Options = JsonSerializer.Deserialize(row.GetString(8), StoreJson.Default.StringArray) ?? [],
            Answerers =
            [
                .. row.GetString(9)
                    .Split([','], StringSplitOptions.RemoveEmptyEntries)
                    .Select(user => user.Split([':'], 2))
                    .Select(user => new KeyValuePair<string, string>(user[0], user.Length > 1 ? user[1] : "")),
            ],
            Votes = row.GetInt32(10),
            Reply = row.GetString(11),
            DefaultResponse = row.GetString(12),
            InvestigationId = row.GetString(13),
            TaskId = row.GetString(14),
            Entitlement = row.GetString(15),
            EntriesTag = row.GetString(16),
            IsPersistent = row.GetBoolean(17),
            CreatedAt = Time(row.GetInt64(18)),
            ExpiresAt = Time(row.GetInt64(19)),
            State = (QuestionState)row.GetInt32(20),
            IsReady = row.GetBoolean(21),
            IsHelped = row.GetBoolean(22),
            IsTold = row.GetBoolean(23),
            ClosedAt = row.IsDBNull(24) ? null : Time(row.GetInt64(24)),
            Answer = Text(row, 25),
            AnsweredBy = Text(row, 26),
            AnsweredAt = row.IsDBNull(27) ? null : Time(row.GetInt64(27)),
            Error = Text(row, 28),
        };

    private static string? Text(SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetString(column);

    private static DateTimeOffset Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
