namespace MattermostXsoar.Completion;

/// <summary>Completes the names of the teams that the account is in.</summary>
public class TeamCompleter : SessionCompleter
{
    private protected override Task<IReadOnlyList<Candidate>> FindAsync(
        CompletionRequest request,
        CancellationToken patience
    ) =>
        request.Session.Completions.GetAsync(
            "teams",
            async token =>
            {
                var teams = await request.Session.Personal.Teams.ListForUserAsync(
                    request.Session.PersonalUser.Id,
                    token
                );
                return teams.Select(team => new Candidate(team.Name, team.DisplayName));
            },
            patience
        );
}
