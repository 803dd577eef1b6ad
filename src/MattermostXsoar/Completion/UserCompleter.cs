using MattermostXsoar.Binding;
using MattermostXsoar.Core.Mattermost.Models;

namespace MattermostXsoar.Completion;

/// <summary>
/// Completes usernames, with those that the server suggests in its own clients: also for the beginning of a person's
/// name.
/// </summary>
public class UserCompleter : SessionCompleter
{
    private const int Most = 100;

    private protected override Task<IReadOnlyList<Candidate>> FindAsync(
        CompletionRequest request,
        CancellationToken patience
    ) => SuggestAsync(request, patience);

    internal static Candidate CandidateOf(MattermostUser user) =>
        new(
            user.Username,
            $"{user.FullName} {user.Email}".Trim(),
            [user.FullName, user.FirstName, user.LastName, user.Nickname]
        );

    internal static Task<IReadOnlyList<Candidate>> SuggestAsync(CompletionRequest request, CancellationToken patience)
    {
        var reference = request.Team;
        // The server compares each name by itself.
        var first = request.Word.Split(' ')[0];
        return request.Session.Completions.GetAsync(
            $"users of {reference} like {first}",
            async token =>
            {
                var team = await TeamReference.ResolveAsync(reference, request.Session, token);
                var users = await request.Session.Personal.Users.AutocompleteAsync(first, team.Id, Most, token);
                return users.Select(CandidateOf);
            },
            patience
        );
    }
}
