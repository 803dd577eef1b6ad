using System.Text;

namespace MattermostXsoar.Core.Mattermost.Posting;

/// <summary>
/// Parts a text that is too long for one post: at line ends where it can, with code fences closed at the end of a part and
/// opened again at the start of the next, so that each part can be read by itself.
/// </summary>
internal static class MessageSplitter
{
    /// <summary>
    /// Characters (Unicode code points) that a post may hold: a longer one is refused with 400
    /// <c>model.post.is_valid.msg.app_error</c> (recorded: rest-error-400-posts-create-too-long, rest-posts-create-longest).
    /// </summary>
    public const int PostLimit = 16383;

    /// <summary>Whether a text fits into one post.</summary>
    public static bool Fits(string text) => CodePoints(text) <= PostLimit;

    public static IReadOnlyList<string> Split(string text, int limit = PostLimit)
    {
        if (CodePoints(text) <= limit)
            return [text];

        var parts = new List<string>();
        var part = new StringBuilder();
        var used = 0;
        var hasText = false;
        var fence = new CodeFence();
        foreach (var line in Pieces(text, limit))
        {
            var length = CodePoints(line) + 1;
            var reserve = fence.IsOpen ? fence.Closing.Length + 1 : 0;
            // A fence that this line would open needs room for its own closing line as well.
            if (used > 0 && used + length + Math.Max(reserve, 8) > limit)
            {
                Finish();
                if (fence.IsOpen)
                    Append(fence.Opening);
            }

            Append(line);
            hasText |= !string.IsNullOrWhiteSpace(line);
            fence.Take(line);
        }

        if (part.Length > 0)
            Finish();
        return parts;

        void Append(string line)
        {
            if (part.Length > 0 || used > 0)
                part.Append('\n');
            part.Append(line);
            used += CodePoints(line) + 1;
        }

        void Finish()
        {
            if (fence.IsOpen)
                part.Append('\n').Append(fence.Closing);
            // A post of nothing but blanks is refused.
            if (hasText)
                parts.Add(part.ToString());
            part.Clear();
            (used, hasText) = (0, false);
        }
    }

    // Lines, and lines too long for one part cut at a blank where there is one.
    private static IEnumerable<string> Pieces(string text, int limit)
    {
        var most = Math.Max(1, limit - 64);
        foreach (var whole in text.Split('\n'))
        {
            var line = whole.TrimEnd('\r');
            while (CodePoints(line) > most)
            {
                var cut = IndexOfCodePoint(line, most);
                var blank = line.LastIndexOf(' ', cut - 1, Math.Min(cut, 200));
                if (blank > 0)
                    cut = blank;
                yield return line.Substring(0, cut);
                line = line.Substring(cut).TrimStart(' ');
            }

            yield return line;
        }
    }

    private static int CodePoints(string text)
    {
        var count = text.Length;
        for (var i = 1; i < text.Length; i++)
        {
            if (char.IsLowSurrogate(text[i]) && char.IsHighSurrogate(text[i - 1]))
                count--;
        }

        return count;
    }

    private static int IndexOfCodePoint(string text, int codePoints)
    {
        var index = 0;
        for (var seen = 0; seen < codePoints && index < text.Length; seen++)
            index += char.IsHighSurrogate(text[index]) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]) ? 2 : 1;
        return index;
    }
}
