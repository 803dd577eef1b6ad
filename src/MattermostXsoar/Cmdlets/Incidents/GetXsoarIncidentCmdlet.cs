using System.Management.Automation;
using MattermostXsoar.Binding;
using MattermostXsoar.Completion;
using MattermostXsoar.Core.Incidents;
using MattermostXsoar.Sessions;

namespace MattermostXsoar.Cmdlets.Incidents;

/// <summary>Finds incidents of XSOAR, the newest first, or gets incidents by id.</summary>
[Cmdlet(VerbsCommon.Get, "XsoarIncident")]
[OutputType(typeof(Incident))]
public sealed class GetXsoarIncidentCmdlet : PagedCmdlet
{
    private readonly HashSet<string> _written = new(StringComparer.Ordinal);

    /// <summary>The ids of the incidents, which are also those of the investigations.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id", "investigation_id", "IncidentId")]
    [ArgumentCompleter(typeof(InvestigationCompleter))]
    [NotUnset]
    [IdText]
    public string[]? InvestigationId
    {
        get;
        set => field = value is null ? null : [.. value.Select(id => id.Trim())];
    }

    /// <summary>The names; wildcards are allowed.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(IncidentNamePatternCompleter))]
    [NotUnset]
    [NumberAsText]
    public string[]? Name { get; set; }

    /// <summary>Only incidents with one of these statuses.</summary>
    [Parameter]
    [NotUnset]
    public IncidentStatus[]? Status { get; set; }

    /// <summary>Only incidents with one of these severities.</summary>
    [Parameter]
    [NotUnset]
    public IncidentSeverity[]? Severity { get; set; }

    /// <summary>Only incidents of one of these types.</summary>
    [Parameter]
    [Alias("IncidentType")]
    [ArgumentCompleter(typeof(IncidentTypeCompleter))]
    [NotUnset]
    [NumberAsText]
    public string[]? Type { get; set; }

    /// <summary>Only incidents of one of these owners, by their user names in XSOAR.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(IncidentOwnerCompleter))]
    [NotUnset]
    [NumberAsText]
    public string[]? Owner { get; set; }

    /// <summary>A query in XSOAR's own language, as in its search bar.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [NotUnset]
    public string? Query { get; set; }

    private protected override object? ErrorTarget => InvestigationId ?? (object?)Name ?? Query;

    private protected override async Task ProcessAsync(MattermostSession session, CancellationToken cancellationToken)
    {
        var finder = session.Incidents;
        var patterns = (Name ?? []).Select(NamePattern.Of).ToList();
        var conditions = Conditions(hasPattern: patterns.Any(pattern => pattern is not null));
        if (InvestigationId is { } ids)
        {
            await WriteByIdAsync(finder, ids, conditions, cancellationToken);
            return;
        }

        if (Name is null)
            await WriteListAsync(
                (page, size, token) => finder.ListAsync(conditions, page, size, token),
                incident => _written.Add(incident.Id),
                cancellationToken
            );
        else
            await WriteMatchesAsync(
                (page, size, token) => finder.ListAsync(conditions, page, size, token),
                incident => IsNamed(incident) && _written.Add(incident.Id),
                cancellationToken
            );

        bool IsNamed(Incident incident) =>
            Name.Zip(patterns, (name, pattern) => (name, pattern))
                .Any(one =>
                    one.pattern?.IsMatch(incident.Name)
                    ?? string.Equals(one.name, incident.Name, StringComparison.OrdinalIgnoreCase)
                );
    }

    private IncidentConditions Conditions(bool hasPattern) =>
        new()
        {
            Names = hasPattern ? null : Name,
            Statuses = Status,
            Severities = Severity,
            Types = Type,
            Owners = Owner,
            Query = Query,
        };

    private async Task WriteByIdAsync(
        IncidentFinder finder,
        string[] ids,
        IncidentConditions conditions,
        CancellationToken cancellationToken
    )
    {
        var found = await finder.GetAsync(ids, conditions, cancellationToken);
        await ForEachAsync(
            ids,
            id =>
                IsFull ? Task.CompletedTask
                : found.TryGetValue(id, out var incident) ? WriteOneAsync(incident)
                : throw IncidentFinder.NotFound(id)
        );
    }
}
