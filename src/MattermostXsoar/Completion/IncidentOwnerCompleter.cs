namespace MattermostXsoar.Completion;

/// <summary>Completes the owners of open incidents, the most frequent first.</summary>
public sealed class IncidentOwnerCompleter : SessionCompleter
{
    private protected override bool KeepsOrder => true;

    private protected override Task<IReadOnlyList<Candidate>> FindAsync(
        CompletionRequest request,
        CancellationToken patience
    ) => IncidentCandidates.ValuesAsync(request.Session, "incident owners", incident => incident.Owner, patience);
}
