namespace MattermostXsoar.Completion;

/// <summary>Completes the ids of investigations: the open ones of XSOAR, the newest first, then the mirrored ones.</summary>
public sealed class InvestigationCompleter : SessionCompleter
{
    private protected override bool KeepsOrder => true;

    private protected override async Task<IReadOnlyList<Candidate>> FindAsync(
        CompletionRequest request,
        CancellationToken patience
    )
    {
        var mirrored = await MirroredInvestigationCompleter.FromStateFileAsync(request, patience);
        var open = await IncidentCandidates.OpenAsync(request.Session, patience);
        var known = new HashSet<string>(open.Select(candidate => candidate.Text), StringComparer.Ordinal);
        return [.. open, .. mirrored.Where(candidate => !known.Contains(candidate.Text))];
    }
}
