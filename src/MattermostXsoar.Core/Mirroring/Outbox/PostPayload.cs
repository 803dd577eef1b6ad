using System.Text.Json;
using System.Text.Json.Serialization;
using MattermostXsoar.Core.Mattermost.Models;

namespace MattermostXsoar.Core.Mirroring.Outbox;

/// <summary>
/// What is stored of a post until it has been written in the War Room. Names are looked up only then.
/// </summary>
internal sealed record PostPayload
{
    public required string PostId { get; init; }

    public required string UserId { get; init; }

    public string RootId { get; init; } = "";

    /// <summary>The text; empty for a deletion.</summary>
    public required string Message { get; init; }

    /// <summary>
    /// The name under which a webhook or an integration posted for the author, by the post's own properties; empty for
    /// none.
    /// </summary>
    public string Via { get; init; } = "";

    /// <summary>The priority that its author gave it (<see cref="PostPriority.StateOf"/>); empty for none.</summary>
    public string Priority { get; init; } = "";

    /// <summary>How many files the post has.</summary>
    public int Files { get; init; }

    /// <summary>All of them, in the order in which people see them; with the text only.</summary>
    public IReadOnlyList<PostFile> AllFiles { get; init; } = [];

    /// <summary>The file that goes with this part of the post; empty for none.</summary>
    public string FileId { get; init; } = "";

    /// <summary>Its name, if the post has it.</summary>
    public string FileName { get; init; } = "";

    /// <summary>Its size in bytes, if the post has it.</summary>
    public long FileSize { get; init; }

    /// <summary>What people attached to the post, for a delivery of that; empty for nothing.</summary>
    public string State { get; init; } = "";

    /// <summary>The entry that the post shows, where the bot wrote it; empty for a person's post.</summary>
    public string EntryId { get; init; } = "";

    /// <summary>What is stored of a post: its text and the first of its files.</summary>
    public static PostPayload From(MattermostPost post, IReadOnlyList<PostFile> files) =>
        Of(post, files, files.Count > 0 ? files[0] : null) with
        {
            Message = PostText.Of(post),
            Priority = PostPriority.StateOf(post),
            AllFiles = files,
        };

    /// <summary>What is stored of one of a post's files, without the text.</summary>
    public static PostPayload FromFile(MattermostPost post, IReadOnlyList<PostFile> files, PostFile file) =>
        Of(post, files, file);

    /// <summary>
    /// The same with the file that the delivery brings: an edit that a delivery includes may have removed it, or added
    /// one before it.
    /// </summary>
    public PostPayload WithFile(string? item)
    {
        if (item is null || item == FileId)
            return this;
        var file = AllFiles.FirstOrDefault(file => file.Id == item);
        return this with { FileId = file?.Id ?? "", FileName = file?.Name ?? "", FileSize = file?.Size ?? 0 };
    }

    private static PostPayload Of(MattermostPost post, IReadOnlyList<PostFile> files, PostFile? file) =>
        new()
        {
            PostId = post.Id,
            UserId = post.UserId,
            RootId = post.RootId,
            Message = "",
            Via = PostText.SenderOf(post),
            Files = files.Count,
            FileId = file?.Id ?? "",
            FileName = file?.Name ?? "",
            FileSize = file?.Size ?? 0,
        };

    /// <summary>What is stored of a post to show something that people attached to it, such as a pin.</summary>
    /// <param name="post">The post.</param>
    /// <param name="state">What is attached to it now; empty for nothing.</param>
    public static PostPayload ForAnnotation(MattermostPost post, string state) =>
        new()
        {
            PostId = post.Id,
            UserId = post.UserId,
            Message = "",
            State = state,
            EntryId = post.EntryId ?? "",
        };

    /// <summary>What is stored of a notice of the mirror itself about what follows a post.</summary>
    public static PostPayload ForNotice(string postId, string text) =>
        new()
        {
            PostId = postId,
            UserId = "",
            Message = text,
        };

    /// <summary>What is stored of a deleted post: not its text, which its author wanted deleted.</summary>
    public static PostPayload FromDeleted(MattermostPost post) =>
        new()
        {
            PostId = post.Id,
            UserId = post.UserId,
            RootId = post.RootId,
            Message = "",
        };

    public string ToJson() => JsonSerializer.Serialize(this, PayloadJson.Default.PostPayload);

    public static PostPayload FromJson(string json) =>
        JsonSerializer.Deserialize(json, PayloadJson.Default.PostPayload)
        ?? throw new JsonException("An empty payload was stored.");
}
