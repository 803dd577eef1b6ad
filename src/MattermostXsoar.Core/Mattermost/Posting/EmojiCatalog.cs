using MattermostXsoar.Core.Errors;

namespace MattermostXsoar.Core.Mattermost.Posting;

/// <summary>The emoji that people use most, by the names that Mattermost has for them.</summary>
internal static class EmojiCatalog
{
    private const char EmojiStyle = '\uFE0F';

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

    /// <summary>The names of these emoji.</summary>
    public static IReadOnlyCollection<string> Names => Known.Keys;

    /// <summary>The emoji of that name; null for one that is not here.</summary>
    public static string? Find(string name) => Known.TryGetValue(name, out var emoji) ? emoji : null;

    /// <summary>The name of an emoji that is given by its name, with or without colons, or as itself.</summary>
    /// <exception cref="MattermostXsoarException">InvalidArgument for what can be no name of an emoji.</exception>
    public static string NameOf(string given)
    {
        var text = given.Trim();
        var plain = text.TrimEnd(EmojiStyle);
        foreach (var known in Known)
        {
            if (known.Value.TrimEnd(EmojiStyle) == plain)
                return known.Key;
        }

        // The server knows lower case names only (rest-error-404-reactions-add-upper-case.json).
        var name = text.Trim(':').ToLowerInvariant();
        return name.Length > 0 && name.All(IsNameLetter)
            ? name
            : throw new MattermostXsoarException(
                ErrorIds.InvalidArgument,
                ErrorKind.InvalidArgument,
                $"'{text}' is no name of an emoji that the module knows.",
                "Give its name as in Mattermost's picker, such as white_check_mark, with or without colons."
            );
    }

    private static bool IsNameLetter(char letter) =>
        letter is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_' or '-' or '+';
}
