using System.Diagnostics.CodeAnalysis;
using MattermostXsoar.Sandbox.Mattermost.Model;

namespace MattermostXsoar.Sandbox.Mattermost;

public sealed partial class MattermostWorld
{
    /// <summary>Sessions of personal access tokens expire after a hundred years.</summary>
    private const long AccessTokenLife = 100L * 365 * 24 * 60 * 60 * 1000;

    private const long LoginLife = 30L * 24 * 60 * 60 * 1000;

    private readonly Dictionary<string, SandboxSession> _sessions = [];

    /// <summary>Creates a personal access token for an account.</summary>
    public string CreateToken(string username, string description = "") =>
        CreateAccessToken(User(username), description).Token;

    /// <summary>Revokes a token. REST answers 401 at once; open websockets go on, as recorded.</summary>
    public bool RevokeToken(string token)
    {
        lock (_gate)
            return _sessions.Remove(token);
    }

    /// <summary>Restores a revoked token, as if it had never been revoked.</summary>
    public void RestoreToken(string token, string username)
    {
        lock (_gate)
        {
            var user = User(username);
            _sessions[token] = NewSession(
                user,
                token,
                Ids.New(),
                user.Username + (user.IsBot ? " token" : " personal token")
            );
        }
    }

    internal SandboxSession CreateAccessToken(SandboxUser user, string description)
    {
        lock (_gate)
        {
            var session = NewSession(user, Ids.New(), Ids.New(), description);
            _sessions.Add(session.Token, session);
            return session;
        }
    }

    /// <summary>Logs a person in by username or e-mail address and password.</summary>
    internal (SandboxUser User, string Token) Login(string loginId, string password)
    {
        lock (_gate)
        {
            if (
                !_usersByName.TryGetValue(loginId.ToLowerInvariant(), out var user)
                && !_usersByEmail.TryGetValue(loginId, out user)
            )
                throw WrongCredentials();
            if (user.IsBot)
                throw new MattermostException(
                    401,
                    "api.user.login.bot_login_forbidden.app_error",
                    "Bot login is forbidden.",
                    $"user_id={user.Id}"
                );
            if (user.Password != password)
            {
                user.FailedAttempts++;
                throw WrongCredentials();
            }
            if (user.DeleteAt != 0)
                throw new MattermostException(
                    401,
                    "api.user.login.inactive.app_error",
                    "Login failed because your account has been deactivated. Please contact an administrator.",
                    $"user_id={user.Id}"
                );
            return (user, StartSession(user).Token);
        }
    }

    /// <summary>A new session of a person, as a login makes it.</summary>
    internal SandboxSession StartSession(SandboxUser user)
    {
        lock (_gate)
        {
            user.FailedAttempts = 0;
            user.Audits.Insert(0, new SandboxAudit(Ids.New(), Now, "authenticated", ""));
            var session = NewSession(user, Ids.New(), null, "");
            _sessions.Add(session.Token, session);
            user.Audits.Insert(0, new SandboxAudit(Ids.New(), Now, $"success session_user={user.Id}", session.Id));
            return session;
        }
    }

    internal IReadOnlyList<SandboxSession> Sessions(SandboxUser user) =>
        Locked(() => _sessions.Values.Where(session => session.UserId == user.Id).ToArray());

    internal IReadOnlyList<SandboxSession> AllSessions => Locked(() => _sessions.Values.ToArray());

    internal SandboxUser? FindByToken(string? token) => TryToken(token, out var user) ? user : null;

    /// <summary>Whether a token is valid; unlike a call it is no activity of its user.</summary>
    internal bool IsValidToken(string token)
    {
        lock (_gate)
            return _sessions.TryGetValue(token, out var session)
                && _users.TryGetValue(session.UserId, out var user)
                && user.DeleteAt == 0;
    }

    /// <summary>When a token was used last for a call.</summary>
    internal DateTimeOffset ActiveAt(string token)
    {
        lock (_gate)
            return DateTimeOffset.FromUnixTimeMilliseconds(_sessions.GetValueOrDefault(token)?.UsedAt ?? 0);
    }

    internal bool TryToken(string? token, [NotNullWhen(true)] out SandboxUser? user)
    {
        user = null;
        if (string.IsNullOrEmpty(token))
            return false;
        lock (_gate)
        {
            if (
                !_sessions.TryGetValue(token, out var session)
                || !_users.TryGetValue(session.UserId, out user)
                || user.DeleteAt != 0
                || session.IsDisabled
            )
                return false;
            session.UsedAt = Now;
            // A new server writes it down every few minutes only.
            if (!Version.KeepsActivityOfStatuses)
                session.LastActivityAt = Now;
            return true;
        }
    }

    private void RemoveLogins(SandboxUser user)
    {
        foreach (
            var session in _sessions
                .Values.Where(session => session.UserId == user.Id && session.AccessTokenId is null)
                .ToList()
        )
            _sessions.Remove(session.Token);
    }

    private static MattermostException WrongCredentials() =>
        new(
            401,
            "api.user.login.invalid_credentials_email_username",
            "Enter a valid email or username and/or password."
        );

    private SandboxSession NewSession(SandboxUser user, string token, string? accessTokenId, string description)
    {
        var now = Now;
        return new SandboxSession
        {
            Id = Ids.New(),
            Token = token,
            UserId = user.Id,
            AccessTokenId = accessTokenId,
            Description = description,
            CreateAt = now,
            LastActivityAt = now,
            UsedAt = now,
            ExpiresAt = now + (accessTokenId is null ? LoginLife : AccessTokenLife),
        };
    }
}
