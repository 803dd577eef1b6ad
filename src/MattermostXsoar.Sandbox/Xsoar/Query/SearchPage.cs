using MattermostXsoar.Sandbox.Xsoar.Model;

namespace MattermostXsoar.Sandbox.Xsoar.Query;

/// <summary>The page of the results that an answer contains.</summary>
internal sealed record SearchPage(IReadOnlyList<SandboxIncident> Items, int Total, IReadOnlyList<SortField> Sort)
{
    private const int Largest = 1000;

    /// <summary>Sorts, then takes the page that <c>page</c> and <c>size</c>, <c>searchAfter</c> or <c>searchBefore</c>
    /// select.</summary>
    public static SearchPage Of(IEnumerable<SandboxIncident> found, FilterFields filter, int sizeWhenMissing)
    {
        var sort = SortField.Of(filter.Json);
        var all = found.ToList();
        all.Sort((a, b) => Order(sort, a, b));
        if (filter.Is("totalOnly"))
            return new SearchPage([], all.Count, sort);
        var size = (int)Math.Clamp(filter.Has("size") ? filter.Number("size") ?? 0 : sizeWhenMissing, 0, Largest);
        if (filter.Strings("searchAfter") is { Count: > 0 } after)
            return new SearchPage([.. all.Where(it => Order(sort, it, after) > 0).Take(size)], all.Count, sort);
        if (filter.Strings("searchBefore") is { Count: > 0 } before)
            return new SearchPage([.. all.Where(it => Order(sort, it, before) < 0).TakeLast(size)], all.Count, sort);
        var skip = Math.Max(0, filter.Number("page") ?? 0) * size;
        return new SearchPage([.. all.Skip((int)Math.Min(int.MaxValue, skip)).Take(size)], all.Count, sort);
    }

    public IReadOnlyList<string> SortValues(SandboxIncident incident) => [.. Sort.Select(it => it.Show(incident))];

    private static int Order(IReadOnlyList<SortField> sort, SandboxIncident a, SandboxIncident b)
    {
        foreach (var field in sort)
        {
            if (field.Compare(field.Read(a), field.Read(b)) is var order and not 0)
                return order;
        }
        return string.CompareOrdinal(a.Id, b.Id);
    }

    private static int Order(IReadOnlyList<SortField> sort, SandboxIncident a, List<string> values)
    {
        for (var i = 0; i < sort.Count && i < values.Count; i++)
        {
            if (sort[i].Compare(sort[i].Read(a), sort[i].Parse(values[i])) is var order and not 0)
                return order;
        }
        return 0;
    }
}
