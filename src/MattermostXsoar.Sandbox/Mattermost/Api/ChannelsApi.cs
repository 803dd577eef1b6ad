using System.Text.Json;
using MattermostXsoar.Sandbox.Hosting;
using MattermostXsoar.Sandbox.Mattermost.Model;
using MattermostXsoar.Sandbox.Mattermost.Wire;

namespace MattermostXsoar.Sandbox.Mattermost.Api;

/// <summary>Single channels: read, create, change, archive, restore.</summary>
internal static class ChannelsApi
{
    public static void Map(RouteTable routes, MattermostWorld world)
    {
        routes.Map("POST", "/api/v4/channels", call => Create(world, call));
        routes.Map("POST", "/api/v4/channels/direct", call => Direct(world, call));
        routes.Map("POST", "/api/v4/channels/group", call => Group(world, call));
        routes.Map("GET", "/api/v4/channels/{}", call => One(world, Demand.Readable(world, call)));
        routes.Map(
            "GET",
            "/api/v4/channels/{}/stats",
            call =>
            {
                var channel = Demand.Readable(world, call);
                return new Answer(
                    200,
                    world.Locked(() =>
                        Json.Bytes(
                            channel,
                            (writer, it) =>
                            {
                                writer.WriteStartObject();
                                writer.WriteString("channel_id"u8, it.Id);
                                writer.WriteNumber("member_count"u8, it.Members.Count);
                                writer.WriteNumber("guest_count"u8, 0);
                                writer.WriteNumber(
                                    "pinnedpost_count"u8,
                                    it.Posts.Count(static post => post.IsPinned && post.DeleteAt == 0)
                                );
                                if (world.Version.CountsFiles)
                                    writer.WriteNumber(
                                        "files_count"u8,
                                        call.Query("exclude_files_count") == "true"
                                            ? -1
                                            : it
                                                .Posts.Where(static post => post.DeleteAt == 0)
                                                .Sum(static post => post.FileIds.Count)
                                    );
                                writer.WriteEndObject();
                            }
                        )
                    )
                );
            }
        );
        routes.Map(
            "PUT",
            "/api/v4/channels/{}/patch",
            call =>
            {
                var channel = Demand.Channel(world, call);
                Demand.Manage(call.User, channel, "manage_{0}_channel_properties");
                var json = call.Json is { ValueKind: JsonValueKind.Object } it
                    ? it
                    : throw MattermostException.BodyParameter("channel");
                var change = Change(json);
                DemandPatch(world, channel, json, change);
                return new Answer(200, world.Patch(channel, call.User, change));
            }
        );
        routes.Map(
            "PUT",
            "/api/v4/channels/{}",
            call =>
            {
                var channel = Demand.Channel(world, call);
                var json = call.Json is { ValueKind: JsonValueKind.Object } it
                    ? it
                    : throw MattermostException.BodyParameter("channel");
                if (json.Text("id") != channel.Id)
                    throw MattermostException.BodyParameter("channel_id");
                Demand.Manage(call.User, channel, "manage_{0}_channel_properties");
                return new Answer(200, world.Patch(channel, call.User, Change(json) with { IsWhole = true }));
            }
        );
        routes.Map(
            "PUT",
            "/api/v4/channels/{}/privacy",
            call =>
            {
                var channel = Demand.Channel(world, call);
                var privacy = call.Json?.Text("privacy") is "O" or "P"
                    ? call.Json.Value.Text("privacy")!
                    : throw MattermostException.BodyParameter("privacy");
                if (channel.IsDirect)
                    throw MattermostException.BodyParameter("privacy");
                if (
                    !call.User.IsSystemAdmin
                    && !(world.TeamCore(channel.TeamId)?.Members.GetValueOrDefault(call.User.Id) ?? false)
                )
                    throw MattermostException.Forbidden(
                        call.User.Id,
                        privacy == "P" ? "convert_public_channel_to_private" : "convert_private_channel_to_public"
                    );
                return new Answer(200, world.SetPrivacy(channel, call.User, privacy));
            }
        );
        routes.Map("GET", "/api/v4/channels/{}/common_teams", call => CommonTeams(world, call));
        routes.Map("POST", "/api/v4/channels/{}/convert_to_channel", call => Convert(world, call));
        routes.Map("POST", "/api/v4/channels/{}/move", call => Move(world, call));
        routes.Map(
            "GET",
            "/api/v4/channels/{}/pinned",
            call =>
            {
                var channel = Demand.Readable(world, call);
                return world.Locked(() =>
                {
                    var pinned = channel.Posts.Where(static post => post.IsPinned && post.DeleteAt == 0).ToList();
                    return new Answer(200, PostPages.Of(world, pinned))
                    {
                        Headers = [Etags.Of(world.Options, pinned.FirstOrDefault(), pinned)],
                    };
                });
            }
        );
        // No user of the sandbox has set a time zone.
        routes.Map(
            "GET",
            "/api/v4/channels/{}/timezones",
            call =>
            {
                Demand.Readable(world, call);
                return new Answer(200, world.Version.NoTimeZonesAreNull ? "null"u8.ToArray() : "[]"u8.ToArray());
            }
        );
        routes.Map(
            "GET",
            "/api/v4/channels/{}/moderations",
            _ =>
                throw new MattermostException(
                    world.Version.RefusesModerations,
                    "api.channel.get_channel_moderations.license.error",
                    "Your license does not support channel moderation"
                )
        );
        routes.Map(
            "DELETE",
            "/api/v4/channels/{}",
            call =>
            {
                var channel = Demand.Channel(world, call);
                if (!channel.IsDirect)
                    Demand.Manage(call.User, channel, "delete_{0}_channel");
                if (call.Query("permanent") == "true" && call.User.IsSystemAdmin)
                    world.Erase(channel);
                else
                    world.Archive(channel.Id, call.User.Id);
                return Answer.StatusOk;
            }
        );
        routes.Map(
            "POST",
            "/api/v4/channels/{}/restore",
            call =>
            {
                var channel = Demand.Channel(world, call);
                if (
                    !call.User.IsSystemAdmin
                    && !(world.TeamCore(channel.TeamId)?.Members.GetValueOrDefault(call.User.Id) ?? false)
                )
                    throw MattermostException.Forbidden(call.User.Id, "manage_team");
                return new Answer(200, world.Restore(channel, call.User));
            }
        );
    }

    /// <summary>The teams in which all members of a group channel are.</summary>
    private static Answer CommonTeams(MattermostWorld world, ApiCall call)
    {
        var channel = Demand.Readable(world, call);
        if (channel.Type != "G")
            throw new MattermostException(
                400,
                "app.channel.get_common_teams.incorrect_channel_type",
                "Channel is not a group message."
            );
        return world.Locked(() =>
            new Answer(
                200,
                Json.Array(
                    world.Teams.Where(team => channel.Members.Keys.All(team.Members.ContainsKey)),
                    TeamsApi.Writer(world, call)
                )
            )
        );
    }

    /// <summary>Makes a group channel a private channel of a team.</summary>
    private static Answer Convert(MattermostWorld world, ApiCall call)
    {
        var channel = Demand.Channel(world, call);
        if (channel.Type != "G" || !channel.Members.ContainsKey(call.User.Id))
            throw MattermostException.Forbidden(call.User.Id, "create_private_channel");
        var json = call.Json;
        var team = Demand.Team(world, json?.Text("team_id") ?? "");
        return new Answer(
            200,
            world.MakePrivate(channel, call.User, team, json?.Text("name") ?? "", json?.Text("display_name") ?? "")
        );
    }

    private static Answer Move(MattermostWorld world, ApiCall call)
    {
        var channel = Demand.Channel(world, call);
        var json = call.Json;
        var teamId = json?.Text("team_id") ?? throw MattermostException.BodyParameter("team_id");
        var force = json?.Flag("force") ?? throw MattermostException.BodyParameter("force");
        var team = Demand.Team(world, teamId);
        if (channel.IsDirect)
            throw new MattermostException(
                403,
                "api.channel.move_channel.type.invalid",
                "Unable to move direct or group message channels."
            );
        Demand.SystemAdmin(call, "manage_system");
        return new Answer(200, world.Move(channel, team, call.User, force));
    }

    /// <summary>What a new server refuses in a patch.</summary>
    private static void DemandPatch(
        MattermostWorld world,
        SandboxChannel channel,
        JsonElement json,
        ChannelChange change
    )
    {
        if (!world.Version.ChecksPatches)
            return;
        if (json.TryGetProperty("banner_info", out var banner) && banner.ValueKind == JsonValueKind.Object)
            throw new MattermostException(
                403,
                "license_error.feature_unavailable.specific",
                "Channel Banner feature is not available for the current license"
            );
        if (change == new ChannelChange())
            throw new MattermostException(
                400,
                "api.channel.patch_update_channel.no_changes.app_error",
                "No changes in the patch."
            );
        if (channel.IsDirect && (change.Name ?? change.DisplayName ?? change.Purpose) is not null)
            throw new MattermostException(
                400,
                "api.channel.patch_update_channel.update_direct_or_group_messages_not_allowed.app_error",
                "You are not allowed to update the name, display_name, and purpose of direct or group messages."
            );
    }

    private static ChannelChange Change(JsonElement json) =>
        new()
        {
            DisplayName = json.Text("display_name"),
            Name = json.Text("name"),
            Header = json.Text("header"),
            Purpose = json.Text("purpose"),
        };

    private static Answer One(MattermostWorld world, SandboxChannel channel, int status = 200) =>
        new(status, world.Locked(() => Json.Bytes(channel, world.ChannelJson.Write)));

    private static Answer Create(MattermostWorld world, ApiCall call)
    {
        var json = call.Json is { ValueKind: JsonValueKind.Object } it
            ? it
            : throw MattermostException.BodyParameter("channel");
        if (world.Version.ChecksPatches && json.HasOtherKind("name", "display_name", "team_id", "header", "purpose"))
            throw MattermostException.BodyParameter("channel");
        var type = json.Text("type") ?? "";
        if (world.Version.ChannelsNeedDisplayNames && json.Text("display_name") is not { Length: > 0 })
            throw MattermostException.BodyParameter("display_name");
        if (
            world.Version.ChecksPatches
            && json.TryGetProperty("delete_at", out var deleted)
            && deleted.ToString() != "0"
        )
            throw new MattermostException(
                400,
                "store.sql_channel.save.archived_channel.app_error",
                "You can not modify an archived channel."
            );
        var teamId = json.Text("team_id") ?? "";
        if (type is "O" or "P" && !Demand.InTeam(world, call.User, teamId))
            throw MattermostException.Forbidden(
                call.User.Id,
                type == "P" ? "create_private_channel" : "create_public_channel"
            );
        return world.Locked(() =>
        {
            var channel = world.CreateChannelCore(
                call.User,
                teamId,
                json.Text("name") ?? "",
                (json.Text("display_name") ?? "") is var name && world.Version.ChannelsNeedDisplayNames
                    ? name.Trim()
                    : name,
                type,
                json.Text("purpose") ?? "",
                json.Text("header") ?? ""
            );
            if (
                world.Version.HasNewChannelFields
                && json.TryGetProperty("banner_info", out var banner)
                && banner.ValueKind == JsonValueKind.Object
            )
                channel.Banner = banner.GetRawText();
            channel.DefaultCategoryName = json.Text("default_category_name") ?? "";
            var answer = One(world, channel, 201);
            world.AnnounceCreated(channel, call.User);
            return answer;
        });
    }

    private static Answer Direct(MattermostWorld world, ApiCall call)
    {
        var ids = UsersApi.Strings(world, call, "user_ids");
        if (ids.Count != 2)
            throw MattermostException.BodyParameter("user_ids");
        if (!ids.TrueForAll(Ids.IsValid))
            throw MattermostException.BodyParameter(world.Version.ChecksPatches ? "user_id" : "user_ids");
        if (world.Version.ChecksPatches && ids[0] == ids[1] && ids[0] != call.User.Id)
            throw MattermostException.BodyParameter("user_ids");
        if (!call.User.IsSystemAdmin && !ids.Contains(call.User.Id))
            throw MattermostException.Forbidden(call.User.Id, "manage_system");
        if (!ids.TrueForAll(id => world.TryUser(id, out _)))
        {
            throw new MattermostException(
                400,
                "api.channel.create_direct_channel.invalid_user.app_error",
                "Invalid user ID for direct channel creation.",
                $"No users found for ids: {ids[0]}. {ids[1]}"
            );
        }
        if (world.RestrictsDirectMessages && !world.ShareTeam(ids))
            throw new MattermostException(
                403,
                "api.channel.create_channel.direct_channel.team_restricted_error",
                "A direct channel cannot be created between these users because they do not share a team in common."
            );
        return One(world, world.Direct(ids[0], ids[1]), 201);
    }

    private static Answer Group(MattermostWorld world, ApiCall call)
    {
        var ids = UsersApi.Strings(call, "user_ids");
        if (!ids.Contains(call.User.Id))
            ids.Add(call.User.Id);
        if (ids.Count is < 3 or > 8)
            throw new MattermostException(
                400,
                "api.channel.create_group.bad_size.app_error",
                "Group message channels must contain at least 3 and no more than 8 users."
            );
        if (world.Version.ChecksPatches && !ids.TrueForAll(id => world.TryUser(id, out _)))
            throw new MattermostException(
                400,
                "api.channel.create_group.bad_user.app_error",
                "One of the provided users does not exist."
            );
        return One(world, world.Group([.. ids.Select(id => Demand.User(world, id))]), 201);
    }
}
