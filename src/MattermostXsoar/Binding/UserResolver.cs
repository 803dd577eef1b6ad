using MattermostXsoar.Core.Mattermost;
using MattermostXsoar.Sessions;

namespace MattermostXsoar.Binding;

/// <summary>Looks up the users of references: many with few calls, and each only once for a command.</summary>
internal sealed class UserResolver(MattermostSession session)
{
    private readonly UserLookup _lookup = new(session.Personal.Users);

    /// <summary>The results for these references, in their order.</summary>
    public async Task<IReadOnlyList<UserLookupResult>> ResolveAsync(
        IReadOnlyCollection<UserReference> references,
        CancellationToken cancellationToken
    )
    {
        var unknown = references
            .Where(reference => reference.User is null)
            .Select(reference => reference.ToString())
            .ToList();
        var found = new Queue<UserLookupResult>(await _lookup.FindAsync(unknown, cancellationToken));
        return
        [
            .. references.Select(reference =>
                reference.User is { } user ? new UserLookupResult(user, null) : found.Dequeue()
            ),
        ];
    }
}
