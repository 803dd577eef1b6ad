using System.Globalization;

namespace MattermostXsoar.Completion;

/// <summary>Completes the numbers of the sessions of this runspace.</summary>
public sealed class SessionNumberCompleter : SessionCompleter
{
    private protected override Task<IReadOnlyList<Candidate>> FindAsync(
        CompletionRequest request,
        CancellationToken patience
    ) =>
        Task.FromResult<IReadOnlyList<Candidate>>([
            .. request.Sessions.Select(session => new Candidate(
                session.Id.ToString(CultureInfo.InvariantCulture),
                session.ToString()
            )),
        ]);
}
