using MattermostXsoar.Core.Platform;
using MattermostXsoar.Core.Xsoar.Models;

namespace MattermostXsoar.Core.Incidents;

/// <summary>Reads what the server sent about an incident. What has another shape than expected is left out.</summary>
internal static class IncidentReader
{
    public static Incident Read(XsoarIncident sent, Func<string, Uri> warRoom)
    {
        var investigation = sent.InvestigationId.Length > 0 ? sent.InvestigationId : sent.Id;
        return new Incident
        {
            Id = sent.Id,
            InvestigationId = investigation,
            Name = sent.Name,
            IncidentType = sent.Type,
            Severity = SeverityOf(sent.Severity),
            Status = Enum.IsDefined(typeof(IncidentStatus), sent.Status)
                ? (IncidentStatus)sent.Status
                : IncidentStatus.Active,
            Owner = sent.Owner,
            Details = sent.Details,
            Created = OrNull(sent.Created),
            Modified = OrNull(sent.Modified),
            Occurred = sent.Occurred,
            DueDate = sent.DueDate,
            Closed = sent.Closed,
            CloseReason = sent.CloseReason,
            CloseNotes = sent.CloseNotes,
            Labels = [.. sent.Labels.Select(label => new IncidentLabel(label.Type, label.Value))],
            CustomFields =
                PlainValue.Of(sent.CustomFields) as IDictionary<string, object?> ?? new Dictionary<string, object?>(),
            Uri = warRoom(investigation),
        };
    }

    /// <summary>The severity of XSOAR's number; one between two of them is the lower one.</summary>
    public static IncidentSeverity SeverityOf(double number) =>
        number switch
        {
            >= 4 => IncidentSeverity.Critical,
            >= 3 => IncidentSeverity.High,
            >= 2 => IncidentSeverity.Medium,
            >= 1 => IncidentSeverity.Low,
            > 0 => IncidentSeverity.Informational,
            _ => IncidentSeverity.Unknown,
        };

    /// <summary>XSOAR's number of a severity.</summary>
    public static double NumberOf(IncidentSeverity severity) =>
        severity switch
        {
            IncidentSeverity.Critical => 4,
            IncidentSeverity.High => 3,
            IncidentSeverity.Medium => 2,
            IncidentSeverity.Low => 1,
            IncidentSeverity.Informational => 0.5,
            _ => 0,
        };

    private static DateTimeOffset? OrNull(DateTimeOffset time) => time == DateTimeOffset.MinValue ? null : time;
}
