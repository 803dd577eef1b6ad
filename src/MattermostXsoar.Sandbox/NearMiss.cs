namespace MattermostXsoar.Sandbox;

/// <summary>Guesses which name somebody meant.</summary>
internal static class NearMiss
{
    /// <summary>A half-sentence to append, or nothing when no known name is near.</summary>
    public static string Hint(string written, IEnumerable<string> known) =>
        known.Select(name => (Name: name, Distance: Distance(written.ToLowerInvariant(), name.ToLowerInvariant())))
            .Where(it => it.Distance <= Math.Max(1, written.Length / 3))
            .OrderBy(static it => it.Distance)
            .Select(static it => $", did you mean {it.Name}?")
            .FirstOrDefault("");

    /// <summary>How many letters have to be put in, taken out or changed.</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0]++;
            for (var j = 1; j <= b.Length; j++)
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)));
        }
        return row[^1];
    }
}
