using MattermostXsoar.Sandbox.Mattermost;
using MattermostXsoar.Sandbox.Mattermost.Model;
using MattermostXsoar.Sandbox.Xsoar.Model;

namespace MattermostXsoar.Sandbox.Page;

/// <summary>Posts and entries as the page gets them.</summary>
internal sealed class LineViews(SandboxServer sandbox)
{
    /// <summary>The most characters that are shown of a text; hundreds of long ones must not make the page
    /// slow.</summary>
    public const int LongestText = 6000;

    private const int LongestQuote = 90;

    public object Of(SandboxPost post, Crossing? crossing)
    {
        var world = sandbox.Mattermost;
        world.TryUser(post.UserId, out var user);
        var root = post.RootId.Length > 0 ? world.FindPost(post.RootId) : null;
        return new
        {
            id = post.Id,
            at = (double)post.CreateAt,
            user = user?.Username ?? post.UserId,
            name = user is null ? "" : $"{user.FirstName} {user.LastName}".Trim(),
            isBot = user?.IsBot == true,
            isSystem = post.IsSystem,
            root = post.RootId,
            quote = root is null
                ? null
                : new
                {
                    user = Name(root.UserId),
                    text = root.DeleteAt != 0 ? "(deleted)" : Cut(root.Message.ReplaceLineEndings(" "), LongestQuote),
                },
            text = post.DeleteAt != 0 ? "" : Cut(post.Message, LongestText),
            isCut = post.Message.Length > LongestText,
            isEdited = post.EditAt != 0,
            isDeleted = post.DeleteAt != 0,
            isPinned = post.IsPinned,
            replies = post.ReplyCount,
            files = world.Files(post).Select(static file => file.Name),
            reactions = MattermostWorld
                .LiveReactions(post)
                .GroupBy(static it => it.EmojiName)
                .Select(group => new { emoji = group.Key, users = group.Select(it => Name(it.UserId)).Distinct() }),
            crossing = View(crossing),
        };
    }

    public static object Of(SandboxEntry entry, Crossing? crossing) =>
        new
        {
            id = entry.Id,
            at = CrossingLedger.WrittenAt(entry),
            user = entry.User,
            kind = Kind(entry),
            format = entry.Format,
            text = entry.Deleted ? "" : Cut(entry.Contents, LongestText),
            isCut = entry.Contents.Length > LongestText,
            isMirrored = LineMarks.PostIdOf(entry.Contents) is not null,
            isEdited = entry.Version > 1 && !entry.Deleted,
            isDeleted = entry.Deleted,
            file = entry.File,
            tags = entry.Tags,
            task = entry.TaskName,
            crossing = View(crossing),
        };

    public static string Kind(SandboxEntry entry) =>
        entry switch
        {
            { Type: 4 } => "error",
            { File.Length: > 0 } => "file",
            { Note: true } => "note",
            { Format: "table" or "json" } => entry.Format,
            { Category: "chat" } => "chat",
            { Category: "commandAndResults" } => entry.Contents.StartsWith('!') ? "command" : "result",
            _ => entry.Category,
        };

    private static object? View(Crossing? it) =>
        it is null
            ? null
            : new
            {
                state = it.State,
                ms = it.Milliseconds,
                peers = it.Peers,
            };

    private static string Cut(string text, int length) =>
        text.Length <= length
            ? text
            : string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[length - 1]) ? length - 1 : length), "…");

    private string Name(string userId) => sandbox.Mattermost.TryUser(userId, out var user) ? user.Username : userId;
}
