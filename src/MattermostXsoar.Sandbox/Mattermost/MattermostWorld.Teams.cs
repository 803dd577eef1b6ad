using MattermostXsoar.Sandbox.Mattermost.Model;
using MattermostXsoar.Sandbox.Mattermost.Realtime;
using MattermostXsoar.Sandbox.Mattermost.Wire;

namespace MattermostXsoar.Sandbox.Mattermost;

public sealed partial class MattermostWorld
{
    private static readonly string[] ReservedTeams =
    [
        "admin",
        "api",
        "channel",
        "claim",
        "error",
        "files",
        "help",
        "landing",
        "login",
        "mfa",
        "oauth",
        "plug",
        "plugins",
        "post",
        "signup",
        "boards",
        "playbooks",
    ];

    /// <summary>The team with this name or id.</summary>
    public SandboxTeam Team(string nameOrId)
    {
        lock (_gate)
            return TeamCore(nameOrId)
                ?? throw new MattermostException(
                    404,
                    "app.team.get_by_name.missing.app_error",
                    "Unable to find the existing team.",
                    $"resource: Team id: name={nameOrId}"
                );
    }

    /// <summary>Creates a team with its town-square and off-topic.</summary>
    public SandboxTeam CreateTeam(
        string name,
        string displayName,
        string? creator = null,
        string type = "O",
        bool allowOpenInvite = false,
        string description = ""
    )
    {
        lock (_gate)
        {
            var id = Ids.New();
            if (name.Length < 2 || !HasNameLetters(name))
                throw new MattermostException(
                    400,
                    "model.team.is_valid.characters.app_error",
                    "Name must be 2 or more lowercase alphanumeric characters.",
                    $"id={id}"
                );
            if (Version.ReservesUsernames && ReservedTeams.Contains(name))
                throw new MattermostException(
                    400,
                    "model.team.is_valid.reserved.app_error",
                    "This URL is unavailable. Please try another.",
                    $"id={id}"
                );
            if (TeamCore(name) is not null && Version.TellsNamesApart)
                throw new MattermostException(
                    400,
                    "store.sql_team.save_team.existing.app_error",
                    "A team with this URL already exists."
                );
            if (TeamCore(name) is not null)
                throw new MattermostException(
                    400,
                    "app.team.save.existing.app_error",
                    "Must call update for existing team.",
                    $"invalid input: entity: Team field: id value: {id}"
                );
            var now = Now;
            var team = new SandboxTeam
            {
                Id = id,
                Name = name,
                DisplayName = displayName,
                Type = type,
                AllowOpenInvite = allowOpenInvite,
                Description = description,
                Email = creator is null ? "" : User(creator).Email,
                CreateAt = now,
                UpdateAt = now,
            };
            _teams.Add(team.Id, team);
            now = Now;
            AddChannelCore(
                new SandboxChannel
                {
                    Id = Ids.New(),
                    TeamId = team.Id,
                    Name = "town-square",
                    DisplayName = "Town Square",
                    CreateAt = now,
                    UpdateAt = now,
                }
            );
            now = Now;
            AddChannelCore(
                new SandboxChannel
                {
                    Id = Ids.New(),
                    TeamId = team.Id,
                    Name = "off-topic",
                    DisplayName = "Off-Topic",
                    CreateAt = now,
                    UpdateAt = now,
                }
            );
            if (creator is not null)
                AddToTeam(team.Name, creator, admin: true);
            return team;
        }
    }

    internal bool ShareTeam(IReadOnlyCollection<string> userIds)
    {
        lock (_gate)
            return _teams.Values.Any(team => userIds.All(team.Members.ContainsKey));
    }

    /// <summary>Adds a user to a team, and to its town-square and off-topic.</summary>
    public void AddToTeam(string teamNameOrId, string username, bool admin = false)
    {
        lock (_gate)
        {
            var team = Team(teamNameOrId);
            var user = User(username);
            if (!team.Members.TryAdd(user.Id, admin))
                return;
            user.UpdateAt = Now;
            Join(
                _channelsByName[(team.Id, "town-square")],
                user,
                "system_join_team",
                $"{user.Username} joined the team."
            );
            Join(
                _channelsByName[(team.Id, "off-topic")],
                user,
                "system_join_channel",
                $"{user.Username} joined the channel."
            );
            EmitAddedToTeam(team, user.Id);
        }
    }

    internal void EmitAddedToTeam(SandboxTeam team, string userId)
    {
        lock (_gate)
            EmitMembership("added_to_team", Audience.User(userId), team, userId);
    }

    /// <summary>Removes a user from a team and its channels. As recorded, it is published also for users who were not
    /// in it.</summary>
    public void RemoveFromTeam(string teamNameOrId, string username, string by = "admin")
    {
        lock (_gate)
        {
            var team = Team(teamNameOrId);
            var user = User(username);
            var town = _channelsByName[(team.Id, "town-square")];
            if (User(by).Id == user.Id)
                PostSystem(
                    town,
                    user,
                    "system_leave_team",
                    $"{user.Username} left the team.",
                    [new("username", user.Username)]
                );
            else
                PostSystem(
                    town,
                    user,
                    "system_remove_from_team",
                    $"{user.Username} removed from the team.",
                    [new("username", user.Username)]
                );
            EmitMembership("leave_team", Audience.Team(team.Id) with { OwnUserId = user.Id }, team, user.Id);
            foreach (var channel in _channels.Values)
            {
                if (channel.TeamId == team.Id)
                    channel.Members.Remove(user.Id);
            }
            if (team.Members.Remove(user.Id))
                user.UpdateAt = Now;
        }
    }

    internal void SetTeamAdmin(SandboxTeam team, string userId, bool isAdmin)
    {
        lock (_gate)
        {
            if (!team.Members.ContainsKey(userId))
                throw MattermostException.NoTeamMember(team.Id, userId);
            team.Members[userId] = isAdmin;
        }
    }

    internal void Change(SandboxTeam team, Action<SandboxTeam> change)
    {
        lock (_gate)
        {
            change(team);
            team.UpdateAt = Now;
            EmitTeam("update_team", Audience.Team(team.Id), team);
        }
    }

    /// <summary>Archives or restores a team.</summary>
    internal void SetArchived(SandboxTeam team, bool archived)
    {
        lock (_gate)
        {
            team.DeleteAt = archived ? Now : 0;
            team.UpdateAt = Now;
            EmitTeam(archived ? "delete_team" : "restore_team", WhoSeesDeletion(team), team);
        }
    }

    /// <summary>Deletes a team from the database, with its channels.</summary>
    internal void Erase(SandboxTeam team)
    {
        lock (_gate)
        {
            team.DeleteAt = Now;
            team.UpdateAt = Now;
            foreach (
                var channel in _channels
                    .Values.Where(channel => channel.TeamId == team.Id)
                    .OrderBy(static channel => channel.DisplayName, StringComparer.Ordinal)
                    .ToArray()
            )
                Erase(channel);
            EmitTeam("delete_team", WhoSeesDeletion(team), team);
            _teams.Remove(team.Id);
        }
    }

    internal SandboxTeam? TeamCore(string nameOrId)
    {
        lock (_gate)
            return _teams.TryGetValue(nameOrId, out var team)
                ? team
                : _teams.Values.FirstOrDefault(it => it.Name.Equals(nameOrId, StringComparison.OrdinalIgnoreCase));
    }

    /// <remarks>
    /// The real server keeps a list of the channels of each connection's user, and updates it only after all this: the
    /// user who joins gets none of these events.
    /// </remarks>
    private void Join(SandboxChannel channel, SandboxUser user, string type, string message)
    {
        AddMemberCore(channel, user, false);
        PostSystem(channel, user, type, message, [new("username", user.Username)], exceptUserId: user.Id);
        EmitUserAdded(channel, user, exceptUserId: user.Id);
    }

    private Audience WhoSeesDeletion(SandboxTeam team) =>
        Version.Sockets.KeepsTeamsInside ? Audience.Team(team.Id) : Audience.Everybody;

    private void EmitTeam(string name, Audience audience, SandboxTeam team) =>
        Emit(
            name,
            audience,
            Json.Bytes(team, TeamJson.WriteSanitized),
            static (writer, it) => writer.WriteString("team"u8, it)
        );

    private void EmitMembership(string name, Audience audience, SandboxTeam team, string userId) =>
        Emit(
            name,
            audience,
            (team.Id, userId),
            static (writer, it) =>
            {
                writer.WriteString("team_id"u8, it.Item1);
                writer.WriteString("user_id"u8, it.Item2);
            }
        );
}
