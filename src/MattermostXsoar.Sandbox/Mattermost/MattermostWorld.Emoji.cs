using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using MattermostXsoar.Sandbox.Hosting;
using MattermostXsoar.Sandbox.Mattermost.Model;

namespace MattermostXsoar.Sandbox.Mattermost;

/// <content>Custom emoji.</content>
public sealed partial class MattermostWorld
{
    private readonly List<SandboxEmoji> _emoji = [];

    internal IReadOnlyList<SandboxEmoji> CustomEmoji => Locked(() => _emoji.ToArray());

    /// <summary>Whether an emoji of this name exists.</summary>
    internal bool IsEmoji(string name)
    {
        lock (_gate)
            return ServerData.Emoji.Contains(name) || _emoji.Exists(it => it.Name == name);
    }

    internal SandboxEmoji AddEmoji(SandboxUser creator, string name, StoredContent image)
    {
        lock (_gate)
        {
            if (!EmojiName().IsMatch(name))
                throw new MattermostException(
                    400,
                    "model.emoji.name.app_error",
                    "Name must be 1 to 64 lowercase alphanumeric characters."
                );
            if (ServerData.Emoji.Contains(name))
                throw new MattermostException(
                    400,
                    "model.emoji.system_emoji_name.app_error",
                    "Name conflicts with existing system emoji name."
                );
            if (_emoji.Exists(it => it.Name == name))
                throw new MattermostException(
                    400,
                    "api.emoji.create.duplicate.app_error",
                    "Unable to create emoji. Another emoji with the same name already exists."
                );
            var emoji = new SandboxEmoji(Ids.New(), creator.Id, name, Now, image);
            _emoji.Add(emoji);
            return emoji;
        }
    }

    internal void RemoveEmoji(SandboxEmoji emoji)
    {
        lock (_gate)
            _emoji.Remove(emoji);
    }

    internal static void WriteEmoji(Utf8JsonWriter writer, SandboxEmoji emoji)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, emoji.Id);
        writer.WriteNumber("create_at"u8, emoji.CreateAt);
        writer.WriteNumber("update_at"u8, emoji.CreateAt);
        writer.WriteNumber("delete_at"u8, 0);
        writer.WriteString("creator_id"u8, emoji.CreatorId);
        writer.WriteString("name"u8, emoji.Name);
        writer.WriteEndObject();
    }

    private string? EmojisIn(SandboxPost post)
    {
        if (_emoji.Count == 0 || !post.Message.Contains(':'))
            return null;
        var found = EmojiInText()
            .Matches(post.Message)
            .Select(match => _emoji.Find(it => it.Name == match.Groups[1].Value))
            .OfType<SandboxEmoji>()
            .Distinct()
            .ToList();
        return found.Count == 0 ? null : Encoding.UTF8.GetString(Json.Array(found, WriteEmoji));
    }

    [GeneratedRegex("^[a-z0-9_+-]{1,64}$")]
    private static partial Regex EmojiName();

    [GeneratedRegex(":([a-z0-9_+-]{1,64})(?=:)")]
    private static partial Regex EmojiInText();
}
