using MattermostXsoar.Core.Incidents;
using MattermostXsoar.Sessions;

namespace MattermostXsoar.Completion;

/// <summary>The incidents that a person may mean, as XSOAR lists them, from the session's cache.</summary>
internal static class IncidentCandidates
{
    private const int Most = 200;

    private static readonly IncidentConditions Open = new()
    {
        Statuses = [IncidentStatus.Pending, IncidentStatus.Active],
    };

    /// <summary>The open incidents, the newest first.</summary>
    public static Task<IReadOnlyList<Candidate>> OpenAsync(MattermostSession session, CancellationToken patience) =>
        ReadAsync(session, "open incidents", incidents => incidents.Select(CandidateOf), patience);

    /// <summary>A field of the open incidents, the most frequent value first.</summary>
    public static Task<IReadOnlyList<Candidate>> ValuesAsync(
        MattermostSession session,
        string what,
        Func<Incident, string> field,
        CancellationToken patience
    ) =>
        ReadAsync(
            session,
            what,
            incidents =>
                incidents
                    .GroupBy(field, StringComparer.OrdinalIgnoreCase)
                    .OrderByDescending(same => same.Count())
                    .Select(same => new Candidate(same.Key, $"{same.Count()} of the open incidents")),
            patience
        );

    /// <summary>The mirrored incidents: the open ones first, the newest before the older ones.</summary>
    public static Task<IReadOnlyList<Candidate>> MirroredAsync(
        MattermostSession session,
        IReadOnlyCollection<string> ids,
        CancellationToken patience
    ) =>
        session.XsoarClient is null || ids.Count == 0
            ? Task.FromResult<IReadOnlyList<Candidate>>([])
            : session.Completions.GetAsync(
                "mirrored incidents",
                async token =>
                    (await session.Incidents.GetAsync(ids, new IncidentConditions(), token))
                        .Values.OrderByDescending(incident => incident.IsOpen)
                        .ThenByDescending(incident => incident.Created)
                        .Select(CandidateOf),
                patience
            );

    private static Task<IReadOnlyList<Candidate>> ReadAsync(
        MattermostSession session,
        string key,
        Func<IReadOnlyList<Incident>, IEnumerable<Candidate>> select,
        CancellationToken patience
    ) =>
        session.XsoarClient is null
            ? Task.FromResult<IReadOnlyList<Candidate>>([])
            : session.Completions.GetAsync(
                key,
                async token => select(await session.Incidents.ListAsync(Open, 0, Most, token)),
                patience
            );

    private static Candidate CandidateOf(Incident incident) =>
        new(incident.InvestigationId, Describe(incident), [incident.Name])
        {
            ListText = $"{incident.InvestigationId} {incident.Name}".TrimEnd(),
        };

    private static string Describe(Incident incident)
    {
        var owner = incident.Owner.Length > 0 ? $", {incident.Owner}" : "";
        return $"{incident.Name} ({incident.Severity}, {incident.Status}{owner})".TrimStart();
    }
}
