using System.Collections.Concurrent;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost;
using MattermostXsoar.Core.Mattermost.Models;

namespace MattermostXsoar.Core.Mirroring.Reading;

/// <summary>The users, remembered for an hour so that a message costs no call.</summary>
internal sealed class UserCache(MattermostClient client, TimeProvider time)
{
    private const int MaxRemembered = 5000;
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, (MattermostUser? User, long At)> _known = new(StringComparer.Ordinal);

    /// <summary>The user, or null when the server does not know the id, or does not show the user to the bot.</summary>
    public async ValueTask<MattermostUser?> FindAsync(string userId, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(userId, out var found) && time.GetElapsedTime(found.At) < Lifetime)
            return found.User;
        MattermostUser? user;
        try
        {
            user = await client.Users.GetAsync(userId, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException exception)
            when (exception.Kind is ErrorKind.NotFound or ErrorKind.InvalidArgument or ErrorKind.Permission)
        {
            // The message is mirrored with its author's id rather than not at all.
            user = null;
        }

        if (_known.Count >= MaxRemembered)
            _known.Clear();
        _known[userId] = (user, time.GetTimestamp());
        return user;
    }

    /// <summary>Forgets a user whose name may have changed.</summary>
    public void Forget(string userId) => _known.TryRemove(userId, out _);
}
