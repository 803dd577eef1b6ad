using MattermostXsoar.Sandbox.Mattermost.Model;

namespace MattermostXsoar.Sandbox.Mattermost;

/// <summary>
/// A search as people type it: words, phrases in quotes, <c>-word</c>, <c>from:user</c>, <c>in:channel</c>. A word
/// matches whole words of a message, ignoring case; with <c>*</c> at its end it matches their beginnings.
/// </summary>
internal sealed class PostSearch
{
    private readonly List<string> _words = [];
    private readonly List<string> _phrases = [];
    private readonly List<string> _without = [];
    private readonly List<string> _from = [];
    private readonly List<string> _in = [];
    private readonly bool _any;

    public PostSearch(string terms, bool any)
    {
        _any = any;
        var parts = terms.Split('"');
        for (var i = 0; i < parts.Length; i++)
        {
            if (i % 2 == 1)
                _phrases.Add(parts[i].Trim());
            else
                AddWords(parts[i]);
        }
    }

    public bool IsEmpty => _words.Count + _phrases.Count + _from.Count + _in.Count == 0;

    public bool Finds(MattermostWorld world, SandboxChannel channel, SandboxPost post) =>
        (_from.Count == 0 || _from.Exists(name => world.TryUser(name, out var user) && user.Id == post.UserId))
        && (_in.Count == 0 || _in.Contains(channel.Name))
        && FindsText(post.Message);

    /// <summary>Whether a text, such as a file's name, contains the words.</summary>
    public bool FindsText(string text)
    {
        var words = text.Split(
            [' ', '\n', '\t', ',', '.', ':', ';', '!', '?', '(', ')', '*', '_', '`', '-', '/'],
            StringSplitOptions.RemoveEmptyEntries
        );
        if (_without.Exists(word => Has(words, word)))
            return false;
        var wanted = _words
            .Select(word => Has(words, word))
            .Concat(_phrases.Select(phrase => text.Contains(phrase, StringComparison.OrdinalIgnoreCase)));
        return _words.Count + _phrases.Count == 0 || (_any ? wanted.Any(static it => it) : wanted.All(static it => it));
    }

    private static bool Has(string[] words, string wanted) =>
        wanted.EndsWith('*')
            ? Array.Exists(words, word => word.StartsWith(wanted[..^1], StringComparison.OrdinalIgnoreCase))
            : Array.Exists(
                words,
                word =>
                    word.Equals(wanted.TrimStart('@'), StringComparison.OrdinalIgnoreCase)
                    || word.Equals(wanted, StringComparison.OrdinalIgnoreCase)
            );

    private void AddWords(string text)
    {
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (word.StartsWith("from:", StringComparison.OrdinalIgnoreCase))
                _from.Add(word[5..]);
            else if (word.StartsWith("in:", StringComparison.OrdinalIgnoreCase))
                _in.Add(word[3..].TrimStart('~'));
            else if (word[0] == '-' && word.Length > 1)
                _without.Add(word[1..]);
            else
                _words.Add(word);
        }
    }
}
