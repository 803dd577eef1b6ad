using System.Globalization;
using MattermostXsoar.Sandbox.Xsoar.Model;

namespace MattermostXsoar.Sandbox.Xsoar;

public sealed partial class XsoarWorld
{
    /// <summary>All incidents, oldest first.</summary>
    public IReadOnlyList<SandboxIncident> Incidents =>
        Read(() => _incidents.Values.Where(static it => it.IsListed).ToArray());

    /// <summary>All investigations, including those without an incident.</summary>
    internal IReadOnlyList<SandboxIncident> Investigations =>
        Read(() => _incidents.Values.Where(static it => it.HasInvestigation && !it.IsShell).ToArray());

    /// <summary>Creates an incident with an open War Room, or a pending one without, and returns its id.</summary>
    public string CreateIncident(
        string name,
        string type = "Unclassified",
        double severity = 1,
        string owner = "admin",
        bool pending = false,
        string details = ""
    ) => Create(name, type, severity, owner, pending, details, owner).Id;

    /// <summary>The incident with this id.</summary>
    public SandboxIncident Incident(string id) =>
        Read(() => _incidents.TryGetValue(id, out var it) && !it.IsShell ? it : throw XsoarException.NoIncident(id));

    /// <summary>Closes an investigation. It can still be read, but not written.</summary>
    public void Close(string investigationId, string user = "admin", string reason = "Resolved", string notes = "") =>
        Locked(() =>
        {
            var it = Incident(investigationId);
            it.Status = 2;
            it.Version++;
            it.ClosedNanoseconds = it.ModifiedNanoseconds = Now();
            (it.ClosingUser, it.CloseReason, it.CloseNotes) = (user, reason, notes);
            return it;
        });

    /// <summary>Opens a closed investigation again.</summary>
    public void Reopen(string investigationId) =>
        Locked(() =>
        {
            var it = Investigation(investigationId);
            it.Status = 1;
            it.Version++;
            it.ClosedNanoseconds = 0;
            it.ClosingUser = "";
            it.ModifiedNanoseconds = Now();
            return it;
        });

    /// <summary>Creates the right to answer once, as <c>!addEntitlement</c> does, and returns its guid; with a tag it counts
    /// for any number of answers.</summary>
    public string AddEntitlement(string investigationId, string? persistentTag = null) =>
        Locked(() =>
        {
            var (investigation, id) = (Open(investigationId), Guid.NewGuid().ToString());
            if (persistentTag is null)
                investigation.EntitlementIds.Add(id);
            else
                investigation.PersistentEntitlements[persistentTag] = id;
            return id;
        });

    /// <summary>Deletes an incident with its War Room.</summary>
    public bool Delete(string investigationId) => Locked(() => _incidents.Remove(investigationId));

    internal SandboxIncident Create(
        string name,
        string type,
        double severity,
        string owner,
        bool pending,
        string details,
        string creator
    ) =>
        Locked(() =>
        {
            var now = Now();
            return Add(
                new SandboxIncident
                {
                    Id = (++_nextIncident).ToString(CultureInfo.InvariantCulture),
                    Name = name,
                    Type = type,
                    Severity = severity,
                    Owner = owner,
                    Status = pending ? 0 : 1,
                    Details = details,
                    CreatingUser = creator,
                    CreatedBy = creator == ApiUser ? ApiCreator : creator,
                    CreatedNanoseconds = now,
                    OccurredNanoseconds = now,
                    OpenedNanoseconds = pending ? 0 : now,
                }
            );
        });

    internal SandboxIncident Investigation(string id) =>
        Read(() =>
            _incidents.TryGetValue(id, out var it) && it.HasInvestigation
                ? it
                : throw XsoarException.NoInvestigation(id)
        );

    internal SandboxIncident InvestigationOrShell(string id) =>
        !Behaviour.UnknownInvestigationMakesShell || Find(id) is not null
            ? Investigation(id)
            : Locked(() =>
                Add(
                    new SandboxIncident
                    {
                        Id = id,
                        IsShell = true,
                        Owner = "",
                        CreatedNanoseconds = Now(),
                    }
                )
            );

    internal SandboxIncident? Find(string id) => Read(() => _incidents.GetValueOrDefault(id));

    /// <summary>An investigation that can be written.</summary>
    internal SandboxIncident Open(string id)
    {
        var it = Investigation(id);
        return it.IsClosed ? throw XsoarException.Closed(id) : it;
    }

    internal void Investigate(SandboxIncident incident) =>
        Locked(() =>
        {
            if (incident.HasInvestigation)
                throw XsoarException.BadRequest($"Investigation {incident.Id} already exists");
            incident.Status = 1;
            incident.OpenedNanoseconds = Now();
            Touch(incident);
            return incident;
        });

    internal void Touch(SandboxIncident incident)
    {
        incident.Version++;
        incident.ModifiedNanoseconds = Now();
    }

    /// <summary>Refuses a change that is based on another version than the current one; -1 overrides.</summary>
    internal void CheckVersion(int current, long? given)
    {
        if (given is >= 0 && given != current)
            throw XsoarException.Version(Behaviour.VersionConflictStatus);
    }

    private SandboxIncident Add(SandboxIncident incident)
    {
        incident.ModifiedNanoseconds = incident.CreatedNanoseconds;
        _incidents.Add(incident.Id, incident);
        return incident;
    }
}
