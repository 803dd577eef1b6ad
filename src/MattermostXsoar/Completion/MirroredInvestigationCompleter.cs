using MattermostXsoar.Sessions;

namespace MattermostXsoar.Completion;

/// <summary>
/// Completes the ids of mirrored investigations, from the state file, with the names that XSOAR has: the open ones
/// first, the newest before the older ones.
/// </summary>
public sealed class MirroredInvestigationCompleter : SessionCompleter
{
    private protected override bool KeepsOrder => true;

    private protected override async Task<IReadOnlyList<Candidate>> FindAsync(
        CompletionRequest request,
        CancellationToken patience
    )
    {
        var mirrors = await FromStateFileAsync(request, patience);
        var ids = mirrors.Select(mirror => mirror.Text).ToList();
        var named = await IncidentCandidates.MirroredAsync(request.Session, ids, patience);
        // A mirror that is new, or a server that does not answer: its id is known all the same.
        return
        [
            .. named.Where(candidate => ids.Contains(candidate.Text)),
            .. mirrors.Where(mirror => named.All(candidate => candidate.Text != mirror.Text)),
        ];
    }

    internal static Task<IReadOnlyList<Candidate>> FromStateFileAsync(
        CompletionRequest request,
        CancellationToken patience
    ) =>
        request.Session.Completions.GetAsync(
            "mirrors",
            _ =>
                Task.FromResult(
                    SessionMirrors
                        .All(request.Session)
                        .GroupBy(mirror => mirror.InvestigationId)
                        .Select(mirrors => new Candidate(
                            mirrors.Key,
                            string.Join(", ", mirrors.Select(mirror => $"{mirror.ChannelName} ({mirror.State})"))
                        ))
                ),
            patience
        );
}
