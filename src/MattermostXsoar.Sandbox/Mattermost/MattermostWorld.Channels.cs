using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using MattermostXsoar.Sandbox.Mattermost.Model;
using MattermostXsoar.Sandbox.Mattermost.Realtime;
using MattermostXsoar.Sandbox.Mattermost.Wire;

namespace MattermostXsoar.Sandbox.Mattermost;

public sealed partial class MattermostWorld
{
    /// <summary>The channel with this id, or with this name in any team.</summary>
    public SandboxChannel Channel(string nameOrId)
    {
        lock (_gate)
        {
            return _channels.GetValueOrDefault(nameOrId)
                ?? _channels.Values.FirstOrDefault(channel => channel.Name == nameOrId)
                ?? throw MattermostException.NoChannel(nameOrId);
        }
    }

    /// <summary>Creates a channel. <paramref name="type"/> is <c>O</c> or <c>P</c>; its creator becomes member and
    /// administrator.</summary>
    public SandboxChannel CreateChannel(
        string username,
        string name,
        string displayName,
        string type = "O",
        string? team = null,
        string purpose = "",
        string header = ""
    )
    {
        lock (_gate)
        {
            var creator = User(username);
            var teamId = team is null ? _teams.Keys.First() : Team(team).Id;
            var channel = CreateChannelCore(creator, teamId, name, displayName, type, purpose, header);
            AnnounceCreated(channel, creator);
            return channel;
        }
    }

    internal SandboxChannel CreateChannelCore(
        SandboxUser creator,
        string teamId,
        string name,
        string displayName,
        string type,
        string purpose,
        string header
    )
    {
        lock (_gate)
        {
            var id = Ids.New();
            if (type is "D" or "G")
                throw new MattermostException(
                    400,
                    "api.channel.create_channel.direct_channel.app_error",
                    "Must use createDirectChannel API service for direct message channel creation."
                );
            if (type is not ("O" or "P"))
                throw new MattermostException(
                    400,
                    "model.channel.is_valid.type.app_error",
                    "Invalid type.",
                    $"id={id}"
                );
            DemandName(name, id);
            DemandTexts(displayName, header, purpose, id);
            if (name.Length > 64 || displayName.Contains('\0'))
                throw new MattermostException(
                    500,
                    "app.channel.create_channel.internal_error",
                    "Unable to save channel.",
                    $"save_channel: id={id}: pq: value too long for type character varying(64)"
                );
            if (!_teams.ContainsKey(teamId))
                throw new MattermostException(
                    404,
                    "app.channel.get_channels.not_found.app_error",
                    "No channels were found.",
                    $"resource: Channel id: teamId={teamId}"
                );
            if (_channelsByName.ContainsKey((teamId, name)))
                throw new MattermostException(
                    400,
                    "store.sql_channel.save_channel.exists.app_error",
                    "A channel with that name already exists on the same team.",
                    $"Channelexists id={id}"
                        + (
                            Version.QuotesResources
                                ? ""
                                : " pq: duplicate key value violates unique constraint \"channels_name_teamid_key\""
                        )
                );
            var now = Now;
            var channel = new SandboxChannel
            {
                Id = id,
                TeamId = teamId,
                Name = name,
                DisplayName = displayName,
                Type = type,
                Purpose = purpose,
                Header = header,
                CreatorId = creator.Id,
                CreateAt = now,
                UpdateAt = now,
            };
            AddChannelCore(channel);
            AddMemberCore(channel, creator, true);
            return channel;
        }
    }

    /// <summary>What follows a creation. It is separate because the answer to the creator shows the channel as it is
    /// before.</summary>
    internal void AnnounceCreated(SandboxChannel channel, SandboxUser creator)
    {
        lock (_gate)
        {
            PostSystem(
                channel,
                creator,
                "system_join_channel",
                $"{creator.Username} joined the channel.",
                [new("username", creator.Username)]
            );
            Emit(
                "channel_created",
                Audience.User(creator.Id),
                channel,
                static (writer, it) =>
                {
                    writer.WriteString("channel_id"u8, it.Id);
                    writer.WriteString("team_id"u8, it.TeamId);
                }
            );
        }
    }

    /// <summary>The direct channel of two people; created if it does not exist.</summary>
    public SandboxChannel Direct(string username, string otherUsername)
    {
        lock (_gate)
        {
            SandboxUser creator = User(username),
                other = User(otherUsername);
            var name =
                string.CompareOrdinal(creator.Id, other.Id) <= 0
                    ? $"{creator.Id}__{other.Id}"
                    : $"{other.Id}__{creator.Id}";
            if (_channelsByName.TryGetValue(("", name), out var channel))
                return channel;
            channel = NewTalk(name, "", "D", creator.Id);
            AddMemberCore(channel, creator, false);
            AddMemberCore(channel, other, false);
            Emit(
                "direct_added",
                Audience.Channel(channel.Id),
                (creator.Id, other.Id),
                static (writer, it) =>
                {
                    writer.WriteString("creator_id"u8, it.Item1);
                    writer.WriteString("teammate_id"u8, it.Item2);
                }
            );
            return channel;
        }
    }

    internal SandboxChannel Group(IReadOnlyList<SandboxUser> users)
    {
        lock (_gate)
        {
            var ids = users.Select(static user => user.Id).Order(StringComparer.Ordinal).ToArray();
#pragma warning disable CA5350 // The server names group channels by the SHA-1 of their members.
            var name = Convert.ToHexStringLower(SHA1.HashData(Encoding.ASCII.GetBytes(string.Concat(ids))));
#pragma warning restore CA5350
            if (_channelsByName.TryGetValue(("", name), out var channel))
                return channel;
            channel = NewTalk(
                name,
                string.Join(", ", users.Select(static user => user.Username).Order(StringComparer.Ordinal)),
                "G",
                ""
            );
            foreach (var user in users)
                AddMemberCore(channel, user, false);
            Emit(
                "group_added",
                Audience.Channel(channel.Id) with
                {
                    EachMember = true,
                },
                ids,
                static (writer, it) => writer.WriteString("teammate_ids"u8, JsonSerializer.Serialize(it))
            );
            return channel;
        }
    }

    /// <summary>Archives a channel.</summary>
    public void Archive(string channel, string by = "admin")
    {
        lock (_gate)
        {
            var it = Channel(channel);
            if (it.IsDirect)
                throw new MattermostException(
                    400,
                    "api.channel.delete_channel.type.invalid",
                    "Unable to delete direct or group message channels"
                );
            if (it.IsArchived)
                throw new MattermostException(
                    400,
                    "api.channel.delete_channel.deleted.app_error",
                    "The channel has been archived or deleted."
                );
            if (it.Name == "town-square")
                throw new MattermostException(
                    400,
                    "api.channel.delete_channel.cannot.app_error",
                    "Unable to delete the default channel town-square."
                );
            var user = User(by);
            PostSystem(
                it,
                user,
                "system_channel_deleted",
                $"{user.Username} archived the channel.",
                [new("username", user.Username)]
            );
            it.DeleteAt = it.UpdateAt = Now;
            Emit("channel_deleted", WhoSeesArchiving(it), it, WriteDeleted);
        }
    }

    /// <summary>As recorded of 11.6: of a private channel only its members see it.</summary>
    private static Audience WhoSeesArchiving(SandboxChannel channel) =>
        channel.Type == "O" ? Audience.Team(channel.TeamId) : Audience.Channel(channel.Id);

    /// <summary>Restores an archived channel.</summary>
    public void Restore(string channel, string by = "admin") => Restore(Channel(channel), User(by));

    /// <summary>Restores an archived channel. Returns it as it was before, except for <c>delete_at</c>, as the server
    /// answers.</summary>
    internal byte[] Restore(SandboxChannel it, SandboxUser by)
    {
        lock (_gate)
        {
            if (!it.IsArchived)
                throw new MattermostException(
                    400,
                    "api.channel.restore_channel.restored.app_error",
                    "Unable to unarchive channel. The channel is not archived."
                );
            it.DeleteAt = 0;
            var answer = Json.Bytes(it, ChannelJson.Write);
            it.UpdateAt = Now;
            Emit(
                "channel_restored",
                WhoSeesArchiving(it),
                it.Id,
                static (writer, id) => writer.WriteString("channel_id"u8, id)
            );
            PostSystem(
                it,
                by,
                "system_channel_restored",
                $"{by.Username} unarchived the channel.",
                [new("username", by.Username)]
            );
            return answer;
        }
    }

    /// <summary>Gives a channel another display name and, if given, another name in URLs.</summary>
    public void Rename(string channel, string displayName, string? name = null, string by = "admin") =>
        Patch(Channel(channel), User(by), new ChannelChange { DisplayName = displayName, Name = name });

    /// <summary>Changes a channel and posts the system message about it. Returns the channel as it is before that
    /// message, as the server answers.</summary>
    internal byte[] Patch(SandboxChannel channel, SandboxUser by, ChannelChange change)
    {
        lock (_gate)
        {
            if (channel.IsArchived && change.IsWhole && Version.NamesArchivedChannels)
                throw new MattermostException(
                    400,
                    "api.channel.update_channel.deleted.app_error",
                    "The channel has been archived or deleted."
                );
            DemandOpen(channel);
            DemandTexts(change.DisplayName, change.Header, change.Purpose, channel.Id);
            if ((change.DisplayName + change.Header + change.Purpose).Contains('\0'))
                throw new MattermostException(
                    500,
                    "app.channel.update_channel.internal_error",
                    "Unable to update channel."
                );
            if (change.Name is not null && change.Name != channel.Name)
            {
                if (channel.Name == "town-square")
                    throw new MattermostException(
                        400,
                        "api.channel.update_channel.tried.app_error",
                        "Tried to perform an invalid update of the default channel town-square."
                    );
                Rename(channel, change.Name);
            }
            var (oldName, oldHeader, oldPurpose) = (channel.DisplayName, channel.Header, channel.Purpose);
            channel.DisplayName = change.DisplayName ?? channel.DisplayName;
            channel.Header = change.Header ?? channel.Header;
            channel.Purpose = change.Purpose ?? channel.Purpose;
            channel.UpdateAt = Now;
            var json = Json.Bytes(channel, ChannelJson.Write);
            Emit(
                "channel_updated",
                Audience.Channel(channel.Id),
                json,
                static (writer, it) => writer.WriteString("channel"u8, it)
            );
            PostEventKind(
                channel,
                by,
                "system_displayname_change",
                "display name",
                "displayname",
                oldName,
                channel.DisplayName
            );
            // As recorded: PUT on the channel posts a message about a new display name only, whatever else it changes.
            if (change.IsWhole)
                return json;
            PostEventKind(channel, by, "system_header_change", "header", "header", oldHeader, channel.Header);
            PostEventKind(channel, by, "system_purpose_change", "purpose", "purpose", oldPurpose, channel.Purpose);
            return json;
        }
    }

    private static void DemandOpen(SandboxChannel channel)
    {
        if (channel.IsArchived)
            throw new MattermostException(
                400,
                "app.channel.update.bad_id",
                "Unable to update the channel.",
                $"invalid input: entity: Channel field: DeleteAt value: %!s(int64={channel.DeleteAt})"
            );
    }

    /// <summary>Makes a public channel private or a private one public. Returns it as it is before the system
    /// message.</summary>
    internal byte[] SetPrivacy(SandboxChannel channel, SandboxUser by, string type)
    {
        lock (_gate)
        {
            if (Version.NamesArchivedChannels)
                DemandOpen(channel);
            if (channel.Name == "town-square" && type == "P")
                throw new MattermostException(
                    400,
                    "api.channel.update_channel_privacy.default_channel_error",
                    "The default channel cannot be made private."
                );
            channel.Type = type;
            channel.UpdateAt = Now;
            var json = Json.Bytes(channel, ChannelJson.Write);
            Emit(
                "channel_updated",
                Audience.Channel(channel.Id),
                json,
                static (writer, it) => writer.WriteString("channel"u8, it)
            );
            var message =
                type == "P"
                    ? "This channel has been converted to a Private Channel."
                    : "This channel has been converted to a Public Channel and can be joined by any team member.";
            PostSystem(channel, by, "system_change_chan_privacy", message, [new("username", by.Username)]);
            Emit(
                "channel_converted",
                Audience.Team(channel.TeamId),
                channel.Id,
                static (writer, id) => writer.WriteString("channel_id"u8, id)
            );
            return json;
        }
    }

    /// <summary>Moves a channel to another team, of which all its members must be members. Returns it as the server
    /// answers.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="team">The other team.</param>
    /// <param name="by">Who moves it.</param>
    /// <param name="force">Whether members who are not in the other team are removed from the channel.</param>
    internal byte[] Move(SandboxChannel channel, SandboxTeam team, SandboxUser by, bool force)
    {
        lock (_gate)
        {
            var strangers = channel.Members.Keys.Where(id => !team.Members.ContainsKey(id)).ToArray();
            if (strangers.Length > 0 && !force)
                throw new MattermostException(
                    500,
                    "app.channel.move_channel.members_do_not_match.error",
                    "Unable to move a channel unless all its members are already members of the destination team."
                );
            if (_channelsByName.ContainsKey((team.Id, channel.Name)))
                throw new MattermostException(
                    400,
                    "store.sql_channel.save_channel.exists.app_error",
                    "A channel with that name already exists on the same team."
                );
            foreach (var id in strangers)
                RemoveMember(channel.Id, id, by.Id);
            var previous = _teams[channel.TeamId];
            _channelsByName.Remove((previous.Id, channel.Name));
            channel.TeamId = team.Id;
            _channelsByName.Add((team.Id, channel.Name), channel);
            channel.UpdateAt = Now;
            var json = Json.Bytes(channel, ChannelJson.Write);
            Emit(
                "channel_updated",
                Audience.Channel(channel.Id),
                json,
                static (writer, it) => writer.WriteString("channel"u8, it)
            );
            PostSystem(
                channel,
                by,
                "system_move_channel",
                $"This channel has been moved to this team from {previous.Name}.",
                [new("username", by.Username)]
            );
            return json;
        }
    }

    /// <summary>Makes a group channel a private channel of a team.</summary>
    internal byte[] MakePrivate(
        SandboxChannel channel,
        SandboxUser by,
        SandboxTeam team,
        string name,
        string displayName
    )
    {
        lock (_gate)
        {
            DemandName(name, channel.Id);
            DemandTexts(displayName, null, null, channel.Id);
            if (!_channelsByName.TryAdd((team.Id, name), channel))
                throw new MattermostException(
                    400,
                    "store.sql_channel.save_channel.exists.app_error",
                    "A channel with that name already exists on the same team."
                );
            _channelsByName.Remove((channel.TeamId, channel.Name));
            (channel.TeamId, channel.Name, channel.DisplayName, channel.Type) = (team.Id, name, displayName, "P");
            channel.WasGroup = true;
            channel.UpdateAt = Now;
            var answer = Json.Bytes(channel, ChannelJson.Write);
            var others = channel.Members.Keys.Select(id => _users[id].Username).Order(StringComparer.Ordinal);
            PostSystem(
                channel,
                by,
                "system_gm_to_channel",
                $"{by.Username} created this channel from a group message with {string.Join(", ", others.Where(it => it != by.Username).Select(static it => "@" + it))}.",
                [new("convertedByUserId", by.Id)]
            );
            return answer;
        }
    }

    /// <summary>Moves a channel to another team.</summary>
    public void Move(string channel, string team, string by = "admin") =>
        Move(Channel(channel), Team(team), User(by), force: false);

    /// <summary>Deletes a channel from the database, with its posts.</summary>
    internal void Erase(SandboxChannel channel)
    {
        lock (_gate)
        {
            channel.DeleteAt = Now;
            Emit("channel_deleted", WhoSeesArchiving(channel), channel, WriteDeleted);
            foreach (var post in channel.Posts)
                _posts.Remove(post.Id);
            _channels.Remove(channel.Id);
            _channelsByName.Remove((channel.TeamId, channel.Name));
        }
    }

    internal SandboxChannel? FindChannel(string teamId, string name)
    {
        lock (_gate)
            return _channelsByName.GetValueOrDefault((teamId, name));
    }

    internal SandboxChannel? FindChannel(string id)
    {
        lock (_gate)
            return _channels.GetValueOrDefault(id);
    }

    // server/public/model/channel.go: the characters of each text are counted as code points.
    private static bool HasNameLetters(string name) =>
        name.Length > 0
        && char.IsAsciiLetterOrDigit(name[0])
        && name.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_');

    private void DemandName(string name, string id)
    {
        var isValid =
            name.Length >= Version.ShortestChannelName
            && HasNameLetters(name)
            && (Version.NamesChannelsFreely || char.IsAsciiLetterOrDigit(name[^1]));
        if (!isValid)
            throw Version.ShortestChannelName == 1
                ? new MattermostException(
                    400,
                    "model.channel.is_valid.1_or_more.app_error",
                    "Name must be 1 or more lowercase alphanumeric character.",
                    $"id={id}"
                )
                : new MattermostException(
                    400,
                    "model.channel.is_valid.2_or_more.app_error",
                    "Name must be 2 or more lowercase alphanumeric characters.",
                    $"id={id}"
                );
        // The names of direct and group channels.
        if (NameOfTalk().IsMatch(name))
            throw new MattermostException(
                400,
                "model.channel.is_valid.name.app_error",
                "Channel names can't be in a hexadecimal format. Please enter a different channel name.",
                $"id={id}"
            );
    }

    private static void DemandTexts(string? displayName, string? header, string? purpose, string id)
    {
        const int LongestDisplayName = 64;
        const int LongestHeader = 1024;
        const int LongestPurpose = 250;
        var wrong =
            (displayName ?? "").EnumerateRunes().Count() > LongestDisplayName ? "display_name"
            : (header ?? "").EnumerateRunes().Count() > LongestHeader ? "header"
            : (purpose ?? "").EnumerateRunes().Count() > LongestPurpose ? "purpose"
            : null;
        if (wrong is not null)
            throw new MattermostException(
                400,
                $"model.channel.is_valid.{wrong}.app_error",
                $"Invalid {wrong.Replace('_', ' ')}.",
                $"id={id}"
            );
    }

    [GeneratedRegex("^([a-z0-9]{26}__[a-z0-9]{26}|[0-9a-f]{40})$")]
    private static partial Regex NameOfTalk();

    private void Rename(SandboxChannel channel, string name)
    {
        DemandName(name, channel.Id);
        if (!_channelsByName.TryAdd((channel.TeamId, name), channel))
            throw Version.TellsNamesApart
                ? new MattermostException(
                    400,
                    "store.sql_channel.save_channel.exists.app_error",
                    "A channel with that name already exists on the same team."
                )
                : new MattermostException(
                    400,
                    "app.channel.update.bad_id",
                    "Unable to update the channel.",
                    $"invalid input: entity: Channel field: Id value: {channel.Id}"
                );
        _channelsByName.Remove((channel.TeamId, channel.Name));
        channel.Name = name;
    }

    private void PostEventKind(
        SandboxChannel channel,
        SandboxUser by,
        string type,
        string what,
        string key,
        string before,
        string after
    )
    {
        if (before == after)
            return;
        var message =
            before.Length == 0 ? $"{by.Username} updated the channel {what} to: {after}"
            : after.Length == 0 ? $"{by.Username} removed the channel {what} (was: {before})"
            : $"{by.Username} updated the channel {what} from: {before} to: {after}";
        PostSystem(
            channel,
            by,
            type,
            message,
            [new("new_" + key, after), new("old_" + key, before), new("username", by.Username)]
        );
    }

    private SandboxChannel NewTalk(string name, string displayName, string type, string creatorId)
    {
        var now = Now;
        var channel = new SandboxChannel
        {
            Id = Ids.New(),
            TeamId = "",
            Name = name,
            DisplayName = displayName,
            Type = type,
            CreatorId = creatorId,
            CreateAt = now,
            UpdateAt = now,
        };
        AddChannelCore(channel);
        return channel;
    }

    private static void WriteDeleted(System.Text.Json.Utf8JsonWriter writer, SandboxChannel channel)
    {
        writer.WriteString("channel_id"u8, channel.Id);
        writer.WriteNumber("delete_at"u8, channel.DeleteAt);
    }

    private void AddChannelCore(SandboxChannel channel)
    {
        _channels.Add(channel.Id, channel);
        _channelsByName.Add((channel.TeamId, channel.Name), channel);
    }
}
