namespace MattermostXsoar.Completion;

/// <summary>Completes the types of open incidents, the most frequent first.</summary>
public sealed class IncidentTypeCompleter : SessionCompleter
{
    private protected override bool KeepsOrder => true;

    private protected override Task<IReadOnlyList<Candidate>> FindAsync(
        CompletionRequest request,
        CancellationToken patience
    ) => IncidentCandidates.ValuesAsync(request.Session, "incident types", incident => incident.IncidentType, patience);
}
