using MattermostXsoar.Sessions;

namespace MattermostXsoar.Completion;

/// <summary>Completes the names of the channels that are mirrored, from the state file.</summary>
public sealed class MirroredChannelCompleter : SessionCompleter
{
    private protected override Task<IReadOnlyList<Candidate>> FindAsync(
        CompletionRequest request,
        CancellationToken patience
    ) =>
        request.Session.Completions.GetAsync(
            "mirrored channels",
            _ =>
                Task.FromResult(
                    SessionMirrors
                        .All(request.Session)
                        .GroupBy(mirror => mirror.ChannelName)
                        .Select(mirrors => new Candidate(
                            mirrors.Key,
                            string.Join(", ", mirrors.Select(mirror => $"{mirror.InvestigationId} ({mirror.State})"))
                        ))
                ),
            patience
        );
}
