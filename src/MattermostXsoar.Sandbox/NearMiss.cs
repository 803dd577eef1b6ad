namespace MattermostXsoar.Sandbox;

/// <summary>Guesses which name was meant.</summary>
internal static class NearMiss
{
    /// <summary>A hint to append, or an empty text if no known name is similar.</summary>
    public static string Hint(string written, IEnumerable<string> known) =>
        known
            .Select(name => (Name: name, Distance: Distance(written.ToLowerInvariant(), name.ToLowerInvariant())))
            .Where(it => it.Distance <= Math.Max(1, written.Length / 3))
            .OrderBy(static it => it.Distance)
            .Select(static it => $", did you mean {it.Name}?")
            .FirstOrDefault("");

    /// <summary>How many letters have to be inserted, removed, changed or swapped with the next one.</summary>
    private static int Distance(string a, string b)
    {
        var cost = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
            cost[i, 0] = i;
        for (var j = 0; j <= b.Length; j++)
            cost[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                cost[i, j] = Math.Min(
                    Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1,
                    cost[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
                );
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
            }
        }
        return cost[a.Length, b.Length];
    }
}
