using MattermostXsoar.Binding;

namespace MattermostXsoar.Completion;

/// <summary>Completes usernames, with those that the server suggests in its own clients.</summary>
public sealed class UserCompleter : SessionCompleter
{
    private const int Most = 100;

    private protected override Task<IReadOnlyList<Candidate>> FindAsync(
        CompletionRequest request,
        CancellationToken patience
    )
    {
        var reference = request.Team;
        return request.Session.Completions.GetAsync(
            $"users of {reference} like {request.Word}",
            async token =>
            {
                var team = await TeamReference.ResolveAsync(reference, request.Session, token);
                var users = await request.Session.Personal.Users.AutocompleteAsync(request.Word, team.Id, Most, token);
                return users.Select(user => new Candidate(user.Username, $"{user.FullName} {user.Email}".Trim()));
            },
            patience
        );
    }
}
