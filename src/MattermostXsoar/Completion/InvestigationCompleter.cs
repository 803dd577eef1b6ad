using MattermostXsoar.Sessions;

namespace MattermostXsoar.Completion;

/// <summary>Completes the ids of mirrored investigations, from the state file.</summary>
public sealed class InvestigationCompleter : SessionCompleter
{
    private protected override Task<IReadOnlyList<Candidate>> FindAsync(
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
