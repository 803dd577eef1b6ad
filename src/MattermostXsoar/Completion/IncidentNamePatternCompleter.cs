namespace MattermostXsoar.Completion;

/// <summary>Completes the names of open incidents, for a parameter that takes wildcards.</summary>
public sealed class IncidentNamePatternCompleter : SessionCompleter
{
    private protected override bool KeepsOrder => true;

    private protected override bool TakesWildcards => true;

    private protected override Task<IReadOnlyList<Candidate>> FindAsync(
        CompletionRequest request,
        CancellationToken patience
    ) => IncidentCandidates.ValuesAsync(request.Session, "incident names", incident => incident.Name, patience);
}
