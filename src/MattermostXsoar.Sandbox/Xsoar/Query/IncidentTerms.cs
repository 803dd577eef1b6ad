using System.Globalization;
using System.Text.Json;
using MattermostXsoar.Sandbox.Xsoar.Model;

namespace MattermostXsoar.Sandbox.Xsoar.Query;

/// <summary>What the fields of a query mean for incidents. Other names are custom fields.</summary>
internal sealed class IncidentTerms(XsoarWorld world)
{
    public Func<SandboxIncident, bool> Test(SearchTerm term)
    {
        switch (term.Field.ToLowerInvariant())
        {
            case "":
                return it => term.IsIn(it.Name) || term.IsIn(it.Details) || term.Is(it.Id);
            case "id" or "investigation.id" or "investigationid":
                return it => term.Is(it.Id);
            case "status":
                var status = StatusCode(term.Value);
                return it => it.Status == status;
            case "severity":
                var severity = term with { Value = SeverityCode(term.Value) };
                return it => severity.Compares(it.Severity);
            case "owner" or "assignee":
                var owner = term.Value is "{me}" ? term with { Value = world.ApiUser } : term;
                return it => owner.Is(it.Owner);
            case "type":
                return it => term.Is(it.Type);
            case "name":
                return it => term.IsIn(it.Name);
            case "details":
                return it => term.IsIn(it.Details);
            case "category":
                return it => term.Is(it.Category);
            case "phase":
                return it => term.Is(it.Phase);
            case "reason":
                return it => term.IsIn(it.Reason);
            case "parent":
                return it => term.Is(it.Parent);
            case "playbookid":
                return it => term.Is(it.PlaybookId);
            case "closereason":
                return it => term.Is(it.CloseReason);
            case "closenotes":
                return it => term.IsIn(it.CloseNotes);
            case "closinguserid":
                return it => term.Is(it.ClosingUser);
            case "sourcebrand":
                return term.Is("Manual") ? static _ => true : static _ => false;
            case "sourceinstance":
                return it => term.Is(it.Owner);
            case "created":
                return Time(term, static it => it.CreatedNanoseconds);
            case "modified":
                return world.Behaviour.QueriesKnowModified
                    ? Time(term, static it => it.ModifiedNanoseconds)
                    : static _ => false;
            case "closed":
                return Time(term, static it => it.ClosedNanoseconds);
            case "occurred":
                return Time(term, static it => it.OccurredNanoseconds);
            case "duedate":
                return Time(term, static it => it.DueNanoseconds);
            case "labels":
                return it => it.LabelsJson.Contains(term.Value, StringComparison.OrdinalIgnoreCase);
            default:
                return it => IsCustomField(it, term);
        }
    }

    private static int StatusCode(string value) =>
        value.ToLowerInvariant() switch
        {
            "pending" => 0,
            "active" => 1,
            "closed" or "done" => 2,
            "archive" or "archived" => 3,
            _ => int.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var code) ? code : -1,
        };

    private static string SeverityCode(string value) =>
        value.ToLowerInvariant() switch
        {
            "unknown" => "0",
            "informational" or "info" => "0.5",
            "low" => "1",
            "medium" => "2",
            "high" => "3",
            "critical" => "4",
            _ => value,
        };

    private Func<SandboxIncident, bool> Time(SearchTerm term, Func<SandboxIncident, long> read)
    {
        var fits = term.Time(world.Now());
        return it => fits(read(it));
    }

    private static bool IsCustomField(SandboxIncident incident, SearchTerm term)
    {
        using var fields = JsonDocument.Parse(incident.CustomFieldsJson);
        if (fields.RootElement.ValueKind != JsonValueKind.Object)
            return false;
        foreach (var field in fields.RootElement.EnumerateObject())
        {
            if (field.Name.Equals(term.Field, StringComparison.OrdinalIgnoreCase))
                return field.Value.ValueKind == JsonValueKind.Number && term.Sign.Length > 0
                    ? term.Compares(field.Value.GetDouble())
                    : term.Is(field.Value.ToString());
        }
        return false;
    }
}
