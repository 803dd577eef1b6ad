namespace MattermostXsoar.Sandbox.Page;

/// <summary>The newest posts or entries of one side as a viewer knows them, and their changes.</summary>
internal sealed class LineWindow<T>(Func<T, string> id)
{
    /// <summary>How many posts or entries the page keeps.</summary>
    public const int Capacity = 200;

    private Dictionary<string, int> _told = [];

    /// <summary>The items to send, in order, and the ids of those that no longer exist.</summary>
    public (List<T> Changed, List<string> Gone) Next(IReadOnlyList<T> newest, Func<T, int> fingerprint)
    {
        var now = new Dictionary<string, int>(newest.Count);
        var changed = new List<T>();
        foreach (var line in newest)
        {
            var (key, value) = (id(line), fingerprint(line));
            now[key] = value;
            if (!_told.TryGetValue(key, out var before) || before != value)
                changed.Add(line);
        }
        var gone = _told.Keys.Where(key => !now.ContainsKey(key)).ToList();
        _told = now;
        return (changed, gone);
    }
}
