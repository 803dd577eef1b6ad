using MattermostXsoar.Core.Mattermost.Posting;

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

    /// <summary>The emoji of that name, or the name between colons.</summary>
    public static string Show(string name)
    {
        var plain = Array.Find(SkinTones, tone => name.EndsWith(tone, StringComparison.Ordinal)) is { } skin
            ? name.Substring(0, name.Length - skin.Length)
            : name;
        return EmojiCatalog.Find(plain) ?? $":{Markdown.Name(name)}:";
    }
}
