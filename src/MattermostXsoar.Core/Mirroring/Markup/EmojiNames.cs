namespace MattermostXsoar.Core.Mirroring.Markup;

/// <summary>
/// Shows the emoji that people use most as reactions; any other is shown by its name, as Mattermost writes it in a
/// text: <c>:party_parrot:</c>.
/// </summary>
internal static class EmojiNames
{
    private static readonly string[] SkinTones =
    [
        "_light_skin_tone",
        "_medium_light_skin_tone",
        "_medium_skin_tone",
        "_medium_dark_skin_tone",
        "_dark_skin_tone",
    ];

    // webapp's emoji.json (https://github.com/mattermost/mattermost): the names of its picker's first rows.
    private static readonly Dictionary<string, string> Known = new(StringComparer.Ordinal)
    {
        ["+1"] = "👍",
        ["thumbsup"] = "👍",
        ["-1"] = "👎",
        ["thumbsdown"] = "👎",
        ["white_check_mark"] = "✅",
        ["heavy_check_mark"] = "✔️",
        ["ballot_box_with_check"] = "☑️",
        ["x"] = "❌",
        ["heart"] = "❤️",
        ["tada"] = "🎉",
        ["rocket"] = "🚀",
        ["eyes"] = "👀",
        ["fire"] = "🔥",
        ["warning"] = "⚠️",
        ["rotating_light"] = "🚨",
        ["exclamation"] = "❗",
        ["question"] = "❓",
        ["bulb"] = "💡",
        ["mag"] = "🔍",
        ["lock"] = "🔒",
        ["bug"] = "🐛",
        ["pray"] = "🙏",
        ["clap"] = "👏",
        ["raised_hands"] = "🙌",
        ["raised_hand"] = "✋",
        ["wave"] = "👋",
        ["muscle"] = "💪",
        ["ok_hand"] = "👌",
        ["point_up"] = "☝️",
        ["100"] = "💯",
        ["star"] = "⭐",
        ["smile"] = "😄",
        ["grinning"] = "😀",
        ["slightly_smiling_face"] = "🙂",
        ["joy"] = "😂",
        ["thinking"] = "🤔",
        ["thinking_face"] = "🤔",
        ["cry"] = "😢",
        ["sob"] = "😭",
        ["scream"] = "😱",
        ["open_mouth"] = "😮",
        ["hourglass"] = "⌛",
        ["hourglass_flowing_sand"] = "⏳",
        ["arrow_up"] = "⬆️",
        ["no_entry"] = "⛔",
        ["memo"] = "📝",
        ["pushpin"] = "📌",
        ["coffee"] = "☕",
    };

    /// <summary>The emoji of that name, or the name between colons.</summary>
    public static string Show(string name)
    {
        var plain = Array.Find(SkinTones, tone => name.EndsWith(tone, StringComparison.Ordinal)) is { } skin
            ? name.Substring(0, name.Length - skin.Length)
            : name;
        return Known.TryGetValue(plain, out var emoji) ? emoji : $":{Markdown.Name(name)}:";
    }
}
