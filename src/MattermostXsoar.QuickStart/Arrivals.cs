namespace MattermostXsoar.QuickStart;

/// <summary>What became of the messages that were written on one side.</summary>
internal sealed record Arrivals(int Arrived, IReadOnlyList<string> Lost, IReadOnlyList<string> Duplicated, bool InOrder)
{
    /// <summary>Compares what was written, per author in order, with the messages on the other side.</summary>
    public static Arrivals Of(IReadOnlyDictionary<string, List<string>> written, IReadOnlyList<string> found)
    {
        var all = written.Values.SelectMany(messages => messages).ToList();
        var counts = all.ToDictionary(
            message => message,
            message => found.Count(other => other.Contains(message, StringComparison.Ordinal)),
            StringComparer.Ordinal
        );
        var inOrder = written.Values.All(messages =>
        {
            var places = messages.Select(message => IndexOf(found, message)).Where(place => place >= 0).ToList();
            return places.SequenceEqual(places.Order());
        });
        return new Arrivals(
            counts.Count(count => count.Value > 0),
            counts.Where(count => count.Value == 0).Select(count => count.Key).ToList(),
            counts.Where(count => count.Value > 1).Select(count => count.Key).ToList(),
            inOrder
        );
    }

    private static int IndexOf(IReadOnlyList<string> found, string message)
    {
        for (var i = 0; i < found.Count; i++)
        {
            if (found[i].Contains(message, StringComparison.Ordinal))
                return i;
        }

        return -1;
    }
}
