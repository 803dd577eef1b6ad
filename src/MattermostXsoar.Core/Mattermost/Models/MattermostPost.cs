using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using MattermostXsoar.Core.Platform;

namespace MattermostXsoar.Core.Mattermost.Models;

/// <summary>A post in a Mattermost channel.</summary>
public sealed class MattermostPost : MattermostResource
{
    /// <summary>
    /// When the text was last edited; a reaction or a pin changes only the update time, in milliseconds since 1970
    /// (UTC); 0 when it never happened.
    /// </summary>
    [JsonInclude, JsonPropertyName("edit_at")]
    public long EditAtMs
    {
        get;
        internal set => field = EpochTime.Limit(value);
    }

    /// <summary>Whether the post is pinned to the channel.</summary>
    [JsonInclude]
    public bool IsPinned { get; internal set; }

    /// <summary>The author's id.</summary>
    [JsonInclude]
    public string UserId
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>The channel's id.</summary>
    [JsonInclude]
    public string ChannelId
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>The first post of the thread that this post replies to; empty for a first post.</summary>
    [JsonInclude]
    public string RootId
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>The same as the root on older servers; null on newer ones.</summary>
    [JsonInclude]
    public string? ParentId { get; internal set; }

    /// <summary>The post that this is an older version of; empty for a current post.</summary>
    [JsonInclude]
    public string OriginalId
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>The text, in markdown.</summary>
    [JsonInclude]
    public string Message
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>
    /// Empty for posts of people and bots, <c>system_…</c> for messages of the server, <c>custom_…</c> for posts of
    /// plugins.
    /// </summary>
    [JsonInclude]
    public string Type
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>Whatever clients, bots and plugins attach to a post; null if there is nothing.</summary>
    [JsonIgnore]
    public object? Props => PlainValue.Of(PropsJson);

    /// <summary>
    /// The text as its author wrote it: a server with an image proxy changes the addresses of pictures in the text, and
    /// then sends this one beside it.
    /// </summary>
    [JsonIgnore]
    internal string Source =>
        AdditionalJson.TryGetValue("message_source", out var source)
        && source.ValueKind == JsonValueKind.String
        && source.TextOrEmpty() is { Length: > 0 } text
            ? text
            : Message;

    /// <summary>The same as the server sent it.</summary>
    [JsonInclude, JsonPropertyName("props"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    internal JsonElement PropsJson { get; set; }

    /// <summary>The hashtags of the text, separated by spaces.</summary>
    [JsonInclude]
    public string Hashtags
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>The ids of the attached files.</summary>
    [JsonInclude]
    public IReadOnlyList<string> FileIds
    {
        get;
        internal set => field = value ?? [];
    } = [];

    /// <summary>The id that the sending client chose; only in the response to that client.</summary>
    [JsonInclude]
    public string PendingPostId
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>The number of replies in the thread.</summary>
    [JsonInclude]
    public long ReplyCount { get; internal set; }

    /// <summary>
    /// When the thread was last replied to, in milliseconds since 1970 (UTC); 0 when it never happened.
    /// </summary>
    [JsonInclude, JsonPropertyName("last_reply_at")]
    public long LastReplyAtMs
    {
        get;
        internal set => field = EpochTime.Limit(value);
    }

    /// <summary>The users in the thread, if the server sends them.</summary>
    [JsonIgnore]
    public object? Participants => PlainValue.Of(ParticipantsJson);

    /// <summary>The same as the server sent it.</summary>
    [JsonInclude, JsonPropertyName("participants"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    internal JsonElement ParticipantsJson { get; set; }

    /// <summary>Files, reactions, embeds and emojis of the post.</summary>
    [JsonIgnore]
    public object? Metadata => PlainValue.Of(MetadataJson);

    /// <summary>The same as the server sent it.</summary>
    [JsonInclude, JsonPropertyName("metadata"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    internal JsonElement MetadataJson { get; set; }

    /// <summary>When the text was last edited; null when it never happened.</summary>
    [JsonIgnore]
    public DateTimeOffset? EditAt => EpochTime.FromMilliseconds(EditAtMs);

    /// <summary>When the thread was last replied to; null when it never happened.</summary>
    [JsonIgnore]
    public DateTimeOffset? LastReplyAt => EpochTime.FromMilliseconds(LastReplyAtMs);

    /// <summary>Whether the server wrote the post: joins, renames, archiving.</summary>
    [JsonIgnore]
    public bool IsSystem => Type.StartsWith("system_", StringComparison.Ordinal);

    /// <summary>Whether a bot account wrote it.</summary>
    [JsonIgnore]
    public bool IsFromBot => HasTrueProp("from_bot");

    /// <summary>Whether it came through an incoming webhook.</summary>
    [JsonIgnore]
    public bool IsFromWebhook => HasTrueProp("from_webhook");

    /// <summary>The author's username, or the id of one whom the server does not show; empty if it was not looked up.</summary>
    [JsonIgnore]
    public string Author { get; internal set; } = "";

    /// <summary>The author's name, or the one under which a webhook posted; empty if it was not looked up.</summary>
    [JsonIgnore]
    public string AuthorName { get; internal set; } = "";

    /// <summary>The channel's name; empty if it was not looked up.</summary>
    [JsonIgnore]
    public string ChannelName { get; internal set; } = "";

    /// <summary>The post's address; null if it was not looked up.</summary>
    [JsonIgnore]
    public Uri? Permalink { get; internal set; }

    /// <summary>The attached files, if the server sends them.</summary>
    [JsonIgnore]
    public IReadOnlyList<MattermostFileInfo> Files => PostMetadata.FilesOf(MetadataJson);

    /// <summary>The priority, such as <c>urgent</c>; empty for none.</summary>
    [JsonIgnore]
    public string Priority => PostMetadata.PriorityOf(MetadataJson);

    /// <summary>Whether the readers are asked to acknowledge it.</summary>
    [JsonIgnore]
    public bool IsAcknowledgementRequested => PostMetadata.RequestsAcknowledgement(MetadataJson);

    /// <summary>Whether the text was edited.</summary>
    [JsonIgnore]
    public bool IsEdited => EditAtMs > 0;

    /// <summary>Whether it is deleted.</summary>
    [JsonIgnore]
    public bool IsDeleted => DeleteAtMs > 0;

    /// <summary>The War Room entry that this post shows; null for any other post.</summary>
    [JsonIgnore]
    public string? EntryId => StringProp(PostProps.EntryId);

    /// <summary>
    /// When that entry was written (ms since 1970), if the server gave the id of an earlier entry again; else null.
    /// </summary>
    [JsonIgnore]
    public string? EntryCreated => StringProp(PostProps.EntryCreated);

    /// <summary>The investigation of the entry that this post shows; null for any other post.</summary>
    [JsonIgnore]
    public string? InvestigationId => StringProp(PostProps.InvestigationId);

    /// <summary>
    /// The part of the entry that this post shows, if the entry was too long for one post; null for any other post.
    /// </summary>
    [JsonIgnore]
    public int? EntryPart =>
        int.TryParse(StringProp(PostProps.EntryPart), NumberStyles.None, CultureInfo.InvariantCulture, out var part)
            ? part
            : null;

    /// <summary>
    /// The edit or deletion of the entry that this post was written for; null for the first version of the entry.
    /// </summary>
    [JsonIgnore]
    public string? EntryEdit => StringProp(PostProps.EntryEdit);

    /// <summary>The message that this post of the bot answers; null for any other post.</summary>
    [JsonIgnore]
    internal string? ReplyTo => StringProp(PostProps.ReplyTo);

    /// <summary>A property of the post that is a text; null for any other.</summary>
    internal string? StringProp(string name) =>
        PropsJson.ValueKind == JsonValueKind.Object
        && PropsJson.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.TextOrEmpty()
            : null;

    // 5.37 sends the text "true" (rest-posts-create-bot.json); a plugin may set the JSON literal.
    private bool HasTrueProp(string name) =>
        PropsJson.ValueKind == JsonValueKind.Object
        && PropsJson.TryGetProperty(name, out var value)
        && (value.ValueKind == JsonValueKind.True || value.TextOrEmpty() == "true");
}
