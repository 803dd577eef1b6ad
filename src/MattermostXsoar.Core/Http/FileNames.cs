using System.Globalization;
using System.Text;

namespace MattermostXsoar.Core.Http;

/// <summary>
/// The names with which files are sent. Anybody may have given a file any name; the servers store it under that name in
/// a folder, and people read it.
/// </summary>
internal static class FileNames
{
    /// <summary>
    /// The longest name in bytes of UTF-8. Both servers store a file under its name, and file systems take 255 bytes
    /// (NAME_MAX); for a longer one Mattermost 5.37 and 11.6 answer 500. The column for the name holds more (256
    /// characters).
    /// </summary>
    public const int LongestName = 255;

    // A longer part behind the last dot is no extension.
    private const int LongestExtension = 32;

    private const string Unnamed = "file";

    /// <summary>
    /// A name that the servers take and that shows what it is: without a folder, without control characters and those
    /// that change the direction of the text (U+202E lets <c>gpj.exe</c> read as <c>exe.jpg</c>), never
    /// <c>.</c> or <c>..</c>, and cut to <see cref="LongestName"/> with its extension kept.
    /// </summary>
    public static string Safe(string? name)
    {
        var last = name ?? "";
        last = last.Substring(last.LastIndexOfAny(['/', '\\']) + 1);
        var shown = new StringBuilder(last.Length);
        for (var i = 0; i < last.Length; i++)
        {
            if (char.IsHighSurrogate(last[i]) && i + 1 < last.Length && char.IsLowSurrogate(last[i + 1]))
                shown.Append(last[i]).Append(last[++i]);
            else if (char.IsSurrogate(last[i]))
                shown.Append('\uFFFD');
            else if (!IsInvisible(last[i]))
                shown.Append(last[i]);
        }

        var safe = shown.ToString().Trim();
        return safe.Trim('.', ' ').Length == 0 ? Unnamed : Cut(safe);
    }

    // Format characters include the marks and overrides of direction, and zero-width ones. A joiner is part of words and
    // emojis.
    private static bool IsInvisible(char character) =>
        character is not ('\u200C' or '\u200D')
        && char.GetUnicodeCategory(character)
            is UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator;

    private static string Cut(string name)
    {
        if (Encoding.UTF8.GetByteCount(name) <= LongestName)
            return name;
        var dot = name.LastIndexOf('.');
        var extension = dot > 0 ? name.Substring(dot) : "";
        if (Encoding.UTF8.GetByteCount(extension) > LongestExtension)
            extension = "";
        var room = LongestName - Encoding.UTF8.GetByteCount(extension);
        var end = 0;
        while (end < name.Length)
        {
            var width = char.IsHighSurrogate(name[end]) ? 2 : 1;
            var bytes =
                width == 2
                    ? 4
                    : name[end] switch
                    {
                        < '\u0080' => 1,
                        < '\u0800' => 2,
                        _ => 3,
                    };
            if (bytes > room)
                break;
            room -= bytes;
            end += width;
        }

        return name.Remove(end) + extension;
    }
}
