using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace MattermostXsoar.Sandbox.Tests.Conformance.Rest;

/// <summary>
/// Compares two bodies field by field: the same names, types and values, null, absent and empty are distinguished. Ids
/// and times may differ, but the same recorded id is always the same id of the sandbox, and times are in the same
/// order.
/// </summary>
internal sealed partial class BodyComparison(IdMap ids, Uri site)
{
    /// <summary>Images that the server draws itself are not identical.</summary>
    private static readonly HashSet<string> Drawn = ["mini_preview"];

    private readonly List<string> _differences = [];

    /// <summary>Lists, by their place in the body, whose order depends on ids.</summary>
    public IReadOnlySet<string> Unordered { get; init; } = new HashSet<string>();

    /// <summary>Whether only the fields and their kinds are compared, since which items are returned depends on their
    /// ids.</summary>
    public bool FieldsOnly { get; init; }

    /// <summary>Whether the entity tag is that of a thread.</summary>
    public bool HasThreadTag { get; init; }

    public IReadOnlyList<string> Differences => _differences;

    /// <param name="path">The place in the body.</param>
    /// <param name="recorded">The recorded value.</param>
    /// <param name="sandbox">The sandbox's value.</param>
    /// <param name="unordered">Whether the order of the outermost list depends on ids, which differ.</param>
    public void Compare(string path, JsonElement recorded, JsonElement sandbox, bool unordered = false)
    {
        if (Kind(recorded) != Kind(sandbox))
        {
            _differences.Add($"{path}: recorded {Kind(recorded)}, sandbox {Kind(sandbox)}");
            return;
        }
        switch (recorded.ValueKind)
        {
            case JsonValueKind.Object:
                CompareObjects(path, recorded, sandbox);
                break;
            case JsonValueKind.Array when recorded.GetArrayLength() != sandbox.GetArrayLength():
                _differences.Add(
                    $"{path}: recorded {recorded.GetArrayLength()} items, sandbox {sandbox.GetArrayLength()}"
                );
                break;
            case JsonValueKind.String
            or JsonValueKind.Number
            or JsonValueKind.True
            or JsonValueKind.False when FieldsOnly:
                break;
            case JsonValueKind.Array when unordered || Unordered.Contains(path):
                CompareSets(path, recorded, sandbox);
                break;
            case JsonValueKind.Array:
                for (var i = 0; i < recorded.GetArrayLength(); i++)
                    Compare(string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"), recorded[i], sandbox[i]);
                break;
            case JsonValueKind.String
                when !SameText(recorded.GetString()!, sandbox.GetString()!, Unordered.Contains(path)):
                _differences.Add(
                    $"{path}: recorded “{Shorten(recorded.GetString()!)}”, sandbox “{Shorten(sandbox.GetString()!)}”"
                );
                break;
            case JsonValueKind.Number when !SameNumber(recorded, sandbox):
            case JsonValueKind.True or JsonValueKind.False when recorded.ValueKind != sandbox.ValueKind:
                _differences.Add($"{path}: recorded {recorded}, sandbox {sandbox}");
                break;
        }
    }

    /// <summary>Whether two texts are the same except for ids, times and the server's own address.</summary>
    /// <param name="recorded">The recorded text.</param>
    /// <param name="sandbox">The sandbox's text.</param>
    /// <param name="anyOrder">Whether the text names ids in their order.</param>
    public bool SameText(string recorded, string sandbox, bool anyOrder = false)
    {
        recorded = RecordedCall.Site().Replace(recorded, "{site}");
        sandbox = sandbox.Replace(site.AbsoluteUri.TrimEnd('/'), "{site}", StringComparison.Ordinal);
        if (Varying().Replace(recorded, Mark) != Varying().Replace(sandbox, Mark))
            return false;
        var expected = RecordedCall.Identifier().Matches(recorded).Select(static it => it.Value).ToList();
        var actual = RecordedCall.Identifier().Matches(sandbox).Select(static it => it.Value).ToList();
        // The name of a direct channel is both people's ids, sorted: another order is the same name.
        if (DirectName().IsMatch(recorded) && ids.TryGet(expected[0], out var first) && first == actual[1])
            actual.Reverse();
        if (anyOrder && expected.TrueForAll(id => ids.TryGet(id, out _)))
            return expected.Select(id => ids.TryGet(id, out var mapped) ? mapped : "").ToHashSet().SetEquals(actual);
        return expected.Zip(actual).All(pair => ids.Bind(pair.First, pair.Second));
    }

    /// <summary>A text without values that change from run to run.</summary>
    public static string Settle(string text) => Varying().Replace(text, Mark);

    private static string Mark(Match match) =>
        match.Value switch
        {
            ['h', '=', ..] or { Length: 94 } => "{signature}",
            ['0', 'x', ..] => "{pointer}",
            { Length: 26 } => "{id}",
            { Length: 13 } => "{time}",
            { Length: 40 } => "{sha1}",
            _ => "{pointer}",
        };

    private bool SameNumber(JsonElement recorded, JsonElement sandbox)
    {
        const double Times = 1e12;
        if (recorded.GetDouble() <= Times)
            return recorded.GetDouble().Equals(sandbox.GetDouble());
        ids.BindTime(recorded.GetRawText(), sandbox.GetRawText());
        return sandbox.GetDouble() > Times;
    }

    private static string Kind(JsonElement value) =>
        value.ValueKind is JsonValueKind.True or JsonValueKind.False ? "Boolean" : value.ValueKind.ToString();

    private static string Shorten(string text) => text.Length <= 200 ? text : text[..200] + "…";

    private void CompareObjects(string path, JsonElement recorded, JsonElement sandbox)
    {
        if (FieldsOnly && recorded.EnumerateObject().All(static it => RecordedCall.Identifier().IsMatch(it.Name)))
        {
            // By id.
            foreach (var (expected, actual) in recorded.EnumerateObject().Zip(sandbox.EnumerateObject()))
                Compare($"{path}.{expected.Name}", expected.Value, actual.Value);
            return;
        }
        var names = new HashSet<string>();
        foreach (var property in recorded.EnumerateObject())
        {
            var name = ids.TryGet(property.Name, out var mapped) ? mapped : property.Name;
            names.Add(name);
            if (!sandbox.TryGetProperty(name, out var value))
                _differences.Add($"{path}.{property.Name}: recorded, not in the sandbox's answer");
            else if (!Drawn.Contains(name))
                Compare($"{path}.{property.Name}", property.Value, value);
        }
        foreach (var property in sandbox.EnumerateObject())
        {
            if (!names.Contains(property.Name))
                _differences.Add($"{path}.{property.Name}: only in the sandbox's answer");
        }
        if (!FieldsOnly)
            CompareTimes(path, recorded, sandbox);
    }

    /// <summary>The order of an object's own times (not of its team's) shows what the server did first and what at the
    /// same time.</summary>
    private void CompareTimes(string path, JsonElement recorded, JsonElement sandbox)
    {
        var times = recorded
            .EnumerateObject()
            .Where(static it =>
                it.Name.EndsWith("_at", StringComparison.Ordinal)
                && !it.Name.StartsWith("team_", StringComparison.Ordinal)
                && it.Value.ValueKind == JsonValueKind.Number
            )
            .ToList();
        for (var i = 0; i < times.Count; i++)
        {
            for (var j = i + 1; j < times.Count; j++)
            {
                if (
                    !sandbox.TryGetProperty(times[i].Name, out var first)
                    || !sandbox.TryGetProperty(times[j].Name, out var second)
                )
                    continue;
                var expected = Sign(times[i].Value, times[j].Value);
                if (expected != Sign(first, second))
                    _differences.Add(
                        $"{path}: recorded {times[i].Name} {Relation(expected)} {times[j].Name}, sandbox {Relation(Sign(first, second))}"
                    );
            }
        }
    }

    private static int Sign(JsonElement first, JsonElement second) => Math.Sign(first.GetInt64() - second.GetInt64());

    private static string Relation(int sign) =>
        sign switch
        {
            < 0 => "before",
            0 => "with",
            _ => "after",
        };

    private void CompareSets(string path, JsonElement recorded, JsonElement sandbox)
    {
        var left = sandbox.EnumerateArray().ToList();
        foreach (var (item, i) in recorded.EnumerateArray().Select(static (item, i) => (item, i)))
        {
            var at = left.FindIndex(other =>
            {
                var trial = new BodyComparison(ids.Copy(), site);
                trial.Compare("", item, other);
                return trial.Differences.Count == 0;
            });
            if (at < 0)
            {
                _differences.Add($"{path}[{i}]: not among the sandbox's items");
                continue;
            }
            Compare(string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"), item, left[at]);
            left.RemoveAt(at);
        }
    }

    [GeneratedRegex(
        @"(?<![a-z0-9])[a-z0-9]{26}(?![a-z0-9])|\b[0-9]{13}\b|\b[0-9a-f]{40}\b|\bh=[\w-]{43}|(?<=s=|s\\u003D)[\w-]{94}|\b0x[0-9a-f]+"
    )]
    private static partial Regex Varying();

    [GeneratedRegex("^[a-z0-9]{26}__[a-z0-9]{26}$")]
    private static partial Regex DirectName();
}
