using MattermostXsoar.Sessions;

namespace MattermostXsoar.Completion;

/// <summary>Completes the name of the session's team.</summary>
public sealed class TeamCompleter : SessionCompleter
{
    private protected override Task<IEnumerable<(string Text, string ToolTip)>> FindAsync(
        MattermostSession session, string word, CancellationToken cancellationToken)
        => Task.FromResult<IEnumerable<(string, string)>>([(session.Team.Name, session.Team.DisplayName)]);
}
