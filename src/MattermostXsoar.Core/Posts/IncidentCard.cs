using System.Globalization;
using MattermostXsoar.Core.Incidents;
using MattermostXsoar.Core.Mattermost.Models;

namespace MattermostXsoar.Core.Posts;

/// <summary>An incident as a block below a post: its name with the link to its War Room, in the severity's colour.</summary>
internal static class IncidentCard
{
    /// <summary>The colour of a severity.</summary>
    public static string ColorOf(IncidentSeverity severity) =>
        severity switch
        {
            IncidentSeverity.Critical => "#B5200D",
            IncidentSeverity.High => "#E8590C",
            IncidentSeverity.Medium => "#F2B705",
            IncidentSeverity.Low => "#2E9E5B",
            IncidentSeverity.Informational => "#3478C6",
            _ => "#8A8F98",
        };

    public static MattermostAttachment Of(Incident incident)
    {
        var title = $"#{incident.Id} {incident.Name}".TrimEnd();
        var fields = new List<MattermostAttachmentField>
        {
            Field("Severity", incident.Severity.ToString()),
            Field("Status", incident.Status.ToString()),
            Field("Owner", incident.Owner.Length > 0 ? Plain(incident.Owner) : "nobody"),
        };
        if (incident.IncidentType.Length > 0)
            fields.Add(Field("Type", Plain(incident.IncidentType)));
        if (incident.DueDate is { } due)
            fields.Add(Field("Due", due.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)));
        return new MattermostAttachment
        {
            Fallback = $"{title} ({incident.Severity}, {incident.Status})",
            Color = ColorOf(incident.Severity),
            // A title is no Markdown.
            Title = title,
            TitleLink = incident.Uri.AbsoluteUri,
            Fields = fields,
        };
    }

    private static MattermostAttachmentField Field(string title, string value) =>
        new()
        {
            Title = title,
            Value = value,
            IsShort = true,
        };

    // Names come from other people: as code they mention nobody and change no layout.
    private static string Plain(string text) =>
        text.All(letter => char.IsLetterOrDigit(letter) || letter is ' ' or '.' or '-')
            ? text
            : $"`{text.Replace('`', '\'').Replace('\n', ' ').Replace('\r', ' ')}`";
}
