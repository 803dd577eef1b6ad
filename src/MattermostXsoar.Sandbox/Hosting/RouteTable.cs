namespace MattermostXsoar.Sandbox.Hosting;

/// <summary>Finds the handler of a path. Placeholders are written <c>{}</c>; the first route that was added and matches
/// is taken.</summary>
internal sealed class RouteTable
{
    private readonly Dictionary<
        (string Method, int Length),
        List<(string[] Segments, Func<ApiCall, ValueTask<Answer>> Handler)>
    > _routes = [];
    private readonly HashSet<Func<ApiCall, ValueTask<Answer>>> _uploads = [];

    public void Map(string method, string template, Func<ApiCall, Answer> handler) =>
        MapAsync(method, template, call => new ValueTask<Answer>(handler(call)));

    public void MapAsync(string method, string template, Func<ApiCall, ValueTask<Answer>> handler)
    {
        var segments = template.Trim('/').Split('/');
        if (!_routes.TryGetValue((method, segments.Length), out var list))
            _routes[(method, segments.Length)] = list = [];
        list.Add((segments, handler));
    }

    /// <summary>A route that reads the body itself, as a stream, from the request.</summary>
    public void MapUpload(string method, string template, Func<ApiCall, ValueTask<Answer>> handler)
    {
        MapAsync(method, template, handler);
        _uploads.Add(handler);
    }

    public bool IsUpload(string method, string path) =>
        Find(method, path, out _) is { } handler && _uploads.Contains(handler);

    public Func<ApiCall, ValueTask<Answer>>? Find(string method, string path, out string[] values)
    {
        values = [];
        var parts = path.Trim('/').Split('/');
        if (!_routes.TryGetValue((method, parts.Length), out var candidates))
            return null;
        foreach (var (segments, handler) in candidates)
        {
            if (!Fits(segments, parts, out var count))
                continue;
            if (count > 0)
            {
                values = new string[count];
                for (int i = 0, next = 0; i < segments.Length; i++)
                {
                    if (segments[i] == "{}")
                        values[next++] = parts[i];
                }
            }
            return handler;
        }
        return null;
    }

    private static bool Fits(string[] segments, string[] parts, out int placeholders)
    {
        placeholders = 0;
        for (var i = 0; i < segments.Length; i++)
        {
            if (segments[i] == "{}")
                placeholders++;
            else if (segments[i] != parts[i])
                return false;
        }
        return true;
    }
}
