using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost.Models;

namespace MattermostXsoar.Core.Mattermost;

/// <summary>
/// Finds users by an id, a username with or without <c>@</c> or an e-mail address. Many are looked up with few calls,
/// and each only once during a command.
/// </summary>
internal sealed class UserLookup(UsersClient users)
{
    // The number of ids or names in one call.
    private const int Bulk = 200;

    // The server looks up e-mail addresses only one by one.
    private const int EmailsAtOnce = 8;

    private readonly Dictionary<string, UserLookupResult> _known = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The results for these texts, in their order.</summary>
    /// <exception cref="MattermostXsoarException">The server cannot be called. A text without a user is no exception
    /// but a result with an error.</exception>
    public async Task<IReadOnlyList<UserLookupResult>> FindAsync(
        IReadOnlyCollection<string> texts,
        CancellationToken cancellationToken
    )
    {
        var open = texts.Where(text => !_known.ContainsKey(text)).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var addresses = open.Where(IsAddress).ToList();
        await FindByEmailAsync(addresses, cancellationToken).ConfigureAwait(false);
        await FindManyAsync(
                open.Where(MattermostId.IsPossible),
                id => id,
                users.GetByIdsAsync,
                user => user.Id,
                cancellationToken
            )
            .ConfigureAwait(false);
        // A username can look like an id.
        var names = open.Where(text => !_known.ContainsKey(text));
        await FindManyAsync(names, NameOf, users.GetByUsernamesAsync, user => user.Username, cancellationToken)
            .ConfigureAwait(false);
        foreach (var text in open)
        {
            if (!_known.ContainsKey(text))
                _known[text] = Missing(text);
        }

        return texts.Select(text => _known[text]).ToList();
    }

    private async Task FindManyAsync(
        IEnumerable<string> texts,
        Func<string, string> keyOf,
        Func<IReadOnlyCollection<string>, CancellationToken, Task<IReadOnlyList<MattermostUser>>> fetch,
        Func<MattermostUser, string> keyOfUser,
        CancellationToken cancellationToken
    )
    {
        var wanted = texts.ToLookup(keyOf, StringComparer.OrdinalIgnoreCase);
        // No username or id has such characters, and for one of them the server refuses the whole call.
        var keys = wanted.Select(group => group.Key).Where(key => key.Length > 0 && !key.Any(char.IsControl)).ToList();
        for (var start = 0; start < keys.Count; start += Bulk)
        {
            foreach (
                var user in await fetch(keys.GetRange(start, Math.Min(Bulk, keys.Count - start)), cancellationToken)
                    .ConfigureAwait(false)
            )
            {
                foreach (var text in wanted[keyOfUser(user)])
                    _known[text] = new UserLookupResult(user, null);
            }
        }
    }

    private async Task FindByEmailAsync(List<string> addresses, CancellationToken cancellationToken)
    {
        for (var start = 0; start < addresses.Count; start += EmailsAtOnce)
        {
            var some = addresses.GetRange(start, Math.Min(EmailsAtOnce, addresses.Count - start));
            var answers = await Task.WhenAll(some.Select(address => FindByEmailAsync(address, cancellationToken)))
                .ConfigureAwait(false);
            for (var i = 0; i < some.Count; i++)
                _known[some[i]] = answers[i];
        }
    }

    private async Task<UserLookupResult> FindByEmailAsync(string address, CancellationToken cancellationToken)
    {
        try
        {
            return new UserLookupResult(
                await users.GetByEmailAsync(address, cancellationToken).ConfigureAwait(false),
                null
            );
        }
        catch (ApiException refused) when (refused.ErrorId is ErrorIds.UserNotFound or ErrorIds.PermissionDenied)
        {
            return new UserLookupResult(null, refused);
        }
    }

    private static UserLookupResult Missing(string text) =>
        new(
            null,
            new MattermostXsoarException(
                ErrorIds.UserNotFound,
                ErrorKind.NotFound,
                $"There is no user '{text}' in Mattermost.",
                "Check the username, the e-mail address or the id."
            )
        );

    private static bool IsAddress(string text) => text.IndexOf('@') > 0;

    // Usernames are in lower case on the server.
    private static string NameOf(string text) => text.TrimStart('@').ToLowerInvariant();
}
