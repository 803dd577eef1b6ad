using System.Diagnostics.CodeAnalysis;
using MattermostXsoar.Sandbox.Mattermost.Model;
using MattermostXsoar.Sandbox.Mattermost.Realtime;
using MattermostXsoar.Sandbox.Mattermost.Wire;

namespace MattermostXsoar.Sandbox.Mattermost;

public sealed partial class MattermostWorld
{
    private static readonly string[] Reserved = ["all", "channel", "here", "matterbot", "system"];

    /// <summary>The account with this username (with or without <c>@</c>) or id.</summary>
    public SandboxUser User(string nameOrId) =>
        TryUser(nameOrId, out var user) ? user : throw MattermostException.NoUser(nameOrId);

    /// <summary>Creates an account. It is in no team until <see cref="AddToTeam"/>.</summary>
    public SandboxUser CreateUser(
        string username,
        string firstName = "",
        string lastName = "",
        string? email = null,
        bool isBot = false,
        string roles = "system_user",
        string nickname = "",
        string description = "",
        string? password = null
    )
    {
        lock (_gate)
        {
            var owner = isBot ? _users.Values.FirstOrDefault(static it => it.IsSystemAdmin)?.Id ?? "" : "";
            return CreateUserCore(
                new NewUserRequest(username, email ?? $"{username}@{(isBot ? "localhost" : "example.com")}")
                {
                    FirstName = firstName,
                    LastName = lastName,
                    Nickname = nickname,
                    Roles = roles,
                    Password = password ?? _options.Seed.Password,
                    BotOwnerId = isBot ? owner : null,
                    BotDescription = description,
                }
            );
        }
    }

    internal SandboxUser CreateUserCore(NewUserRequest request)
    {
        lock (_gate)
        {
            var id = Ids.New();
            DemandUsername(request.Username, id);
            if (!request.Email.Contains('@'))
                throw new MattermostException(
                    400,
                    "model.user.is_valid.email.app_error",
                    "Invalid email.",
                    $"user_id={id}"
                );
            if (_usersByName.ContainsKey(request.Username))
                throw Taken("username", request.Username);
            if (_usersByEmail.ContainsKey(request.Email))
                throw Taken("email", request.Email);
            var now = Now;
            var user = new SandboxUser
            {
                Id = id,
                Username = request.Username,
                FirstName = request.FirstName,
                LastName = request.LastName,
                Nickname = request.Nickname,
                Email = request.Email,
                Password = request.Password,
                Bot = request.BotOwnerId is null
                    ? null
                    : new SandboxBot
                    {
                        OwnerId = request.BotOwnerId,
                        Description = request.BotDescription,
                        CreateAt = now,
                        UpdateAt = now,
                    },
                Roles = request.Roles,
                CreateAt = now,
                UpdateAt = now,
            };
            if (!user.IsBot && Version.NewUsersHideTips)
            {
                user.Preferences[("recommended_next_steps", "hide")] = "false";
                user.Preferences[("system_notice", "GMasDM")] = "true";
            }
            // The initial step of the web client's tour.
            if (!user.IsBot)
                user.Preferences[("tutorial_step", id)] = "0";
            _users.Add(user.Id, user);
            _usersByName.Add(user.Username, user);
            _usersByEmail[user.Email] = user;
            _usersInOrder.Add(user);
            if (!user.IsBot)
                Emit(
                    "new_user",
                    Audience.Everybody,
                    user,
                    static (writer, it) => writer.WriteString("user_id"u8, it.Id)
                );
            return user;
        }
    }

    /// <summary>Refuses a username that no account may have.</summary>
    internal void DemandUsername(string username, string userId)
    {
        if (!IsValidUsername(username) || (Version.ReservesUsernames && Reserved.Contains(username)))
            throw new MattermostException(
                400,
                "model.user.is_valid.username.app_error",
                "Username must begin with a letter, and contain between 3 to 22 lowercase characters made up of "
                    + "numbers, letters, and the symbols \".\", \"-\", and \"_\".",
                $"user_id={userId}"
            );
    }

    /// <summary>Changes the profile of a person or bot; null leaves a field unchanged.</summary>
    internal void Patch(SandboxUser user, Action<SandboxUser> change)
    {
        lock (_gate)
        {
            change(user);
            user.UpdateAt = Now;
            EmitUserUpdated(user);
        }
    }

    /// <summary>Gives an account another username.</summary>
    internal void RenameUser(SandboxUser user, string username)
    {
        lock (_gate)
        {
            if (username == user.Username)
                return;
            if (!_usersByName.TryAdd(username, user))
                throw Taken("username", username);
            _usersByName.Remove(user.Username);
            _usersInOrder.Remove(user);
            user.Username = username;
            _usersInOrder.Add(user);
        }
    }

    /// <summary>Activates or deactivates an account; deactivation ends its tokens and sessions.</summary>
    public void SetActive(string username, bool active)
    {
        lock (_gate)
        {
            var user = User(username);
            // The last event that an open connection receives: from then on its account gets no events.
            if (!active && user.Status != "offline")
                SetStatus(user, "offline");
            user.UpdateAt = Now;
            user.DeleteAt = active ? 0 : user.UpdateAt;
            // As recorded: a session of before does not come back with the account; a personal token does.
            if (!active)
                RemoveLogins(user);
            if (user.Bot is { } bot)
            {
                bot.UpdateAt = user.UpdateAt;
                bot.DeleteAt = user.DeleteAt;
            }
            EmitUserUpdated(user);
        }
    }

    /// <summary>What follows the activation or deactivation of an account, but not its deletion, and not for a
    /// bot.</summary>
    internal void AnnounceActivation()
    {
        lock (_gate)
            Emit("user_activation_status_change", Audience.Everybody, 0, static (_, _) => { });
    }

    /// <summary>Deletes an account from the database, with everything that belongs to it.</summary>
    internal void Erase(SandboxUser user)
    {
        lock (_gate)
        {
            foreach (var channel in _channels.Values)
                channel.Members.Remove(user.Id);
            foreach (var team in _teams.Values)
                team.Members.Remove(user.Id);
            foreach (var (token, session) in _sessions)
            {
                if (session.UserId == user.Id)
                    _sessions.Remove(token);
            }
            user.DeleteAt = user.UpdateAt = Now;
            EmitUserUpdated(user);
            _usersInOrder.Remove(user);
            _usersByName.Remove(user.Username);
            _usersByEmail.Remove(user.Email);
            _users.Remove(user.Id);
        }
    }

    internal bool TryUser(string nameOrId, [NotNullWhen(true)] out SandboxUser? user)
    {
        lock (_gate)
            return _users.TryGetValue(nameOrId, out user)
                || _usersByName.TryGetValue(nameOrId.TrimStart('@').ToLowerInvariant(), out user);
    }

    internal SandboxUser? FindByEmail(string email)
    {
        lock (_gate)
            return _usersByEmail.GetValueOrDefault(email);
    }

    internal static bool IsValidUsername(string username) =>
        username.Length is > 0 and <= 64
        && username.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '-' or '_');

    private static MattermostException Taken(string field, string value) =>
        new(
            400,
            $"app.user.save.{field}_exists.app_error",
            $"An account with that {field} already exists.",
            $"invalid input: entity: User field: {field} value: {value}"
        );

    private void EmitUserUpdated(SandboxUser user) =>
        Emit(
            "user_updated",
            Audience.Everybody with
            {
                OwnUserId = user.Id,
                ByRights = true,
            },
            user,
            (writer, it) =>
            {
                writer.WritePropertyName("user"u8);
                UserJson.Write(writer, it);
            }
        );
}
