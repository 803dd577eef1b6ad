namespace MattermostXsoar.QuickStart;

/// <summary>What became of the lines that were said on one side.</summary>
internal sealed record Arrivals(int Arrived, IReadOnlyList<string> Lost, IReadOnlyList<string> Doubled, bool InOrder)
{
    /// <summary>Compares what was said, per author in order, with the lines that stand on the other side.</summary>
    public static Arrivals Of(IReadOnlyDictionary<string, List<string>> said, IReadOnlyList<string> found)
    {
        var all = said.Values.SelectMany(lines => lines).ToList();
        var counts = all.ToDictionary(
            line => line,
            line => found.Count(other => other.Contains(line, StringComparison.Ordinal)),
            StringComparer.Ordinal
        );
        var inOrder = said.Values.All(lines =>
        {
            var places = lines.Select(line => IndexOf(found, line)).Where(place => place >= 0).ToList();
            return places.SequenceEqual(places.Order());
        });
        return new Arrivals(
            counts.Count(count => count.Value > 0),
            counts.Where(count => count.Value == 0).Select(count => count.Key).ToList(),
            counts.Where(count => count.Value > 1).Select(count => count.Key).ToList(),
            inOrder
        );
    }

    private static int IndexOf(IReadOnlyList<string> found, string line)
    {
        for (var i = 0; i < found.Count; i++)
        {
            if (found[i].Contains(line, StringComparison.Ordinal))
                return i;
        }

        return -1;
    }
}
