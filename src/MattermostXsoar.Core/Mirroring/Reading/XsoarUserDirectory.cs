using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Xsoar;
using MattermostXsoar.Core.Xsoar.Models;

namespace MattermostXsoar.Core.Mirroring.Reading;

/// <summary>
/// Finds the user of XSOAR who a Mattermost user is: by the e-mail address, and only by one that is verified. Anybody
/// may write any other address, and any name, into their own profile.
/// </summary>
internal sealed class XsoarUserDirectory(XsoarClient? xsoar, MattermostClient personal, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    // Somebody who was just added to XSOAR should not have to wait.
    private static readonly TimeSpan LifetimeForMissing = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _reading = new(1, 1);
    private ILookup<string, XsoarUser>? _byEmail;
    private long _readAt;

    /// <summary>Who a Mattermost user is in XSOAR, by the user's id.</summary>
    /// <exception cref="ApiException">One of the servers does not tell.</exception>
    public async Task<XsoarIdentity> FindAsync(string userId, CancellationToken cancellationToken)
    {
        MattermostUser user;
        try
        {
            // Never from a cache: an address can be changed, and an account deactivated, at any time. The personal
            // token, since Mattermost tells an administrator only whether an address is verified.
            user = await personal.Users.GetAsync(userId, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException error) when (error.Kind is ErrorKind.NotFound or ErrorKind.InvalidArgument)
        {
            return new XsoarIdentity { User = null, Doubt = AccountDoubt.Deactivated };
        }

        return await FindAsync(user, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Who a Mattermost user, just read with the personal token, is in XSOAR.</summary>
    /// <exception cref="ApiException">XSOAR does not tell.</exception>
    public async Task<XsoarIdentity> FindAsync(MattermostUser user, CancellationToken cancellationToken)
    {
        if (DoubtOf(user) is var doubt and not AccountDoubt.None)
            return new XsoarIdentity { User = user, Doubt = doubt };
        var found = (await ReadAsync(Lifetime, cancellationToken).ConfigureAwait(false))[Key(user.Email)].ToList();
        if (found.Count == 0)
            found =
            [
                .. (await ReadAsync(LifetimeForMissing, cancellationToken).ConfigureAwait(false))[Key(user.Email)],
            ];
        var enabled = found.Where(account => !account.Disabled).ToList();
        return new XsoarIdentity
        {
            User = user,
            Account = enabled.Count == 1 ? enabled[0] : null,
            Doubt =
                enabled.Count == 1 ? AccountDoubt.None
                : enabled.Count > 1 ? AccountDoubt.Ambiguous
                : found.Count > 0 ? AccountDoubt.Disabled
                : AccountDoubt.NoAccount,
        };
    }

    private static AccountDoubt DoubtOf(MattermostUser user)
    {
        if (user.IsBot)
            return AccountDoubt.Bot;
        if (user.IsDeactivated)
            return AccountDoubt.Deactivated;
        // Addresses of single sign-on come from the directory; Mattermost takes them as verified and lets nobody change
        // them.
        if (user.Email.Length > 0 && (user.EmailVerified == true || user.AuthService is not ("" or "email")))
            return AccountDoubt.None;
        // The server leaves the field out of an address that is not verified, and out of all that it does not show. An
        // account's own settings are shown to whom the field is (11.6: rest-users-get-by-id; not on 5.37).
        return user.NotifyProps is { Count: > 0 } ? AccountDoubt.EmailNotVerified : AccountDoubt.VerificationHidden;
    }

    private async Task<ILookup<string, XsoarUser>> ReadAsync(TimeSpan lifetime, CancellationToken cancellationToken)
    {
        if (Known(lifetime) is { } known)
            return known;
        await _reading.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (Known(lifetime) is { } meanwhile)
                return meanwhile;
            var users = await (xsoar ?? throw XsoarAccess.NotConfigured())
                .Users.ListAsync(cancellationToken)
                .ConfigureAwait(false);
            _readAt = time.GetTimestamp();
            return _byEmail = users.Where(user => user.Email.Length > 0).ToLookup(user => Key(user.Email));
        }
        finally
        {
            _reading.Release();
        }
    }

    private ILookup<string, XsoarUser>? Known(TimeSpan lifetime) =>
        _byEmail is { } known && time.GetElapsedTime(_readAt) < lifetime ? known : null;

    private static string Key(string email) => email.Trim().ToLowerInvariant();
}
