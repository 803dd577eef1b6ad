using Microsoft.Data.Sqlite;

namespace MattermostXsoar.Core.State;

/// <summary>The SQL of the table <c>mirror</c>.</summary>
internal sealed class MirrorQueries(Statements statements)
{
    private const string Columns =
        "id, investigation_id, channel_id, channel_name, team_id, team_name, type, direction, auto_close, state, "
        + "state_since, reason, generation, chat_anchor_id, chat_anchor_at, war_room_cursor, from_chat, from_war_room, "
        + "last_delivery_at, last_error, chat_changed_at, war_room_since, allowed_mentions, optional_aspects, "
        + "allows_public, is_named, is_private, members, guests";

    public List<MirrorRecord> ReadAll(SqliteConnection connection)
    {
        var found = new List<MirrorRecord>();
        using var reader = statements.Get(connection, $"SELECT {Columns} FROM mirror ORDER BY id").ExecuteReader();
        while (reader.Read())
            found.Add(Read(reader));
        return found;
    }

    /// <summary>
    /// Adds the mirror, or replaces the settings and the position of that of the same investigation and channel.
    /// </summary>
    public MirrorRecord Save(SqliteConnection connection, MirrorRecord mirror)
    {
        var command = statements.Get(
            connection,
            $"""
            INSERT INTO mirror (investigation_id, channel_id, channel_name, team_id, team_name, type, direction,
                auto_close, state, state_since, reason, generation, chat_anchor_id, chat_anchor_at, war_room_cursor,
                chat_changed_at, war_room_since, allowed_mentions, optional_aspects, allows_public, is_named)
            VALUES ($investigation, $channel, $name, $team, $teamName, $type, $direction,
                $autoClose, $state, $since, $reason, 1, $anchor, $anchorAt, $cursor,
                $changedAt, $warRoomSince, $mentions, $aspects, $allowsPublic, $isNamed)
            ON CONFLICT (investigation_id, channel_id) DO UPDATE SET
                channel_name = excluded.channel_name, team_id = excluded.team_id, team_name = excluded.team_name,
                type = excluded.type, direction = excluded.direction, auto_close = excluded.auto_close,
                state = excluded.state, state_since = excluded.state_since, reason = excluded.reason,
                generation = generation + 1,
                chat_anchor_id = excluded.chat_anchor_id, chat_anchor_at = excluded.chat_anchor_at,
                war_room_cursor = excluded.war_room_cursor, chat_changed_at = excluded.chat_changed_at,
                war_room_since = excluded.war_room_since, allowed_mentions = excluded.allowed_mentions,
                optional_aspects = excluded.optional_aspects, allows_public = excluded.allows_public,
                is_named = excluded.is_named,
                last_error = NULL
            RETURNING {Columns}
            """,
            ("$investigation", mirror.InvestigationId),
            ("$channel", mirror.ChannelId),
            ("$name", mirror.ChannelName),
            ("$team", mirror.TeamId),
            ("$teamName", mirror.TeamName),
            ("$type", (int)mirror.Type),
            ("$direction", (int)mirror.Direction),
            ("$autoClose", mirror.AutoClose),
            ("$state", (int)mirror.State),
            ("$since", mirror.StateSince.ToUnixTimeMilliseconds()),
            ("$reason", mirror.Reason),
            ("$anchor", mirror.ChatAnchorId),
            ("$anchorAt", mirror.ChatAnchorAt),
            ("$cursor", mirror.WarRoomCursor),
            ("$changedAt", mirror.ChatChangedAt),
            ("$warRoomSince", mirror.WarRoomSince),
            ("$mentions", string.Join(",", mirror.AllowedMentions)),
            ("$aspects", string.Join(",", mirror.OptionalAspects)),
            ("$allowsPublic", mirror.AllowsPublic),
            ("$isNamed", mirror.IsNamed)
        );
        using var reader = command.ExecuteReader();
        reader.Read();
        return Read(reader);
    }

    /// <summary>
    /// Changes the state, but only from one of <paramref name="from"/>: a late event must not undo a Stop by a person.
    /// </summary>
    /// <returns>Whether the state was one of those.</returns>
    public bool SetState(
        SqliteConnection connection,
        long id,
        MirrorState state,
        string? reason,
        DateTimeOffset since,
        bool byPerson,
        params MirrorState[] from
    )
    {
        var allowed = string.Join(
            ", ",
            from.Select(value => ((int)value).ToString(System.Globalization.CultureInfo.InvariantCulture))
        );
        return statements
                .Get(
                    connection,
                    $"""
                    UPDATE mirror SET state = $state, reason = $reason, generation = generation + $byPerson,
                        state_since = CASE WHEN state = $state THEN state_since ELSE $since END
                    WHERE id = $id AND state IN ({allowed})
                    """,
                    ("$state", (int)state),
                    ("$reason", reason),
                    ("$byPerson", byPerson ? 1 : 0),
                    ("$since", since.ToUnixTimeMilliseconds()),
                    ("$id", id)
                )
                .ExecuteNonQuery() > 0;
    }

    public void MoveAnchor(SqliteConnection connection, long id, string anchorId, long anchorAt) =>
        statements
            .Get(
                connection,
                """
                UPDATE mirror SET chat_anchor_id = $anchor, chat_anchor_at = $at
                WHERE id = $id AND (chat_anchor_at < $at OR chat_anchor_id IS NULL)
                """,
                ("$anchor", anchorId),
                ("$at", anchorAt),
                ("$id", id)
            )
            .ExecuteNonQuery();

    public void MoveChangedAt(SqliteConnection connection, long id, long changedAt) =>
        statements
            .Get(
                connection,
                "UPDATE mirror SET chat_changed_at = $at WHERE id = $id AND chat_changed_at < $at",
                ("$at", changedAt),
                ("$id", id)
            )
            .ExecuteNonQuery();

    public void MoveCursor(SqliteConnection connection, long id, long cursor) =>
        statements
            .Get(
                connection,
                "UPDATE mirror SET war_room_cursor = $cursor WHERE id = $id AND war_room_cursor < $cursor",
                ("$cursor", cursor),
                ("$id", id)
            )
            .ExecuteNonQuery();

    public void SetChannelName(SqliteConnection connection, string channelId, string name) =>
        statements
            .Get(
                connection,
                "UPDATE mirror SET channel_name = $name WHERE channel_id = $id",
                ("$name", name),
                ("$id", channelId)
            )
            .ExecuteNonQuery();

    /// <summary>
    /// The channel is in another team now: a running listener takes the mirror up as after a change by a person.
    /// </summary>
    public void SetTeam(SqliteConnection connection, string channelId, string teamId, string teamName) =>
        statements
            .Get(
                connection,
                """
                UPDATE mirror SET team_id = $team, team_name = $name, generation = generation + 1
                WHERE channel_id = $id AND (team_id <> $team OR team_name <> $name)
                """,
                ("$team", teamId),
                ("$name", teamName),
                ("$id", channelId)
            )
            .ExecuteNonQuery();

    public void SetReaders(
        SqliteConnection connection,
        string channelId,
        bool isPrivate,
        long? members,
        long? guests
    ) =>
        statements
            .Get(
                connection,
                "UPDATE mirror SET is_private = $private, members = $members, guests = $guests WHERE channel_id = $id",
                ("$private", isPrivate),
                ("$members", members),
                ("$guests", guests),
                ("$id", channelId)
            )
            .ExecuteNonQuery();

    public void SetLastError(SqliteConnection connection, long id, string? error) =>
        statements
            .Get(connection, "UPDATE mirror SET last_error = $error WHERE id = $id", ("$error", error), ("$id", id))
            .ExecuteNonQuery();

    public void CountDelivery(
        SqliteConnection connection,
        long id,
        DeliveryDirection direction,
        int lines,
        DateTimeOffset at
    ) =>
        statements
            .Get(
                connection,
                direction == DeliveryDirection.ChatToWarRoom
                    ? "UPDATE mirror SET from_chat = from_chat + $lines, last_delivery_at = $at WHERE id = $id"
                    : "UPDATE mirror SET from_war_room = from_war_room + $lines, last_delivery_at = $at WHERE id = $id",
                ("$lines", lines),
                ("$at", at.ToUnixTimeMilliseconds()),
                ("$id", id)
            )
            .ExecuteNonQuery();

    private static MirrorRecord Read(SqliteDataReader row) =>
        new()
        {
            Id = row.GetInt64(0),
            InvestigationId = row.GetString(1),
            ChannelId = row.GetString(2),
            ChannelName = row.GetString(3),
            TeamId = row.GetString(4),
            TeamName = row.GetString(5),
            Type = (MirrorType)row.GetInt32(6),
            Direction = (MirrorDirection)row.GetInt32(7),
            AutoClose = row.GetBoolean(8),
            State = (MirrorState)row.GetInt32(9),
            StateSince = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(10)),
            Reason = row.IsDBNull(11) ? null : row.GetString(11),
            Generation = row.GetInt64(12),
            ChatAnchorId = row.IsDBNull(13) ? null : row.GetString(13),
            ChatAnchorAt = row.GetInt64(14),
            WarRoomCursor = row.GetInt64(15),
            FromChat = row.GetInt64(16),
            FromWarRoom = row.GetInt64(17),
            LastDeliveryAt = row.IsDBNull(18) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(18)),
            LastError = row.IsDBNull(19) ? null : row.GetString(19),
            ChatChangedAt = row.GetInt64(20),
            WarRoomSince = row.GetInt64(21),
            AllowedMentions = row.GetString(22).Split([','], StringSplitOptions.RemoveEmptyEntries),
            OptionalAspects = row.GetString(23)
                .Split([','], StringSplitOptions.RemoveEmptyEntries)
                .Select(ParseAspect)
                .ToList(),
            AllowsPublic = row.GetBoolean(24),
            IsNamed = row.GetBoolean(25),
            IsPrivate = row.IsDBNull(26) ? null : row.GetBoolean(26),
            Members = row.IsDBNull(27) ? null : row.GetInt64(27),
            Guests = row.IsDBNull(28) ? null : row.GetInt64(28),
        };

    private static MessageAspect ParseAspect(string name) =>
        Enum.TryParse<MessageAspect>(name, out var aspect)
            ? aspect
            : throw new InvalidDataException(
                $"The state file names an aspect of messages that is not known: '{name}'."
            );
}
