using System.Text.Json;
using MattermostXsoar.Sandbox.Mattermost.Model;
using MattermostXsoar.Sandbox.Mattermost.Realtime;

namespace MattermostXsoar.Sandbox.Mattermost;

/// <content>Events about posts: those of people, the server's own, and their changes.</content>
public sealed partial class MattermostWorld
{
    /// <summary>Publishes a new post, and that its author has viewed the channel. Nothing is published for a repeated
    /// post.</summary>
    internal void Publish(CreatedPost created, SandboxUser author)
    {
        if (created.Posted is null)
            return;
        lock (_gate)
        {
            Hub.Publish(created.Posted);
            if (IsRead(author, created.Post))
                EmitViewed(author.Id, created.Post.ChannelId);
            if (created.PendingPostId.Length > 0)
                _pending.Complete(created.PendingPostId, created.Post.Id);
        }
    }

    /// <summary>How much later than its writing the next post is published while posts are shuffled; null for at
    /// once.</summary>
    internal TimeSpan? PublishingDelay()
    {
        lock (_gate)
            return _shuffle.Next(3) == 0 ? TimeSpan.FromMilliseconds(_shuffle.Next(1, 4)) : null;
    }

    private void EmitViewed(string userId, string channelId)
    {
        if (Version.Sockets.NamesViewedChannels)
            Emit(
                "multiple_channels_viewed",
                Audience.User(userId),
                (channelId, Now),
                static (writer, it) =>
                {
                    writer.WriteStartObject("channel_times"u8);
                    writer.WriteNumber(it.channelId, it.Now);
                    writer.WriteEndObject();
                }
            );
        else
            Emit(
                "channel_viewed",
                Audience.User(userId),
                channelId,
                static (writer, id) => writer.WriteString("channel_id"u8, id)
            );
    }

    /// <summary>Posting marks a channel as read for people, not for bots and webhooks.</summary>
    private static bool IsRead(SandboxUser author, SandboxPost post) =>
        !author.IsBot && !post.Props.ContainsKey("from_webhook");

    /// <summary>As recorded: the sender of a webhook's post is the name in its properties.</summary>
    private static string Sender(SandboxUser author, SandboxPost post) =>
        post.Props.ContainsKey("from_webhook") && post.Props.TryGetValue("override_username", out var name)
            ? name
            : "@" + author.Username;

    private void PostSystem(
        SandboxChannel channel,
        SandboxUser by,
        string type,
        string message,
        KeyValuePair<string, string>[] props,
        bool fromBot = true,
        string sender = "System",
        string exceptUserId = ""
    )
    {
        var sorted = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in props)
            sorted[name] = value;
        if (by.IsBot && fromBot)
            sorted["from_bot"] = "true";
        var now = Now;
        var post = new SandboxPost
        {
            Id = Ids.New(),
            ChannelId = channel.Id,
            UserId = by.Id,
            Message = message,
            Type = type,
            CreateAt = now,
            UpdateAt = now,
            Props = sorted,
        };
        Store(channel, post, null);
        var mentions = CountMentions(channel, by, post);
        // As recorded: an archived channel keeps the message, but no event is published.
        if (!channel.IsArchived)
            Publish(PostedEvent(channel, by, post, sender, mentions, exceptUserId));
        _changed.Pulse();
    }

    private ServerEvent PostedEvent(
        SandboxChannel channel,
        SandboxUser author,
        SandboxPost post,
        string sender,
        List<string>? mentions,
        string exceptUserId = "",
        string pendingPostId = ""
    )
    {
        var data = (
            channel,
            author,
            post,
            sender,
            mentions,
            Version: Version.Sockets,
            Picture: Files(post).Any(static file => file.MimeType.StartsWith("image/", StringComparison.Ordinal)),
            Bytes: PostBytes(post, post.RootId.Length > 0 ? _posts[post.RootId].ReplyCount : 0, pendingPostId)
        );
        var audience = Audience.Channel(channel.Id) with { ExceptUserId = exceptUserId };
        if (!Version.Sockets.MentionsNameReceiver || mentions is not { Count: > 0 })
            return PostedEvent(audience, data, false, null);
        return PostedEvent(
            audience,
            data with
            {
                mentions = null,
            },
            false,
            mentions.ToDictionary(
                static id => id,
                id => PostedEvent(audience, data with { mentions = [id] }, true, null),
                StringComparer.Ordinal
            )
        );
    }

    private static ServerEvent PostedEvent(
        Audience audience,
        (
            SandboxChannel channel,
            SandboxUser author,
            SandboxPost post,
            string sender,
            List<string>? mentions,
            SocketVersion Version,
            bool Picture,
            byte[] Bytes
        ) data,
        bool isPersonal,
        IReadOnlyDictionary<string, ServerEvent>? personal
    ) =>
        ServerEvent.Create(
            "posted",
            audience,
            data,
            static (writer, it) =>
            {
                // The frame about a new display name lacks type and team, as on the real server.
                var bare = it.post.Type == "system_displayname_change" && !it.Version.RenamesAreWhole;
                writer.WriteString(
                    "channel_display_name"u8,
                    it.channel.Type == "D" ? "@" + it.author.Username : it.channel.DisplayName
                );
                writer.WriteString("channel_name"u8, it.channel.Name);
                writer.WriteString("channel_type"u8, bare ? "" : it.channel.Type);
                if (it.Picture)
                    writer.WriteString("image"u8, "true");
                if (it.mentions is { Count: > 0 })
                    writer.WriteString("mentions"u8, JsonSerializer.Serialize(it.mentions));
                // Whom a reply mentions follows its thread.
                if (it.mentions is { Count: > 0 } && it.Version.MentionsNameReceiver && it.post.RootId.Length > 0)
                    writer.WriteString("followers"u8, JsonSerializer.Serialize(it.mentions));
                if (it.post.FileIds.Count > 0)
                    writer.WriteString("otherFile"u8, "true");
                writer.WriteString("post"u8, it.Bytes);
                writer.WriteString("sender_name"u8, it.sender);
                writer.WriteBoolean("set_online"u8, true);
                writer.WriteString("team_id"u8, bare ? "" : it.channel.TeamId);
            },
            isPersonal,
            personal
        );

    private void EmitEdited(SandboxPost post) =>
        Emit(
            "post_edited",
            Audience.Channel(post.ChannelId),
            PostBytes(post, post.ReplyCount),
            static (writer, it) => writer.WriteString("post"u8, it)
        );

    /// <summary>As recorded of 11.6: the post as it was, without its metadata.</summary>
    private byte[] DeletedBytes(SandboxPost post)
    {
        var root = post.RootId.Length > 0 ? _posts[post.RootId] : post;
        var json = System.Text.Json.Nodes.JsonNode.Parse(PostBytes(post, root.ReplyCount))!.AsObject();
        json.Remove("metadata");
        return Json.Bytes(json, static (writer, it) => it.WriteTo(writer));
    }

    /// <summary>As recorded: only system administrators see who deleted it, and its replies are not counted.</summary>
    private void EmitDeleted(SandboxPost post, string by)
    {
        var bytes = Version.Sockets.DeletesWithoutMetadata ? DeletedBytes(post) : PostBytes(post, 0);
        Emit(
            "post_deleted",
            Audience.Channel(post.ChannelId) with
            {
                Administrators = true,
            },
            (by, bytes),
            static (writer, it) =>
            {
                writer.WriteString("delete_by"u8, it.by);
                writer.WriteString("post"u8, it.bytes);
            }
        );
        Emit(
            "post_deleted",
            Audience.Channel(post.ChannelId) with
            {
                Administrators = false,
            },
            bytes,
            static (writer, it) => writer.WriteString("post"u8, it)
        );
    }
}
