using System.Diagnostics.CodeAnalysis;
using MattermostXsoar.Sandbox.Mattermost.Model;
using MattermostXsoar.Sandbox.Mattermost.Realtime;

namespace MattermostXsoar.Sandbox.Mattermost;

public sealed partial class MattermostWorld
{
    /// <summary>The account with this username (with or without <c>@</c>) or id.</summary>
    public SandboxUser User(string nameOrId) =>
        TryUser(nameOrId, out var user) ? user : throw MattermostException.NoUser(nameOrId);

    /// <summary>Makes an account. It is in no team until <see cref="AddToTeam"/>.</summary>
    public SandboxUser CreateUser(string username, string firstName = "", string lastName = "", string? email = null, bool isBot = false, string roles = "system_user")
    {
        lock (_gate)
        {
            if (_usersByName.ContainsKey(username))
                throw new MattermostException(400, "app.user.save.username_exists.app_error", "An account with that username already exists.", $"invalid input: entity: User field: username value: {username}");
            var user = new SandboxUser
            {
                Id = Ids.New(),
                Username = username,
                FirstName = firstName,
                LastName = lastName,
                Email = email ?? $"{username}@{(isBot ? "localhost" : "example.com")}",
                IsBot = isBot,
                Roles = roles,
                CreateAt = Now,
                UpdateAt = Now,
            };
            _users.Add(user.Id, user);
            _usersByName.Add(user.Username, user);
            _usersByEmail[user.Email] = user;
            _usersInOrder.Add(user);
            Emit("new_user", Audience.Everybody, user, static (writer, it) => writer.WriteString("user_id"u8, it.Id));
            return user;
        }
    }

    /// <summary>Makes a personal access token for an account.</summary>
    public string CreateToken(string username)
    {
        lock (_gate)
        {
            var token = Ids.New();
            _tokens.Add(token, User(username).Id);
            return token;
        }
    }

    /// <summary>Ends a token. REST answers 401 at once; open websockets go on, as recorded.</summary>
    public bool RevokeToken(string token)
    {
        lock (_gate)
            return _tokens.Remove(token);
    }

    /// <summary>Brings a revoked token back, as if it had never been gone.</summary>
    public void RestoreToken(string token, string username)
    {
        lock (_gate)
            _tokens[token] = User(username).Id;
    }

    /// <summary>The team with this name or id.</summary>
    public SandboxTeam Team(string nameOrId)
    {
        lock (_gate)
            return TeamCore(nameOrId) ?? throw new MattermostException(404, "app.team.get_by_name.missing.app_error", "Unable to find the existing team.", $"resource: Team id: name={nameOrId}");
    }

    /// <summary>Makes a team with its town-square and off-topic.</summary>
    public SandboxTeam CreateTeam(string name, string displayName, string? creator = null, string type = "O")
    {
        lock (_gate)
        {
            var team = new SandboxTeam
            {
                Id = Ids.New(),
                Name = name,
                DisplayName = displayName,
                Type = type,
                Email = creator is null ? "" : User(creator).Email,
                CreateAt = Now,
            };
            _teams.Add(team.Id, team);
            AddChannelCore(new SandboxChannel { Id = Ids.New(), TeamId = team.Id, Name = "town-square", DisplayName = "Town Square", CreateAt = Now, UpdateAt = Now });
            AddChannelCore(new SandboxChannel { Id = Ids.New(), TeamId = team.Id, Name = "off-topic", DisplayName = "Off-Topic", CreateAt = Now, UpdateAt = Now });
            if (creator is not null)
                AddToTeam(team.Name, creator, admin: true);
            return team;
        }
    }

    /// <summary>Adds somebody to a team, and with it to town-square and off-topic.</summary>
    public void AddToTeam(string teamNameOrId, string username, bool admin = false)
    {
        lock (_gate)
        {
            var team = Team(teamNameOrId);
            var user = User(username);
            if (!team.Members.TryAdd(user.Id, admin))
                return;
            Join(_channelsByName[(team.Id, "town-square")], user, "system_join_team", $"{user.Username} joined the team.");
            Join(_channelsByName[(team.Id, "off-topic")], user, "system_join_channel", $"{user.Username} joined the channel.");
            Emit("added_to_team", Audience.User(user.Id), (team.Id, user.Id), static (writer, it) =>
            {
                writer.WriteString("team_id"u8, it.Item1);
                writer.WriteString("user_id"u8, it.Item2);
            });
        }
    }

    internal SandboxUser? FindByToken(string? token)
    {
        if (string.IsNullOrEmpty(token))
            return null;
        lock (_gate)
            return _tokens.TryGetValue(token, out var id) ? _users[id] : null;
    }

    internal bool TryUser(string nameOrId, [NotNullWhen(true)] out SandboxUser? user)
    {
        lock (_gate)
            return _users.TryGetValue(nameOrId, out user) || _usersByName.TryGetValue(nameOrId.TrimStart('@').ToLowerInvariant(), out user);
    }

    internal SandboxUser? FindByEmail(string email)
    {
        lock (_gate)
            return _usersByEmail.GetValueOrDefault(email);
    }

    internal SandboxTeam? TeamCore(string nameOrId)
    {
        lock (_gate)
            return _teams.TryGetValue(nameOrId, out var team) ? team : _teams.Values.FirstOrDefault(it => it.Name.Equals(nameOrId, StringComparison.OrdinalIgnoreCase));
    }

    private void Join(SandboxChannel channel, SandboxUser user, string type, string message)
    {
        AddMemberCore(channel, user, false);
        PostSystem(channel, user, type, message, [new("username", user.Username)]);
        EmitUserAdded(channel, user);
    }
}
