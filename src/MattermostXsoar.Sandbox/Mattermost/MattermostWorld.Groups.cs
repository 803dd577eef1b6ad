using System.Text.RegularExpressions;
using MattermostXsoar.Sandbox.Mattermost.Model;
using MattermostXsoar.Sandbox.Mattermost.Realtime;
using MattermostXsoar.Sandbox.Mattermost.Wire;

namespace MattermostXsoar.Sandbox.Mattermost;

public sealed partial class MattermostWorld
{
    private readonly OrderedDictionary<string, SandboxGroup> _groups = [];

    /// <summary>All groups, including deleted ones, in order of creation.</summary>
    public IReadOnlyList<SandboxGroup> Groups => Locked(() => _groups.Values.ToArray());

    /// <summary>The group with this id or name.</summary>
    public SandboxGroup Group(string nameOrId)
    {
        lock (_gate)
        {
            return _groups.GetValueOrDefault(nameOrId)
                ?? _groups.Values.FirstOrDefault(it => it.Name == nameOrId && it.DeleteAt == 0)
                ?? throw new MattermostException(
                    404,
                    "app.group.no_rows",
                    "no matching group found",
                    $"resource: Group id: {nameOrId}"
                );
        }
    }

    /// <summary>Creates a group, whether the server is licensed for them or not.</summary>
    /// <param name="name">The name for mentions: 1 to 64 of <c>a-z 0-9 . - _</c>.</param>
    /// <param name="displayName">The display name; the name if left out.</param>
    /// <param name="members">Usernames of the first members.</param>
    /// <param name="source"><c>custom</c>, or <c>ldap</c> for one that comes from a directory.</param>
    /// <param name="allowReference">Whether every user may mention it.</param>
    public SandboxGroup CreateGroup(
        string name,
        string? displayName = null,
        IEnumerable<string>? members = null,
        string source = "custom",
        bool allowReference = true
    ) =>
        CreateGroupCore(
            name,
            displayName ?? name,
            "",
            source,
            allowReference,
            [.. (members ?? []).Select(it => User(it).Id)]
        );

    /// <summary>Adds people to a group; existing members stay.</summary>
    public void AddToGroup(string group, params IReadOnlyList<string> usernames) =>
        AddToGroupCore(Group(group), [.. usernames.Select(it => User(it).Id)]);

    /// <summary>Removes people from a group.</summary>
    public void RemoveFromGroup(string group, params IReadOnlyList<string> usernames) =>
        RemoveFromGroupCore(Group(group), [.. usernames.Select(it => User(it).Id)]);

    /// <summary>Deletes a group; it can be restored.</summary>
    public void DeleteGroup(string group) => SetGroupDeleted(Group(group), true);

    /// <summary>Lets the membership of a team follow a group.</summary>
    public void LinkGroupToTeam(string group, string team) =>
        LinkGroup(Group(group), Team(team).Id, isTeam: true, autoAdd: true, schemeAdmin: false);

    /// <summary>Lets the membership of a channel follow a group.</summary>
    public void LinkGroupToChannel(string group, string channel) =>
        LinkGroup(Group(group), Channel(channel).Id, isTeam: false, autoAdd: true, schemeAdmin: false);

    internal SandboxGroup CreateGroupCore(
        string? name,
        string displayName,
        string description,
        string source,
        bool allowReference,
        IReadOnlyList<string> userIds
    )
    {
        lock (_gate)
        {
            CheckGroup(name, displayName, allowReference);
            CheckUsers(userIds);
            if (_groups.Values.Any(it => it.Name == name))
                throw new MattermostException(
                    400,
                    "app.custom_group.unique_name",
                    "group name is not unique",
                    "invalid input: entity: Group field: Name value: " + name
                );
            if (name is not null && _usersByName.ContainsKey(name))
                throw new MattermostException(
                    400,
                    "app.group.username_conflict",
                    $"The username {name} already exists."
                );
            var now = Now;
            var group = new SandboxGroup
            {
                Id = Ids.New(),
                Name = name,
                DisplayName = displayName,
                Description = description,
                Source = source,
                RemoteId = source == "ldap" ? "remote-" + name : null,
                AllowReference = allowReference,
                CreateAt = now,
                UpdateAt = now,
            };
            foreach (var id in userIds)
                group.Members[id] = now;
            _groups.Add(group.Id, group);
            EmitGroup(group);
            return group;
        }
    }

    /// <summary>Changes members and returns them; if one of the ids is not a user, the whole call fails.</summary>
    internal IReadOnlyList<(string GroupId, string UserId, long CreateAt, long DeleteAt)> AddToGroupCore(
        SandboxGroup group,
        IReadOnlyList<string> userIds
    )
    {
        lock (_gate)
        {
            CheckUsers(userIds);
            var now = Now;
            foreach (var id in userIds)
            {
                group.Members[id] = now;
                EmitGroupMember("group_member_add", (group.Id, id, now, 0));
            }
            return [.. userIds.Select(id => (group.Id, id, now, 0L))];
        }
    }

    internal IReadOnlyList<(string GroupId, string UserId, long CreateAt, long DeleteAt)> RemoveFromGroupCore(
        SandboxGroup group,
        IReadOnlyList<string> userIds
    )
    {
        lock (_gate)
        {
            CheckUsers(userIds);
            if (userIds.FirstOrDefault(id => !group.Members.ContainsKey(id)) is { } missing)
                throw new MattermostException(
                    500,
                    "app.update_error",
                    "update error",
                    $"resource: GroupMember id: {missing}"
                );
            var now = Now;
            var gone = userIds.Distinct().Select(id => (group.Id, id, group.Members[id], now)).ToList();
            foreach (var member in gone)
            {
                group.Members.Remove(member.id);
                EmitGroupMember("group_member_deleted", member);
            }
            return gone;
        }
    }

    internal SandboxGroup PatchGroup(
        SandboxGroup group,
        string? name,
        string? displayName,
        string? description,
        bool? allowReference
    )
    {
        lock (_gate)
        {
            var (newName, newDisplay, reference) = (
                name ?? group.Name,
                displayName ?? group.DisplayName,
                allowReference ?? group.AllowReference
            );
            CheckGroup(newName, newDisplay, reference);
            if (name is not null && _groups.Values.Any(it => it != group && it.Name == name))
                throw new MattermostException(
                    400,
                    "api.ldap_groups.existing_group_name_error",
                    "group name already exists"
                );
            if (name is not null && _usersByName.ContainsKey(name))
                throw new MattermostException(
                    400,
                    "api.ldap_groups.existing_user_name_error",
                    "group name already exists as a user name"
                );
            (group.Name, group.DisplayName, group.AllowReference) = (newName, newDisplay, reference);
            group.Description = description ?? group.Description;
            group.UpdateAt = Now;
            EmitGroup(group);
            return group;
        }
    }

    internal void SetGroupDeleted(SandboxGroup group, bool deleted)
    {
        lock (_gate)
        {
            if (group.DeleteAt != 0 == deleted)
                throw new MattermostException(
                    404,
                    "app.group.no_rows",
                    "no matching group found",
                    $"resource: Group id: {group.Id}"
                );
            group.UpdateAt = Now;
            group.DeleteAt = deleted ? group.UpdateAt : 0;
            EmitGroup(group);
        }
    }

    internal SandboxGroupLink LinkGroup(
        SandboxGroup group,
        string targetId,
        bool isTeam,
        bool autoAdd,
        bool schemeAdmin
    )
    {
        lock (_gate)
        {
            if (!group.Links.TryGetValue(targetId, out var link))
                group.Links.Add(
                    targetId,
                    link = new SandboxGroupLink
                    {
                        GroupId = group.Id,
                        TargetId = targetId,
                        IsTeam = isTeam,
                        CreateAt = Now,
                    }
                );
            (link.AutoAdd, link.SchemeAdmin, link.UpdateAt) = (autoAdd, schemeAdmin, Now);
            _changed.Pulse();
            return link;
        }
    }

    private static void CheckGroup(string? name, string displayName, bool allowReference)
    {
        if (name is null && allowReference)
            throw new MattermostException(400, "model.group.name.app_error", "invalid name property for group");
        if (name is not null && name.Length is 0 or > 64)
            throw new MattermostException(
                400,
                "model.group.name.invalid_length.app_error",
                "Name must be 1 to 64 lowercase alphanumeric characters."
            );
        if (name is "all" or "channel" or "here")
            throw new MattermostException(
                400,
                "model.group.name.reserved_name.app_error",
                "group name already exists as a reserved name"
            );
        if (name is not null && !GroupName().IsMatch(name))
            throw new MattermostException(
                400,
                "model.group.name.invalid_chars.app_error",
                "invalid characters in the name property for group"
            );
        if (displayName.Length is 0 or > 128)
            throw new MattermostException(
                400,
                "model.group.display_name.app_error",
                "invalid display name property for group"
            );
    }

    [GeneratedRegex("^[a-z0-9._-]+$")]
    private static partial Regex GroupName();

    /// <summary>The server's store looks up all users first, and its error for a missing one is a 500, not a
    /// 404.</summary>
    private void CheckUsers(IReadOnlyList<string> userIds)
    {
        if (userIds.FirstOrDefault(id => !_users.ContainsKey(id)) is { } missing)
            throw new MattermostException(500, "app.update_error", "update error", $"resource: User id: {missing}");
    }

    private void EmitGroup(SandboxGroup group) =>
        Emit(
            "received_group",
            Audience.Everybody,
            Json.Bytes(group, static (writer, it) => GroupJson.Write(writer, it, true)),
            static (writer, it) => writer.WriteString("group"u8, it)
        );

    private void EmitGroupMember(string name, (string GroupId, string UserId, long CreateAt, long DeleteAt) member) =>
        Emit(
            name,
            Audience.User(member.UserId),
            Json.Bytes(member, GroupJson.WriteMember),
            static (writer, it) => writer.WriteString("group_member"u8, it)
        );
}
