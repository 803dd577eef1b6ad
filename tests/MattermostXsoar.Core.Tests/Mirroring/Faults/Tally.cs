namespace MattermostXsoar.Core.Tests.Mirroring.Faults;

/// <summary>What became of messages: each is its author and a number, and each author counts from 0.</summary>
internal sealed record Tally(int Sent, int Delivered, int Lost, int Doubled, int OutOfOrder)
{
    public static string Text(string author, int number) => FormattableString.Invariant($"{author} {number:D5}");

    /// <summary>Compares what was sent with what is on the other side, in the order in which it is
    /// there.</summary>
    public static Tally Of(IReadOnlyCollection<string> sent, IEnumerable<string> arrived)
    {
        var expected = sent.ToHashSet(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var newest = new Dictionary<string, int>(StringComparer.Ordinal);
        var (doubled, outOfOrder) = (0, 0);
        foreach (var line in arrived.Where(expected.Contains))
        {
            if (!seen.Add(line))
            {
                doubled++;
                continue;
            }

            var author = line[..line.LastIndexOf(' ')];
            var number = int.Parse(
                line[(line.LastIndexOf(' ') + 1)..],
                System.Globalization.CultureInfo.InvariantCulture
            );
            if (newest.TryGetValue(author, out var before) && number < before)
                outOfOrder++;
            else
                newest[author] = number;
        }

        return new Tally(expected.Count, seen.Count, expected.Count - seen.Count, doubled, outOfOrder);
    }

    /// <summary>Compares messages, no two of them the same, with what is on the other side, in the order in which it
    /// is there.</summary>
    public static Tally OfSequence(IReadOnlyList<string> sent, IEnumerable<string> arrived)
    {
        var places = sent.Select((line, place) => (line, place))
            .ToDictionary(pair => pair.line, pair => pair.place, StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var (doubled, outOfOrder, newest) = (0, 0, -1);
        foreach (var line in arrived.Where(places.ContainsKey))
        {
            if (!seen.Add(line))
                doubled++;
            else if (places[line] < newest)
                outOfOrder++;
            else
                newest = places[line];
        }

        return new Tally(sent.Count, seen.Count, sent.Count - seen.Count, doubled, outOfOrder);
    }

    public override string ToString() =>
        FormattableString.Invariant(
            $"{Sent} sent, {Delivered} delivered, {Lost} lost, {Doubled} doubled, {OutOfOrder} out of order"
        );
}
