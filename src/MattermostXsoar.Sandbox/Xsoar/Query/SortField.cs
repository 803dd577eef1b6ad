using System.Globalization;
using System.Text.Json;
using MattermostXsoar.Sandbox.Xsoar.Model;

namespace MattermostXsoar.Sandbox.Xsoar.Query;

/// <summary>A field to sort by. Its values are also those of <c>sortValues</c> and <c>searchAfter</c>.</summary>
internal sealed record SortField(
    Func<SandboxIncident, IComparable> Read,
    Func<string, IComparable> Parse,
    bool Ascending
)
{
    private static readonly Func<string, IComparable> AsTime = static text =>
        long.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : 0L;
    private static readonly Func<string, IComparable> AsNumber = static text =>
        double.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : 0d;
    private static readonly Func<string, IComparable> AsId = static text =>
        long.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : long.MaxValue;

    /// <summary>The sort of a filter, newest first if it has none, and the id at the end so that no two items are
    /// equal.</summary>
    public static IReadOnlyList<SortField> Of(JsonElement filter)
    {
        var fields = new List<SortField>();
        if (filter.TryGetProperty("sort", out var sort) && sort.ValueKind == JsonValueKind.Array)
            fields.AddRange(
                sort.EnumerateArray()
                    .Select(static it =>
                        Of(
                            it.Text("field") ?? "",
                            it.TryGetProperty("asc", out var asc) && asc.ValueKind == JsonValueKind.True
                        )
                    )
            );
        if (fields.Count == 0)
            fields.Add(Of("created", false));
        fields.Add(Of("id", true));
        return fields;
    }

    public int Compare(IComparable a, IComparable b) => Ascending ? a.CompareTo(b) : b.CompareTo(a);

    public string Show(SandboxIncident incident) =>
        Convert.ToString(Read(incident), CultureInfo.InvariantCulture) ?? "";

    private static SortField Of(string field, bool ascending) =>
        field.ToLowerInvariant() switch
        {
            "modified" => new(static it => it.ModifiedNanoseconds, AsTime, ascending),
            "closed" => new(static it => it.ClosedNanoseconds, AsTime, ascending),
            "occurred" => new(static it => it.OccurredNanoseconds, AsTime, ascending),
            "duedate" => new(static it => it.DueNanoseconds, AsTime, ascending),
            "severity" => new(static it => it.Severity, AsNumber, ascending),
            "status" => new(static it => (double)it.Status, AsNumber, ascending),
            "id" => new(static it => AsId(it.Id), AsId, ascending),
            "name" => new(static it => it.Name, static text => text, ascending),
            "owner" => new(static it => it.Owner, static text => text, ascending),
            "type" => new(static it => it.Type, static text => text, ascending),
            _ => new(static it => it.CreatedNanoseconds, AsTime, ascending),
        };
}
