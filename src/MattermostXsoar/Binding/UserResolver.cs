using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Sessions;

namespace MattermostXsoar.Binding;

/// <summary>Looks up the users of references: many with few calls, and each only once for a command.</summary>
internal sealed class UserResolver(MattermostSession session)
{
    // With many that are missing, not each one is worth a call.
    private const int MostSuggestions = 8;
    private const int MostListed = 100;
    private const int Beginning = 2;

    private readonly Dictionary<string, UserLookupResult> _again = new(StringComparer.OrdinalIgnoreCase);
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
        var found = new Queue<UserLookupResult>();
        foreach (
            var (text, result) in unknown.Zip(await _lookup.FindAsync(unknown, cancellationToken), (a, b) => (a, b))
        )
            found.Enqueue(await LookAgainAsync(text, result, cancellationToken));
        return
        [
            .. references.Select(reference =>
                reference.User is { } user ? new UserLookupResult(user, null) : found.Dequeue()
            ),
        ];
    }

    // One further call: the users whom the server suggests for the beginning of the name.
    private async Task<UserLookupResult> LookAgainAsync(
        string text,
        UserLookupResult result,
        CancellationToken cancellationToken
    )
    {
        var name = text.TrimStart('@');
        // A username has no blank, a person's name has one.
        var isFullName = name.IndexOf(' ') > 0;
        if (result.Error?.ErrorId != ErrorIds.UserNotFound || name.Contains('@'))
            return result;
        if (_again.TryGetValue(name, out var known))
            return known;
        if (!isFullName && _again.Count >= MostSuggestions)
            return result;
        try
        {
            var begin = isFullName ? name.Split(' ')[0] : name.Substring(0, Math.Min(Beginning, name.Length));
            var users = await session.Personal.Users.AutocompleteAsync(
                begin,
                session.Team.Id,
                MostListed,
                cancellationToken
            );
            result = isFullName ? ByFullName(name, users, result) : Suggest(name, users, result);
        }
        catch (MattermostXsoarException)
        {
            // What was not found is the error.
        }

        return _again[name] = result;
    }

    private static UserLookupResult ByFullName(
        string name,
        IReadOnlyList<MattermostUser> users,
        UserLookupResult missing
    )
    {
        var named = users
            .Where(user =>
                string.Equals(user.FullName, name, StringComparison.OrdinalIgnoreCase)
                || string.Equals(user.Nickname, name, StringComparison.OrdinalIgnoreCase)
            )
            .ToList();
        return named.Count switch
        {
            1 => new UserLookupResult(named[0], null),
            0 => new UserLookupResult(
                null,
                NearestName.Suggest(missing.Error!, NearestName.Of(name, users.Select(user => user.FullName)))
            ),
            _ => new UserLookupResult(
                null,
                new MattermostXsoarException(
                    ErrorIds.InvalidArgument,
                    ErrorKind.InvalidArgument,
                    $"{named.Count} users have the name '{name}'.",
                    "Give the username: " + string.Join(", ", named.Select(user => user.Username))
                )
            ),
        };
    }

    private static UserLookupResult Suggest(
        string name,
        IReadOnlyList<MattermostUser> users,
        UserLookupResult missing
    ) => new(null, NearestName.Suggest(missing.Error!, NearestName.Of(name, users.Select(user => user.Username))));
}
