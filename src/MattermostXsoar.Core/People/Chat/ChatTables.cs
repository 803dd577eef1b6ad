using System.Globalization;
using MattermostXsoar.Core.Xsoar.Models;

namespace MattermostXsoar.Core.People.Chat;

/// <summary>Lists of incidents and of tasks, as XSOAR sends them to chats.</summary>
internal static class ChatTables
{
    public static string Incidents(IEnumerable<XsoarIncident> incidents, Func<string, Uri> warRoom)
    {
        var table = new TextTable(
            ("ID", 10),
            ("Name", 20),
            ("Status", 11),
            ("Type", 11),
            ("Owner", 11),
            ("Created", 19)
        );
        foreach (var incident in incidents)
            table.Add(
                [
                    incident.Id,
                    incident.Name,
                    StatusOf(incident.Status),
                    incident.Type,
                    incident.Owner,
                    TimeOf(incident.Created),
                ],
                warRoom(incident.Id)
            );
        return table.ToString();
    }

    public static string Tasks(IEnumerable<XsoarIncidentTask> tasks, Func<string, Uri> workPlan)
    {
        var table = new TextTable(("Task", 40), ("Incident", 30), ("Due", 19));
        foreach (var task in tasks)
            table.Add(
                [
                    task.Task!.Name,
                    $"{task.InvestigationId} - {task.InvestigationName}",
                    // As XSOAR shows a task that is never due.
                    TimeOf(task.Task.DueDate ?? DateTimeOffset.MinValue),
                ],
                workPlan(task.InvestigationId)
            );
        return table.ToString();
    }

    /// <summary>A status as XSOAR names it.</summary>
    public static string StatusOf(int status) =>
        status switch
        {
            0 => "Pending",
            1 => "Active",
            2 => "Done",
            3 => "Archived",
            _ => status.ToString(CultureInfo.InvariantCulture),
        };

    /// <summary>A severity as XSOAR names it.</summary>
    public static string SeverityOf(double severity) =>
        severity switch
        {
            0 => "Unknown",
            0.5 => "Informational",
            1 => "Low",
            2 => "Medium",
            3 => "High",
            4 => "Critical",
            _ => severity.ToString(CultureInfo.InvariantCulture),
        };

    private static string TimeOf(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
