using System.Text.Json;
using MattermostXsoar.Sandbox.Hosting;
using MattermostXsoar.Sandbox.Mattermost.Model;
using MattermostXsoar.Sandbox.Mattermost.Wire;

namespace MattermostXsoar.Sandbox.Mattermost.Api;

/// <summary>Unread messages and mentions.</summary>
internal static class UnreadApi
{
    public static void Map(RouteTable routes, MattermostWorld world)
    {
        routes.Map(
            "GET",
            "/api/v4/users/{}/teams/unread",
            call =>
            {
                var user = Own(world, call);
                return world.Locked(() =>
                    new Answer(
                        200,
                        Json.Array(
                            world.Teams.Where(team => team.Members.ContainsKey(user.Id)),
                            (writer, team) => WriteTeam(writer, world, team, user)
                        )
                    )
                );
            }
        );
        routes.Map(
            "GET",
            "/api/v4/users/{}/teams/{}/unread",
            call =>
            {
                var user = Own(world, call);
                var team = Demand.Team(world, Demand.UrlId(call.Values[1], "team_id"));
                return world.Locked(() =>
                    new Answer(200, Json.Bytes(team, (writer, it) => WriteTeam(writer, world, it, user)))
                );
            }
        );
        routes.Map(
            "GET",
            "/api/v4/users/{}/channels/{}/unread",
            call =>
            {
                var user = Own(world, call);
                var channel = Demand.Readable(world, call, 1);
                return world.Locked(() =>
                    new Answer(
                        200,
                        Json.Bytes(
                            (channel, user.Id),
                            (writer, it) =>
                            {
                                writer.WriteStartObject();
                                writer.WriteString("team_id"u8, it.channel.TeamId);
                                writer.WriteString("channel_id"u8, it.channel.Id);
                                WriteCounts(writer, [it.channel], it.Id);
                                if (world.Version.HasNewChannelFields)
                                    writer.WriteNumber("urgent_mention_count"u8, 0);
                                writer.WriteEndObject();
                            }
                        )
                    )
                );
            }
        );
        routes.Map(
            "POST",
            "/api/v4/channels/members/{}/view",
            call =>
            {
                var user = Own(world, call);
                var channel = world.FindChannel(call.Json?.Text("channel_id") ?? "");
                user.ActiveChannelId = channel?.Id ?? "";
                return Viewed(channel is null ? [] : [(channel, world.View(channel, user))]);
            }
        );
        routes.Map(
            "POST",
            "/api/v4/channels/members/{}/mark_read",
            call =>
            {
                var user = Own(world, call);
                var channels = UsersApi
                    .Strings(call, "channel_ids")
                    .Select(world.FindChannel)
                    .OfType<SandboxChannel>()
                    .OrderBy(static it => it.Id, StringComparer.Ordinal)
                    .Select(channel => (channel, At: world.View(channel, user)))
                    .ToList();
                return Viewed(channels);
            }
        );
        routes.Map(
            "POST",
            "/api/v4/users/{}/posts/{}/set_unread",
            call =>
            {
                var user = Own(world, call);
                var post = world.Accessible(world.PostCore(Demand.UrlId(call.Values[1], "post_id")));
                var channel = world.FindChannel(post.ChannelId)!;
                if (!Demand.MayRead(world, call.User, channel))
                    throw MattermostException.Forbidden(call.User.Id, "read_channel");
                var member = world.SetUnread(post, user);
                return world.Locked(() =>
                    new Answer(
                        200,
                        Json.Bytes(
                            (channel, member),
                            (writer, it) =>
                            {
                                writer.WriteStartObject();
                                writer.WriteString("team_id"u8, it.channel.TeamId);
                                writer.WriteString("user_id"u8, it.member.UserId);
                                writer.WriteString("channel_id"u8, it.channel.Id);
                                writer.WriteNumber("msg_count"u8, it.member.MessageCount);
                                writer.WriteNumber("mention_count"u8, it.member.MentionCount);
                                writer.WriteNumber("mention_count_root"u8, it.member.MentionCountRoot);
                                writer.WriteNumber("msg_count_root"u8, it.member.RootCount);
                                if (world.Version.HasNewChannelFields)
                                    writer.WriteNumber("urgent_mention_count"u8, 0);
                                writer.WriteNumber("last_viewed_at"u8, it.member.LastViewedAt);
                                writer.WriteEndObject();
                            }
                        )
                    )
                );
            }
        );
        routes.Map(
            "GET",
            "/api/v4/users/{}/channels/{}/posts/unread",
            call =>
            {
                var user = Own(world, call);
                var channel = Demand.Readable(world, call, 1);
                var before = (int)Math.Clamp(call.QueryNumber("limit_before", 60), 0, 200);
                var after = (int)Math.Clamp(call.QueryNumber("limit_after", 60), 1, 200);
                var collapses = call.Query("collapsedThreads") == "true" && world.Version.CollapsesThreads;
                return world.Locked(() =>
                {
                    // Who has never viewed the channel gets its newest page.
                    var seen = channel.Members.GetValueOrDefault(user.Id)?.LastViewedAt ?? 0;
                    if (seen == 0)
                        seen = channel.LastPostAt;
                    var pages = new PostPages(world, channel) { Collapses = collapses, Viewer = user };
                    return new Answer(200, pages.Around(seen, before, after))
                    {
                        // Without anything unread it is the newest page.
                        Headers =
                            world.Version.CollapsesThreads && channel.LastPostAt <= seen
                                ? [Etags.OfPosts(world.Options, channel)]
                                : [],
                    };
                });
            }
        );
        routes.Map("GET", "/api/v4/users/{}/posts/flagged", call => Flagged(world, call));
    }

    /// <summary>The posts that a user has flagged, which is a preference; the newest first.</summary>
    private static Answer Flagged(MattermostWorld world, ApiCall call)
    {
        var user = Own(world, call);
        var (skip, take) = call.Page();
        return world.Locked(() =>
            new Answer(
                200,
                PostPages.Of(
                    world,
                    [
                        .. user
                            .Preferences.Keys.Where(static key => key.Category == "flagged_post")
                            .Select(key => world.FindPost(key.Name))
                            .OfType<SandboxPost>()
                            .Where(post =>
                                post.DeleteAt == 0
                                && Demand.MayRead(world, user, world.FindChannel(post.ChannelId)!)
                                && (call.Query("channel_id") is not { Length: > 0 } id || id == post.ChannelId)
                            )
                            .OrderByDescending(static post => post.CreateAt)
                            .Skip(skip)
                            .Take(take),
                    ]
                )
            )
        );
    }

    private static Answer Viewed(List<(SandboxChannel Channel, long At)> channels) =>
        new(
            200,
            Json.Bytes(
                channels,
                static (writer, it) =>
                {
                    writer.WriteStartObject();
                    writer.WriteString("status"u8, "OK");
                    writer.WriteStartObject("last_viewed_at_times"u8);
                    foreach (var (channel, at) in it)
                        writer.WriteNumber(channel.Id, at);
                    writer.WriteEndObject();
                    writer.WriteEndObject();
                }
            )
        );

    private static SandboxUser Own(MattermostWorld world, ApiCall call)
    {
        var id = Demand.UserId(call, 0);
        if (id != call.User.Id)
            Demand.SystemAdmin(call, "edit_other_users");
        return Demand.User(world, id);
    }

    private static void WriteCounts(Utf8JsonWriter writer, IEnumerable<SandboxChannel> channels, string userId)
    {
        long messages = 0,
            roots = 0,
            mentions = 0,
            rootMentions = 0;
        foreach (var channel in channels)
        {
            if (!channel.Members.TryGetValue(userId, out var member))
                continue;
            messages += channel.TotalMessageCount - member.MessageCount;
            roots += channel.TotalRootCount - member.RootCount;
            mentions += member.MentionCount;
            rootMentions += member.MentionCountRoot;
        }
        writer.WriteNumber("msg_count"u8, messages);
        writer.WriteNumber("mention_count"u8, mentions);
        writer.WriteNumber("mention_count_root"u8, rootMentions);
        writer.WriteNumber("msg_count_root"u8, roots);
    }

    private static void WriteTeam(Utf8JsonWriter writer, MattermostWorld world, SandboxTeam team, SandboxUser user)
    {
        writer.WriteStartObject();
        writer.WriteString("team_id"u8, team.Id);
        WriteCounts(writer, world.Channels.Where(channel => channel.TeamId == team.Id && !channel.IsArchived), user.Id);
        if (world.Version.HasThreadSettings)
        {
            writer.WriteNumber("thread_count"u8, 0);
            writer.WriteNumber("thread_mention_count"u8, 0);
            writer.WriteNumber("thread_urgent_mention_count"u8, 0);
        }
        writer.WriteEndObject();
    }
}
