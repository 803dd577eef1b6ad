using System.Globalization;
using System.Security.Cryptography;
using MattermostXsoar.Sandbox.Xsoar.Model;

namespace MattermostXsoar.Sandbox.Xsoar;

/// <summary>The state of the XSOAR server and what people do in its War Rooms.</summary>
public sealed class XsoarWorld
{
    private readonly Lock _gate = new();
    private readonly SandboxOptions _options;
    private readonly Signal _changed = new();
    private readonly OrderedDictionary<string, SandboxIncident> _incidents = [];
    private readonly List<string> _commands = [];
    private long _lastNanoseconds;
    private int _nextIncident;

    internal XsoarWorld(SandboxOptions options)
    {
        _options = options;
        ApiKey = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
        ApiKeyId = options.IsXsoar8 ? "7" : null;
        ApiUser = options.IsXsoar8 ? "XSOARPAPIUser_" + ApiKeyId : "admin";
        Add(new SandboxIncident { Id = PlaygroundId, Name = "Playground", InvestigationType = 9, CreatedNanoseconds = Now() });
    }

    /// <summary>The API key.</summary>
    public string ApiKey { get; private set; }

    /// <summary>The key's id; null on 6.x.</summary>
    public string? ApiKeyId { get; }

    /// <summary>The author of what is written with the key.</summary>
    public string ApiUser { get; }

    /// <summary>The id of the playground, an investigation that is no incident.</summary>
    public string PlaygroundId { get; } = "c6b0a5c2-9b9f-4b1a-8a7e-0d3f6d1f2a11";

    /// <summary>All incidents, oldest first.</summary>
    public IReadOnlyList<SandboxIncident> Incidents => Read(() => _incidents.Values.Where(static it => it.InvestigationType == 0).ToArray());

    /// <summary>What <c>POST /entry</c> ran because it began with <c>!</c>, <c>/</c> or <c>@</c>.</summary>
    public IReadOnlyList<string> ExecutedCommands => Read(() => _commands.ToArray());

    /// <summary>Makes the old key worthless and returns a new one.</summary>
    public string RollApiKey() => ApiKey = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));

    /// <summary>Makes the key again what it was.</summary>
    public void RestoreApiKey(string key) => ApiKey = key;

    /// <summary>Waits until <paramref name="condition"/> holds; it is tried after every change.</summary>
    public Task WhenAsync(Func<XsoarWorld, bool> condition, CancellationToken cancellationToken = default) =>
        _changed.WhenAsync(() => condition(this), cancellationToken);

    /// <summary>Makes an incident with an open War Room, or a pending one without, and returns its id.</summary>
    public string CreateIncident(string name, string type = "Unclassified", double severity = 1, string owner = "admin", bool pending = false, string details = "") =>
        Locked(() => Add(new SandboxIncident
        {
            Id = (++_nextIncident).ToString(CultureInfo.InvariantCulture),
            Name = name,
            Type = type,
            Severity = severity,
            Owner = owner,
            Status = pending ? 0 : 1,
            Details = details,
            CreatedNanoseconds = Now(),
        }).Id);

    /// <summary>The incident with this id.</summary>
    public SandboxIncident Incident(string id) => Read(() => _incidents.GetValueOrDefault(id) ?? throw XsoarException.NoIncident(id));

    /// <summary>The entries of a War Room, oldest first.</summary>
    public IReadOnlyList<SandboxEntry> Entries(string investigationId) => Read(() => Investigation(investigationId).Entries.ToArray());

    /// <summary>Somebody (or the system, with an empty <paramref name="user"/>) writes into a War Room.</summary>
    public SandboxEntry AddEntry(
        string investigationId, string user, string text, string category = "chat", string format = "text", int type = 1, bool note = false,
        bool contentsIsJson = false, string parentId = "", string file = "", long fileSize = 0, IReadOnlyList<string>? tags = null, string taskName = "") => Locked(() =>
    {
        var investigation = Open(investigationId);
        var now = Now();
        var number = (investigation.Entries.Count + 1).ToString(CultureInfo.InvariantCulture);
        var entry = new SandboxEntry
        {
            Id = (_options.RandomEntryIds ? Ids.New() : number) + "@" + investigation.Id,
            InvestigationId = investigation.Id,
            Type = type,
            Category = category,
            Contents = text,
            ContentsIsJson = contentsIsJson,
            Format = format,
            User = user,
            ParentId = parentId,
            Note = note,
            File = file,
            FileSize = fileSize,
            Tags = tags ?? [],
            TaskName = taskName,
            CreatedNanoseconds = now,
            ModifiedNanoseconds = now,
        };
        investigation.Entries.Add(entry);
        if (user.Length > 0)
            investigation.Users.Add(user);
        if (_options.EntriesTouchIncident)
            investigation.ModifiedNanoseconds = now;
        return entry;
    });

    /// <summary>Somebody changes an entry: its id stays, its version and <c>modified</c> grow.</summary>
    public SandboxEntry EditEntry(string entryId, string text) => Change(entryId, entry => entry.Contents = text);

    /// <summary>Closes an investigation. It can still be read, but not written.</summary>
    public void Close(string investigationId, string user = "admin", string reason = "Resolved", string notes = "") => Locked(() =>
    {
        var it = Investigation(investigationId);
        it.Status = 2;
        it.Version++;
        it.ClosedNanoseconds = it.ModifiedNanoseconds = Now();
        (it.ClosingUser, it.CloseReason, it.CloseNotes) = (user, reason, notes);
        return it;
    });

    /// <summary>Opens a closed investigation again.</summary>
    public void Reopen(string investigationId) => Locked(() =>
    {
        var it = Investigation(investigationId);
        it.Status = 1;
        it.Version++;
        it.ClosedNanoseconds = 0;
        it.ModifiedNanoseconds = Now();
        return it;
    });

    /// <summary>Deletes an incident with its War Room.</summary>
    public bool Delete(string investigationId) => Locked(() => _incidents.Remove(investigationId));

    internal T Locked<T>(Func<T> act)
    {
        T result;
        lock (_gate)
            result = act();
        _changed.Pulse();
        return result;
    }

    internal T Read<T>(Func<T> read)
    {
        lock (_gate)
            return read();
    }

    internal SandboxIncident Investigation(string id) =>
        Read(() => _incidents.TryGetValue(id, out var it) && it.HasInvestigation ? it : throw XsoarException.NoInvestigation(id));

    internal SandboxIncident? Find(string id) => Read(() => _incidents.GetValueOrDefault(id));

    internal SandboxEntry Change(string entryId, Action<SandboxEntry> change) => Locked(() =>
    {
        var investigation = Open(entryId[(entryId.LastIndexOf('@') + 1)..]);
        var entry = investigation.Entries.Find(it => it.Id == entryId) ?? throw XsoarException.BadRequest($"Could not find entry {entryId}");
        change(entry);
        entry.Version++;
        entry.ModifiedNanoseconds = Now();
        if (_options.EntriesTouchIncident)
            investigation.ModifiedNanoseconds = entry.ModifiedNanoseconds;
        return entry;
    });

    internal void Touch(SandboxIncident incident)
    {
        incident.Version++;
        incident.ModifiedNanoseconds = Now();
    }

    /// <summary>What <c>/entry</c> does with a line that is a command.</summary>
    internal void Execute(string line)
    {
        lock (_gate)
            _commands.Add(line);
        if (line.StartsWith("!reopenInvestigation ", StringComparison.Ordinal) && line.IndexOf("id=", StringComparison.Ordinal) is var at and > 0)
            Reopen(line[(at + 3)..].Trim().Trim('"'));
    }

    private SandboxIncident Open(string id)
    {
        var it = Investigation(id);
        return it.IsClosed ? throw XsoarException.Closed(id) : it;
    }

    private SandboxIncident Add(SandboxIncident incident)
    {
        incident.ModifiedNanoseconds = incident.CreatedNanoseconds;
        _incidents.Add(incident.Id, incident);
        return incident;
    }

    /// <summary>The clock in nanoseconds. Two times are never equal, and end in digits that seven places do not hold.</summary>
    private long Now()
    {
        lock (_gate)
        {
            var now = Instant.From(_options.TimeProvider.GetUtcNow()) + 17;
            // Further back than a second lies only a clock that was set back.
            if (now <= _lastNanoseconds && now > _lastNanoseconds - 1_000_000_000)
                now = _lastNanoseconds + 1;
            if (now % 10 == 0)
                now++;
            return _lastNanoseconds = now;
        }
    }
}
