using System.Text;
using MattermostXsoar.Core.Platform;

namespace MattermostXsoar.Core.Mattermost.Posting;

/// <summary>
/// Splits a text that is too long for one post: at line ends if possible, with code fences closed at the end of a part
/// and opened again in the next, and a table's head repeated, so that each part can be read by itself.
/// </summary>
internal static class MessageSplitter
{
    /// <summary>Whether a text fits into one post of so many characters (Unicode code points).</summary>
    public static bool Fits(string text, int limit) => CodePoints.Count(text) <= limit;

    /// <summary>The parts of a text, each of at most so many characters.</summary>
    public static IReadOnlyList<string> Split(string text, int limit)
    {
        if (CodePoints.Count(text) <= limit)
            return [text];

        var parts = new List<string>();
        var part = new StringBuilder();
        var (used, hasLines, hasText) = (0, false, false);
        var fence = new CodeFence();
        var lines = text.Split('\n').Select(line => line.TrimEnd('\r')).ToList();
        var head = "";
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i];
            if (fence.IsOpen || !TableHead.IsRow(line))
                head = "";
            if (!fence.IsOpen && head.Length == 0 && TableHead.IsAt(lines, i))
            {
                // The head stays with its first row.
                var begin = string.Join(
                    "\n",
                    lines.Skip(i).Take(lines.Count > i + 2 && TableHead.IsRow(lines[i + 2]) ? 3 : 2)
                );
                if (CodePoints.Count(begin) <= limit)
                {
                    if (CodePoints.Count(begin) > limit - used)
                        Finish();
                    head = lines[i] + "\n" + lines[i + 1];
                    Append(head);
                    i++;
                    continue;
                }
            }

            // A block that is open before or after this line needs space for the line that closes it.
            var closing = Math.Max(fence.Closing.Length, fence.After(line).Closing.Length);
            var rest = line;
            while (true)
            {
                var room = limit - used - (closing > 0 ? closing + 1 : 0);
                if (CodePoints.Count(rest) <= room)
                    break;
                if (!hasLines)
                    Append(Cut(ref rest, room));
                Finish();
            }

            Append(rest);
            fence.Take(line);
        }

        Finish();
        return parts;

        void Append(string line)
        {
            if (used > 0)
                part.Append('\n');
            part.Append(line);
            used += CodePoints.Count(line) + 1;
            hasLines = true;
            hasText |= !string.IsNullOrWhiteSpace(line);
        }

        void Finish()
        {
            if (fence.IsOpen)
                part.Append('\n').Append(fence.Closing);
            // The server refuses a post of spaces only.
            if (hasText)
                parts.Add(part.ToString());
            part.Clear();
            used = 0;
            if (fence.IsOpen)
                Append(fence.Opening);
            else if (head.Length > 0 && CodePoints.Count(head) < limit / 2)
                Append(head);
            (hasLines, hasText) = (false, false);
        }
    }

    // The beginning of a line that is too long for one part, cut at a space if there is one.
    private static string Cut(ref string line, int most)
    {
        var cut = IndexOfCodePoint(line, most);
        var blank = line.LastIndexOf(' ', cut - 1, Math.Min(cut, 200));
        if (blank > 0)
            cut = blank;
        var first = line.Substring(0, cut);
        line = line.Substring(cut).TrimStart(' ');
        return first;
    }

    private static int IndexOfCodePoint(string text, int codePoints)
    {
        var index = 0;
        for (var seen = 0; seen < codePoints && index < text.Length; seen++)
            index +=
                char.IsHighSurrogate(text[index]) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1])
                    ? 2
                    : 1;
        return index;
    }
}
