using MattermostXsoar.Sandbox.Mattermost.Model;
using MattermostXsoar.Sandbox.Mattermost.Realtime;
using MattermostXsoar.Sandbox.Mattermost.Wire;

namespace MattermostXsoar.Sandbox.Mattermost;

public sealed partial class MattermostWorld
{
    /// <summary>Adds a user to a channel; an existing member is unchanged.</summary>
    public SandboxChannelMember AddMember(string channel, string username, string by = "admin")
    {
        lock (_gate)
        {
            var it = Channel(channel);
            var user = User(username);
            AddMember(it, user, User(by));
            return it.Members[user.Id];
        }
    }

    /// <summary>Adds a user to a channel. Returns the member as they are before the system message, as the server
    /// answers.</summary>
    internal byte[] AddMember(SandboxChannel channel, SandboxUser user, SandboxUser adder)
    {
        lock (_gate)
        {
            var write = ChannelJson.MemberFor(adder);
            if (channel.Members.TryGetValue(user.Id, out var present))
                return Json.Bytes(present, write);
            if (user.DeleteAt != 0 && Version.RefusesDeactivatedMembers)
                throw new MattermostException(
                    403,
                    "app.channel.add_member.deleted_user.app_error",
                    "Unable to add the user as a member of the channel."
                );
            if (channel.TeamId.Length > 0 && !_teams[channel.TeamId].Members.ContainsKey(user.Id))
                throw MattermostException.NoTeamMember(channel.TeamId, user.Id);
            var answer = Json.Bytes(AddMemberCore(channel, user, false), write);
            EmitUserAdded(channel, user);
            if (adder.Id == user.Id)
            {
                PostSystem(
                    channel,
                    user,
                    "system_join_channel",
                    $"{user.Username} joined the channel.",
                    [new("username", user.Username)]
                );
            }
            else
            {
                PostSystem(
                    channel,
                    adder,
                    "system_add_to_channel",
                    $"{user.Username} added to the channel by {adder.Username}.",
                    [
                        new("addedUserId", user.Id),
                        new("addedUsername", user.Username),
                        new("userId", adder.Id),
                        new("username", adder.Username),
                    ]
                );
            }
            return answer;
        }
    }

    /// <summary>Removes a user from a channel.</summary>
    public void RemoveMember(string channel, string username, string by = "admin")
    {
        lock (_gate)
        {
            var it = Channel(channel);
            var user = User(username);
            var remover = User(by);
            if (it.Name == "town-square")
                throw new MattermostException(
                    400,
                    "api.channel.remove.default.app_error",
                    "Unable to remove user from the default channel town-square."
                );
            if (!it.Members.Remove(user.Id))
                throw MattermostException.NoChannelMember(it.Id, user.Id);
            Emit(
                "user_removed",
                Audience.Channel(it.Id),
                (remover.Id, user.Id),
                static (writer, it) =>
                {
                    writer.WriteString("remover_id"u8, it.Item1);
                    writer.WriteString("user_id"u8, it.Item2);
                }
            );
            Emit(
                "user_removed",
                Audience.User(user.Id),
                (it.Id, remover.Id),
                static (writer, it) =>
                {
                    writer.WriteString("channel_id"u8, it.Item1);
                    writer.WriteString("remover_id"u8, it.Item2);
                }
            );
            if (remover.Id == user.Id)
            {
                PostSystem(
                    it,
                    user,
                    "system_leave_channel",
                    $"@{user.Username} left the channel.",
                    [new("username", user.Username)]
                );
            }
            else
            {
                PostSystem(
                    it,
                    remover,
                    "system_remove_from_channel",
                    $"@{user.Username} removed from the channel.",
                    [new("removedUserId", user.Id), new("removedUsername", user.Username)],
                    fromBot: false
                );
            }
        }
    }

    internal void SetNotifyProps(SandboxChannelMember member, IEnumerable<KeyValuePair<string, string>> props)
    {
        lock (_gate)
        {
            member.NotifyProps ??= new SortedDictionary<string, string>(
                ChannelJson.DefaultNotifyProps,
                StringComparer.Ordinal
            );
            foreach (var (name, value) in props)
                member.NotifyProps[name] = value;
            UpdateMember(member);
        }
    }

    internal void SetChannelAdmin(SandboxChannelMember member, bool isAdmin)
    {
        lock (_gate)
        {
            member.IsAdmin = isAdmin;
            UpdateMember(member);
        }
    }

    private void UpdateMember(SandboxChannelMember member)
    {
        member.LastUpdateAt = Now;
        var json = Json.Bytes(member, ChannelJson.WriteMember);
        Emit(
            "channel_member_updated",
            Audience.User(member.UserId),
            json,
            static (writer, it) => writer.WriteString("channelMember"u8, it)
        );
    }

    private SandboxChannelMember AddMemberCore(SandboxChannel channel, SandboxUser user, bool isAdmin)
    {
        if (channel.Members.TryGetValue(user.Id, out var present))
            return present;
        var member = new SandboxChannelMember
        {
            ChannelId = channel.Id,
            UserId = user.Id,
            IsAdmin = isAdmin,
            LastUpdateAt = Now,
        };
        channel.Members.Add(user.Id, member);
        return member;
    }

    private void EmitUserAdded(SandboxChannel channel, SandboxUser user, string exceptUserId = "") =>
        Emit(
            "user_added",
            Audience.Channel(channel.Id) with
            {
                ExceptUserId = exceptUserId,
                OwnUserId = exceptUserId == user.Id ? "" : user.Id,
            },
            (channel.TeamId, user.Id),
            static (writer, it) =>
            {
                writer.WriteString("team_id"u8, it.TeamId);
                writer.WriteString("user_id"u8, it.Id);
            }
        );
}
