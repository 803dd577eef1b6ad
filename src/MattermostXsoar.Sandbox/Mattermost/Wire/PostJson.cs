using System.Text.Json;
using MattermostXsoar.Sandbox.Mattermost.Model;

namespace MattermostXsoar.Sandbox.Mattermost.Wire;

/// <summary>Posts as the server writes them.</summary>
internal static class PostJson
{
    private static readonly PostExtras None = new();

    /// <param name="writer">The writer.</param>
    /// <param name="post">The post.</param>
    /// <param name="files">The post's files, for its metadata.</param>
    /// <param name="replyCount">The reply count that this call returns: 0 for a single GET, the number for a
    /// thread.</param>
    /// <param name="form">How the server's version writes posts.</param>
    /// <param name="extras">What only some calls write; null for none of it.</param>
    public static void Write(
        Utf8JsonWriter writer,
        SandboxPost post,
        IReadOnlyList<SandboxFile> files,
        int replyCount,
        PostForm form,
        PostExtras? extras = null
    )
    {
        extras ??= None;
        // A new server keeps the text of a deleted post to itself; only who deleted it is returned.
        var isEmptied =
            post.DeleteAt != 0 && post.OriginalId.Length == 0 && form.Version.EmptiesDeletedPosts && !extras.IsBare;
        writer.WriteStartObject();
        writer.WriteString("id"u8, post.Id);
        writer.WriteNumber("create_at"u8, post.CreateAt);
        writer.WriteNumber("update_at"u8, post.UpdateAt);
        writer.WriteNumber("edit_at"u8, post.EditAt);
        writer.WriteNumber("delete_at"u8, post.DeleteAt);
        writer.WriteBoolean("is_pinned"u8, post.IsPinned);
        writer.WriteString("user_id"u8, post.UserId);
        writer.WriteString("channel_id"u8, post.ChannelId);
        writer.WriteString("root_id"u8, post.RootId);
        if (form.Version.PostsHaveParentIds)
            writer.WriteString("parent_id"u8, post.RootId);
        writer.WriteString("original_id"u8, post.OriginalId);
        var shown =
            isEmptied ? ""
            : form.ImageProxy is { } proxy ? ImageLinks.Proxied(post.Message, proxy)
            : post.Message;
        writer.WriteString("message"u8, shown);
        if (shown != post.Message && !isEmptied)
            writer.WriteString("message_source"u8, post.Message);
        writer.WriteString("type"u8, post.Type);
        WriteProps(writer, post, isEmptied);
        writer.WriteString("hashtags"u8, isEmptied ? "" : HashTags.In(post.Message));
        if (isEmptied)
        {
            writer.WriteStartArray("file_ids"u8);
            writer.WriteEndArray();
        }
        else if (form.Version.PostsAlwaysHaveFileIds && post is { FileIds.Count: 0, HasNoFileList: true })
        {
            writer.WriteNull("file_ids"u8);
        }
        else if (form.Version.PostsAlwaysHaveFileIds || post.FileIds.Count > 0)
        {
            writer.WriteStartArray("file_ids"u8);
            foreach (var id in post.FileIds)
                writer.WriteStringValue(id);
            writer.WriteEndArray();
        }
        writer.WriteString("pending_post_id"u8, extras.PendingPostId);
        if (post.HasReactions && !isEmptied)
            writer.WriteBoolean("has_reactions"u8, true);
        if (form.Version.PostsHaveRemoteIds && post.HasRemoteId)
            writer.WriteString("remote_id"u8, "");
        if (extras.Collapses is { } world && post.Thread is { } thread)
        {
            writer.WriteNumber("reply_count"u8, thread.ReplyCount);
            writer.WriteNumber("last_reply_at"u8, thread.LastReplyAt);
            writer.WritePropertyName("participants"u8);
            ThreadJson.WriteParticipants(writer, world, thread, extras.Extended, named: false);
            writer.WriteBoolean("is_following"u8, extras.Viewer is { } viewer && thread.IsFollowedBy(viewer.Id));
        }
        else
        {
            writer.WriteNumber("reply_count"u8, isEmptied || extras.Collapses is not null ? 0 : replyCount);
            writer.WriteNumber("last_reply_at"u8, 0);
            writer.WriteNull("participants"u8);
        }
        if (isEmptied)
        {
            writer.WriteStartObject("metadata"u8);
            writer.WriteEndObject();
        }
        else if (!extras.IsBare)
        {
            WriteMetadata(writer, post, files, form);
        }
        writer.WriteEndObject();
    }

    /// <param name="writer">The writer.</param>
    /// <param name="reaction">The reaction.</param>
    /// <param name="channelId">The post's channel; null on a server that does not write it.</param>
    public static void WriteReaction(Utf8JsonWriter writer, SandboxReaction reaction, string? channelId)
    {
        writer.WriteStartObject();
        writer.WriteString("user_id"u8, reaction.UserId);
        writer.WriteString("post_id"u8, reaction.PostId);
        writer.WriteString("emoji_name"u8, reaction.EmojiName);
        writer.WriteNumber("create_at"u8, reaction.CreateAt);
        writer.WriteNumber("update_at"u8, reaction.UpdateAt);
        writer.WriteNumber("delete_at"u8, 0);
        writer.WriteString("remote_id"u8, "");
        if (channelId is not null)
            writer.WriteString("channel_id"u8, channelId);
        writer.WriteEndObject();
    }

    /// <summary>An old server does not name the channel.</summary>
    public static void WriteFile(Utf8JsonWriter writer, SandboxFile file, ServerVersion version) =>
        WriteFile(writer, file, version, version.FilesNameChannels ? file.ChannelId : "");

    /// <summary>With the channel, which only a search returns.</summary>
    public static void WriteFile(Utf8JsonWriter writer, SandboxFile file, ServerVersion version, string channelId)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, file.Id);
        writer.WriteString("user_id"u8, file.UserId);
        if (file.PostId.Length > 0)
            writer.WriteString("post_id"u8, file.PostId);
        writer.WriteString("channel_id"u8, channelId);
        writer.WriteNumber("create_at"u8, file.CreateAt);
        writer.WriteNumber("update_at"u8, file.CreateAt);
        writer.WriteNumber("delete_at"u8, file.DeleteAt);
        writer.WriteString("name"u8, file.Name);
        writer.WriteString("extension"u8, Path.GetExtension(file.Name).TrimStart('.'));
        writer.WriteNumber("size"u8, file.Size);
        writer.WriteString("mime_type"u8, file.MimeType);
        if (file.Dimensions is { } size)
        {
            writer.WriteNumber("width"u8, size.Width);
            writer.WriteNumber("height"u8, size.Height);
            writer.WriteBoolean("has_preview_image"u8, true);
            writer.WriteString("mini_preview"u8, GreyPicture.MiniPreview);
        }
        else
        {
            writer.WriteNull("mini_preview"u8);
        }
        writer.WriteString("remote_id"u8, "");
        if (version.FilesNameChannels)
            writer.WriteBoolean("archived"u8, false);
        writer.WriteEndObject();
    }

    private static void WriteProps(Utf8JsonWriter writer, SandboxPost post, bool isEmptied)
    {
        writer.WriteStartObject("props"u8);
        foreach (var (name, value) in post.Props)
        {
            if (isEmptied && name != "deleteBy")
                continue;
            writer.WritePropertyName(name);
            if (post.RawProps?.Contains(name) == true)
                writer.WriteRawValue(value, true);
            else
                writer.WriteStringValue(value);
        }
        writer.WriteEndObject();
    }

    /// <summary>The reactions to a post as a list.</summary>
    public static void WriteReactions(Utf8JsonWriter writer, SandboxPost post, PostForm form)
    {
        writer.WriteStartArray();
        foreach (var reaction in MattermostWorld.LiveReactions(post))
            WriteReaction(writer, reaction, form.Version.ReactionsNameChannels ? post.ChannelId : null);
        writer.WriteEndArray();
    }

    private static void WritePriority(Utf8JsonWriter writer, SandboxPriority priority, SandboxPost? named)
    {
        writer.WriteStartObject("priority"u8);
        writer.WriteString("priority"u8, priority.Priority);
        WriteFlag(writer, "requested_ack", priority.RequestedAck);
        WriteFlag(writer, "persistent_notifications", priority.PersistentNotifications);
        if (named is not null)
        {
            writer.WriteString("PostId"u8, named.Id);
            writer.WriteString("ChannelId"u8, named.ChannelId);
        }
        writer.WriteEndObject();
    }

    private static void WriteFlag(Utf8JsonWriter writer, string name, bool? value)
    {
        if (value is { } flag)
            writer.WriteBoolean(name, flag);
        else
            writer.WriteNull(name);
    }

    private static void WriteMetadata(
        Utf8JsonWriter writer,
        SandboxPost post,
        IReadOnlyList<SandboxFile> files,
        PostForm form
    )
    {
        writer.WriteStartObject("metadata"u8);
        if (post.RawProps?.Contains("attachments") == true)
        {
            writer.WritePropertyName("embeds"u8);
            writer.WriteRawValue("""[{"type":"message_attachment"}]"""u8, true);
        }
        else if (form.Previews?.Invoke(post) is { } preview)
        {
            writer.WritePropertyName("embeds"u8);
            writer.WriteRawValue(preview, true);
        }
        if (form.Emojis?.Invoke(post) is { } emojis)
        {
            writer.WritePropertyName("emojis"u8);
            writer.WriteRawValue(emojis, true);
        }
        if (files.Count > 0)
        {
            writer.WriteStartArray("files"u8);
            foreach (var file in files)
                WriteFile(writer, file, form.Version);
            writer.WriteEndArray();
        }
        if (post.Priority is { } priority)
            WritePriority(writer, priority, post.HasRemoteId || !form.Version.NamesPostsOfPriorities ? null : post);
        if (post.Acknowledgements is { Count: > 0 } acknowledgements)
        {
            // As posts.yaml describes it; no recorded server had the license.
            writer.WriteStartArray("acknowledgements"u8);
            foreach (var (userId, at) in acknowledgements)
            {
                writer.WriteStartObject();
                writer.WriteString("user_id"u8, userId);
                writer.WriteString("post_id"u8, post.Id);
                writer.WriteNumber("acknowledged_at"u8, at);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
        }
        if (post.HasReactions && MattermostWorld.LiveReactions(post).Any())
        {
            writer.WritePropertyName("reactions"u8);
            WriteReactions(writer, post, form);
        }
        writer.WriteEndObject();
    }
}
