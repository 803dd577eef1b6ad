using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Xsoar;
using MattermostXsoar.Core.Xsoar.Models;

namespace MattermostXsoar.Core.Incidents;

/// <summary>Finds incidents. Searching has no side effects on the server, which reading an investigation may have.</summary>
/// <param name="xsoar">The server.</param>
/// <param name="warRoom">The address of an investigation's War Room.</param>
internal sealed class IncidentFinder(XsoarClient xsoar, Func<string, Uri> warRoom)
{
    // With more the request gets long; the answer has them all on one page.
    private const int MostIds = 200;

    /// <summary>A page of the matching incidents, the newest first.</summary>
    public async Task<IReadOnlyList<Incident>> ListAsync(
        IncidentConditions conditions,
        int page,
        int size,
        CancellationToken cancellationToken
    )
    {
        var found = await xsoar.SearchIncidentsAsync(
            new IncidentQuery
            {
                Ids = conditions.Ids,
                Names = conditions.Names,
                Statuses = conditions.Statuses?.Select(status => (int)status).ToArray(),
                Severities = conditions.Severities?.Select(IncidentReader.NumberOf).ToArray(),
                Types = conditions.Types,
                Query = QueryOf(conditions),
                NewestFirst = true,
                Page = page,
                Size = size,
            },
            cancellationToken
        );
        return [.. found.Data.Select(incident => IncidentReader.Read(incident, warRoom))];
    }

    /// <summary>The incidents of these ids that meet the other conditions, by id; those that do not are left out.</summary>
    public async Task<IReadOnlyDictionary<string, Incident>> GetAsync(
        IReadOnlyCollection<string> ids,
        IncidentConditions conditions,
        CancellationToken cancellationToken
    )
    {
        var found = new Dictionary<string, Incident>(StringComparer.Ordinal);
        var distinct = ids.Distinct(StringComparer.Ordinal).ToList();
        for (var i = 0; i < distinct.Count; i += MostIds)
        {
            string[] some = [.. distinct.Skip(i).Take(MostIds)];
            foreach (var incident in await ListAsync(conditions with { Ids = some }, 0, some.Length, cancellationToken))
                found[incident.Id] = incident;
        }

        return found;
    }

    /// <summary>One incident.</summary>
    /// <exception cref="MattermostXsoarException">InvestigationNotFound.</exception>
    public async Task<Incident> GetAsync(string id, CancellationToken cancellationToken) =>
        (await GetAsync([id], new IncidentConditions(), cancellationToken)).TryGetValue(id, out var incident)
            ? incident
            : throw NotFound(id);

    public static MattermostXsoarException NotFound(string id) =>
        new(
            ErrorIds.InvestigationNotFound,
            ErrorKind.NotFound,
            $"XSOAR finds no incident '{id}'.",
            "Get-XsoarIncident lists the incidents. Check the id, and whether the API key's role may see the incident."
        );

    private static string? QueryOf(IncidentConditions conditions)
    {
        if (conditions.Owners is not { Count: > 0 } owners)
            return conditions.Query;
        var owned = string.Join(" or ", owners.Select(owner => $"owner:{XsoarQuery.Quote(owner)}"));
        if (owners.Count > 1)
            owned = $"({owned})";
        return string.IsNullOrWhiteSpace(conditions.Query) ? owned : $"({conditions.Query}) and {owned}";
    }
}
