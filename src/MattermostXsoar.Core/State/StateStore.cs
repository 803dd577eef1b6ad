using System.Security.Cryptography;
using MattermostXsoar.Core.Platform;
using Microsoft.Data.Sqlite;

namespace MattermostXsoar.Core.State;

/// <summary>
/// The durable store: mirrors, how far each side was read, and every delivery. One SQLite file in WAL mode with full
/// synchronization; readable by its owner only; contains no token. Several processes may have it open; only the one
/// that holds the <see cref="ListenerLease"/> delivers.
/// </summary>
internal sealed class StateStore : IDisposable
{
    private const string BotKey = "mattermost-bot";
    private const string SecretKey = "secret";
    private const int SecretBytes = 32;

    private readonly StoreAccess _access;
    private readonly MirrorQueries _mirrors;
    private readonly DeliveryQueries _deliveries;
    private readonly RevisionQueries _revisions;
    private readonly FileQueries _files;
    private readonly MirrorQueries _mirrorReads;
    private readonly DeliveryQueries _deliveryReads;
    private readonly RevisionQueries _revisionReads;
    private readonly FileQueries _fileReads;
    private readonly TimeProvider _time;
    private readonly StopPoints _stops;

    private StateStore(StoreAccess access, TimeProvider time, StopPoints stops)
    {
        _time = time;
        _stops = stops;
        _access = access;
        Messages = new HandledMessageTable(access, time);
        _mirrors = new MirrorQueries(access.WriteStatements);
        _deliveries = new DeliveryQueries(access.WriteStatements);
        _revisions = new RevisionQueries(access.WriteStatements, _deliveries);
        _files = new FileQueries(access.WriteStatements, _deliveries);
        _mirrorReads = new MirrorQueries(access.ReadStatements);
        _deliveryReads = new DeliveryQueries(access.ReadStatements);
        _revisionReads = new RevisionQueries(access.ReadStatements, _deliveryReads);
        _fileReads = new FileQueries(access.ReadStatements, _deliveryReads);
        Questions = new QuestionTable(access, time);
    }

    /// <summary>The messages to the bot.</summary>
    public HandledMessageTable Messages { get; }

    public string FilePath => _access.FilePath;

    /// <summary>The questions and their answers.</summary>
    public QuestionTable Questions { get; }

    /// <summary>
    /// Random bytes that only this store has, made with it: what is derived from them nobody else can guess. They open
    /// nothing on either server.
    /// </summary>
    public byte[] Secret { get; private init; } = [];

    /// <summary>Opens the file, and creates it if it does not exist.</summary>
    /// <param name="path">The file; see <see cref="StorePath"/>.</param>
    /// <param name="botUserId">The bot that the store belongs to: the store of another bot is refused.</param>
    /// <param name="time">The clock of the time stamps.</param>
    /// <param name="stops">Where a test ends the process.</param>
    /// <exception cref="Errors.MattermostXsoarException">StoreDamaged, StoreTooNew, StoreOfAnotherBot or
    /// StoreUnavailable.</exception>
    public static StateStore Open(string path, string botUserId, TimeProvider time, StopPoints? stops = null)
    {
        stops ??= StopPoints.None;
        SqliteConnection? write = null;
        SqliteConnection? read = null;
        try
        {
            StoreFile.CheckPlace(path);
            OwnerOnlyFile.Ensure(path);
            StoreFile.CheckLength(path);
            write = StoreFile.Connect(path);
            StoreFile.Prepare(write, path, stops);
            OwnerOnlyFile.Restrict(path);
            read = StoreFile.Connect(path);
            ClaimFor(write, path, botUserId);
            var secret = Convert.FromBase64String(Keep(write, SecretKey, NewSecret()));
            return new StateStore(new StoreAccess(path, write, read, stops), time, stops) { Secret = secret };
        }
        catch (Exception exception)
        {
            write?.Dispose();
            read?.Dispose();
            throw StoreErrors.From(exception, path);
        }
    }

    public List<MirrorRecord> ReadMirrors() => Read(_mirrorReads.ReadAll);

    public List<DeliveryCount> CountOpen() => Read(_deliveryReads.CountOpen);

    public long NewestDeliveryId() => Read(_deliveryReads.NewestId);

    public long NewestPendingId(long mirrorId, DeliveryDirection direction) =>
        Read(connection => _deliveryReads.NewestPendingId(connection, mirrorId, direction));

    public List<DeliveryRecord> ReadPending(long mirrorId, DeliveryDirection direction, long afterId, int limit) =>
        Read(connection => _deliveryReads.ReadPending(connection, mirrorId, direction, afterId, limit));

    /// <summary>See <see cref="RevisionQueries.TargetOf"/>.</summary>
    public string? TargetOf(
        long mirrorId,
        DeliveryDirection direction,
        string sourceId,
        int part,
        MessageAspect aspect = MessageAspect.Content
    ) => Read(connection => _revisionReads.TargetOf(connection, mirrorId, direction, sourceId, part, aspect));

    /// <summary>See <see cref="RevisionQueries.TargetsOf"/>.</summary>
    public IReadOnlyList<string> TargetsOf(
        long mirrorId,
        DeliveryDirection direction,
        string sourceId,
        int part,
        MessageAspect aspect = MessageAspect.Content
    ) => Read(connection => _revisionReads.TargetsOf(connection, mirrorId, direction, sourceId, part, aspect));

    /// <summary>See <see cref="RevisionQueries.SourceAt"/>.</summary>
    public long? SourceAt(long mirrorId, DeliveryDirection direction, string sourceId) =>
        Read(connection => _revisionReads.SourceAt(connection, mirrorId, direction, sourceId));

    /// <summary>See <see cref="RevisionQueries.IsMirrored"/>.</summary>
    public bool IsMirrored(long mirrorId, DeliveryDirection direction, string sourceId) =>
        Read(connection => _revisionReads.IsMirrored(connection, mirrorId, direction, sourceId));

    /// <summary>See <see cref="RevisionQueries.IsOurs"/>.</summary>
    public bool IsOurs(long mirrorId, DeliveryDirection direction, string targetId, DateTimeOffset recordedSince) =>
        Read(connection => _revisionReads.IsOurs(connection, mirrorId, direction, targetId, recordedSince));

    /// <summary>See <see cref="RevisionQueries.PartsOf"/>.</summary>
    public int PartsOf(
        long mirrorId,
        DeliveryDirection direction,
        string sourceId,
        MessageAspect aspect = MessageAspect.Content
    ) => Read(connection => _revisionReads.PartsOf(connection, mirrorId, direction, sourceId, aspect));

    /// <summary>See <see cref="FileQueries.FilesBefore"/>.</summary>
    public string? FilesBefore(DeliveryRecord edit) => Read(connection => _fileReads.FilesBefore(connection, edit));

    /// <summary>See <see cref="FileQueries.Find"/>.</summary>
    public DeliveryRecord? FindFile(DeliveryRecord line, string item) =>
        Read(connection => _fileReads.Find(connection, line, item));

    /// <summary>See <see cref="RevisionQueries.ReadKnown"/>.</summary>
    public IReadOnlyList<KnownMessage> ReadKnown(long mirrorId, DeliveryDirection direction, long since) =>
        Read(connection => _revisionReads.ReadKnown(connection, mirrorId, direction, since));

    /// <summary>See <see cref="RevisionQueries.Earliest"/>.</summary>
    public long EarliestKnown(long mirrorId, DeliveryDirection direction) =>
        Read(connection => _revisionReads.Earliest(connection, mirrorId, direction));

    /// <summary>What to send for a delivery now (<see cref="RevisionQueries.TakeNewer"/>).</summary>
    public async Task<DeliveryRecord?> RenewAsync(DeliveryRecord line)
    {
        if (Read(connection => _fileReads.IsObsolete(connection, line)))
        {
            await MarkSkippedAsync(line).ConfigureAwait(false);
            return null;
        }

        return Read(connection => _revisionReads.Waiting(connection, line))?.Id == line.Id
            ? line
            : await _access.WriteAsync(connection => _revisions.TakeNewer(connection, line)).ConfigureAwait(false);
    }

    /// <summary>
    /// Increases whenever another process has changed the file
    /// (https://www.sqlite.org/pragma.html#pragma_data_version).
    /// </summary>
    public long DataVersion() =>
        Read(connection =>
            _access.ReadStatements.Get(connection, "PRAGMA data_version").ExecuteScalar() is long version ? version : 0
        );

    /// <summary>See <see cref="StoreAccess.LastError"/>.</summary>
    public Errors.MattermostXsoarException? WriteTrouble => _access.LastError;

    /// <summary>See <see cref="MovedFile"/>.</summary>
    public bool HasMoved() => Read(MovedFile.Is);

    public Task<MirrorRecord> SaveMirrorAsync(MirrorRecord mirror, IReadOnlyList<DeliveryRecord> seen) =>
        _access.WriteAsync(connection =>
        {
            var saved = _mirrors.Save(connection, mirror);
            foreach (var line in seen)
                _deliveries.Insert(
                    connection,
                    line with
                    {
                        MirrorId = saved.Id,
                        State = DeliveryState.Skipped,
                    },
                    _time.GetUtcNow()
                );
            return saved;
        });

    public Task<bool> SetMirrorStateAsync(
        long id,
        MirrorState state,
        string? reason,
        bool byPerson,
        params MirrorState[] from
    ) =>
        _access.WriteAsync(connection =>
            _mirrors.SetState(connection, id, state, reason, _time.GetUtcNow(), byPerson, from)
        );

    /// <summary>A value that <see cref="KeepAsync"/> stored; null for none.</summary>
    public string? ReadKept(string key) =>
        Read(connection =>
            _access
                .ReadStatements.Get(connection, "SELECT value FROM identity WHERE key = $key", ("$key", key))
                .ExecuteScalar() as string
        );

    /// <summary>Stores what was found out about a server, in place of what was known before.</summary>
    public Task KeepAsync(string key, string value) =>
        _access.WriteAsync(connection =>
        {
            _access
                .WriteStatements.Get(
                    connection,
                    "INSERT INTO identity (key, value) VALUES ($key, $value) "
                        + "ON CONFLICT (key) DO UPDATE SET value = $value",
                    ("$key", key),
                    ("$value", value)
                )
                .ExecuteNonQuery();
            return true;
        });

    /// <inheritdoc cref="MirrorQueries.SetTeam"/>
    public Task SetTeamAsync(string channelId, string teamId, string teamName) =>
        _access.WriteAsync(connection =>
        {
            _mirrors.SetTeam(connection, channelId, teamId, teamName);
            return true;
        });

    public Task SetChannelNameAsync(string channelId, string name) =>
        _access.WriteAsync(connection =>
        {
            _mirrors.SetChannelName(connection, channelId, name);
            return true;
        });

    /// <summary>Records who can read a channel.</summary>
    public Task SetReadersAsync(string channelId, bool isPrivate, long? members, long? guests) =>
        _access.WriteAsync(connection =>
        {
            _mirrors.SetReaders(connection, channelId, isPrivate, members, guests);
            return true;
        });

    public Task SetLastErrorAsync(long id, string? error) =>
        _access.WriteAsync(connection =>
        {
            _mirrors.SetLastError(connection, id, error);
            return true;
        });

    /// <summary>Records deliveries and, in the same transaction, how far their side has been read.</summary>
    /// <returns>Those that were new, with their numbers, in the order given.</returns>
    public Task<List<DeliveryRecord>> RecordAsync(
        long mirrorId,
        IReadOnlyList<DeliveryRecord> lines,
        ReadPosition position
    ) =>
        _access.WriteNowAsync(connection =>
        {
            var added = new List<DeliveryRecord>(lines.Count);
            foreach (var line in lines)
            {
                // The parts of a message are recorded together: if the first part is known, all of them are.
                if (
                    line is { Kind: DeliveryKind.Message, Part: > 0, Aspect: MessageAspect.Content }
                    && !IsNew(added, line)
                )
                    continue;
                var inserted =
                    line is { Kind: DeliveryKind.Message, Aspect: MessageAspect.File }
                        ? _files.Insert(connection, line, _time.GetUtcNow())
                    : line.IsShownByMessage && IsNew(added, line) ? Remember(connection, line)
                    : line.IsChange ? _revisions.Insert(connection, line, _time.GetUtcNow())
                    : _deliveries.Insert(connection, line, _time.GetUtcNow());
                if (inserted is null)
                    continue;
                added.Add(inserted);
                if (inserted is { Kind: DeliveryKind.Edit, Files: not null })
                    _files.Withdraw(connection, inserted);
            }

            if (lines.Count > 0)
                _stops.At(StopPoint.BeforeCursor, lines[0].Direction);
            if (position.AnchorId is not null)
                _mirrors.MoveAnchor(connection, mirrorId, position.AnchorId, position.AnchorAt);
            if (position.ChangedAt > 0)
                _mirrors.MoveChangedAt(connection, mirrorId, position.ChangedAt);
            if (position.Cursor > 0)
                _mirrors.MoveCursor(connection, mirrorId, position.Cursor);
            return added;
        });

    public Task MarkDoneAsync(DeliveryRecord line, string targetId) => MarkDoneAsync([(line, targetId)]);

    /// <summary>Marks deliveries as arrived and counts them, all in one transaction.</summary>
    public Task MarkDoneAsync(IReadOnlyList<(DeliveryRecord Line, string TargetId)> marks) =>
        _access.WriteAsync(connection =>
        {
            var arrived = marks.Where(mark =>
                _deliveries.MarkDone(connection, mark.Line.Id, mark.TargetId) && mark.Line.Kind != DeliveryKind.Notice
            );
            foreach (var lines in arrived.ToList().GroupBy(mark => (mark.Line.MirrorId, mark.Line.Direction)))
            {
                // Messages are counted: neither edits and deletions, nor the further parts and files of one.
                _stops.At(StopPoint.BeforeCount, lines.Key.Direction);
                var count = lines.Count(mark => mark.Line is { Kind: DeliveryKind.Message, IsFurtherPart: false });
                _mirrors.CountDelivery(connection, lines.Key.MirrorId, lines.Key.Direction, count, _time.GetUtcNow());
            }

            return true;
        });

    /// <summary>Marks a delivery as one that is not sent.</summary>
    public Task MarkSkippedAsync(DeliveryRecord line) =>
        _access.WriteAsync(connection =>
        {
            _deliveries.MarkSkipped(connection, line.Id);
            return true;
        });

    public Task MarkFailedAsync(DeliveryRecord line, string error, string? targetId = null) =>
        _access.WriteAsync(connection =>
        {
            _deliveries.MarkFailed(connection, line.Id, error, targetId, _time.GetUtcNow());
            _mirrors.SetLastError(connection, line.MirrorId, error);
            _files.Withdraw(connection, line);
            return true;
        });

    /// <summary>See <see cref="FailedDeliveryQueries.Read"/>.</summary>
    public List<FailedDelivery> ReadFailed() => Read(new FailedDeliveryQueries(_access.ReadStatements).Read);

    /// <summary>See <see cref="FailedDeliveryQueries.Retry"/>.</summary>
    public Task<int> RetryFailedAsync(long mirrorId, string? reason = null, bool restarts = true) =>
        _access.WriteAsync(connection =>
            new FailedDeliveryQueries(_access.WriteStatements).Retry(connection, mirrorId, reason, restarts)
        );

    /// <summary>See <see cref="FailedDeliveryQueries.CountMessages"/>.</summary>
    public long CountFailedMessages(long mirrorId, string reason) =>
        Read(connection =>
            new FailedDeliveryQueries(_access.ReadStatements).CountMessages(connection, mirrorId, reason)
        );

    /// <inheritdoc cref="RevisionQueries.NewestPosts"/>
    public List<(string PostId, long At)> NewestPosts(long mirrorId, DeliveryDirection direction, int most) =>
        Read(connection => _revisionReads.NewestPosts(connection, mirrorId, direction, most));

    /// <summary>
    /// Deletes deliveries that are older than <paramref name="age"/> and finished, at most a few thousand at a time.
    /// </summary>
    /// <param name="age">How long finished deliveries are kept at least.</param>
    /// <param name="chatWindow">How far before its anchor a channel is read again.</param>
    /// <param name="warRoomWindow">How far before its cursor a War Room is read again.</param>
    /// <returns>The number of deleted rows.</returns>
    public Task<int> PruneAsync(TimeSpan age, TimeSpan chatWindow, TimeSpan warRoomWindow) =>
        _access.WriteAsync(connection =>
            _deliveries.Prune(connection, _time.GetUtcNow() - age, chatWindow, warRoomWindow)
        );

    public void Dispose() => _access.Dispose();

    private static bool IsNew(List<DeliveryRecord> added, DeliveryRecord line) =>
        added.Exists(part => part.SourceId == line.SourceId && part.Kind == DeliveryKind.Message);

    // Nothing is to be sent of it; the next state is compared with it.
    private DeliveryRecord? Remember(SqliteConnection connection, DeliveryRecord line)
    {
        _revisions.Insert(connection, line with { State = DeliveryState.Skipped, Payload = "" }, _time.GetUtcNow());
        return null;
    }

    private T Read<T>(Func<SqliteConnection, T> read) => _access.Read(read);

    private static void ClaimFor(SqliteConnection connection, string path, string botUserId)
    {
        if (Keep(connection, BotKey, botUserId) is var owner && owner != botUserId)
            throw StoreErrors.OfAnotherBot(path, owner, botUserId);
    }

    // Stores a value that never changes; returns the one that was stored first.
    private static string Keep(SqliteConnection connection, string key, string value)
    {
        using var command = connection.CreateCommand();
        command.CommandText =
            "INSERT INTO identity (key, value) VALUES ($key, $value) ON CONFLICT DO NOTHING; "
            + "SELECT value FROM identity WHERE key = $key";
        command.Parameters.AddWithValue("$key", key);
        command.Parameters.AddWithValue("$value", value);
        return (string)command.ExecuteScalar()!;
    }

    private static string NewSecret()
    {
        var secret = new byte[SecretBytes];
        using var random = RandomNumberGenerator.Create();
        random.GetBytes(secret);
        return Convert.ToBase64String(secret);
    }
}
