using System.Globalization;
using MattermostXsoar.Core.Mirroring.Markup;
using MattermostXsoar.Core.People.Models;
using MattermostXsoar.Core.Xsoar.Models;

namespace MattermostXsoar.Core.People.Chat;

/// <summary>What the bot answers to commands for a mirror's incident: done, or why not and what to do.</summary>
internal static class ControlReplies
{
    /// <summary>The command is not allowed in this session.</summary>
    public static string NotAllowed(ChatCommand command) =>
        $"`{Word(command)}` is not allowed here. It has to be named where the bot connects: "
        + $"Connect-Mattermost -AllowChatCommand {command}";

    /// <summary>The commands that are allowed, behind the other ones.</summary>
    public static string Help(IReadOnlyCollection<ChatCommand> allowed) =>
        string.Concat(
            allowed.Distinct().OrderBy(command => command).Select(command => "\n" + ControlRequest.Usage(command))
        );

    /// <summary>The person is not known in XSOAR.</summary>
    public static string UnknownUser(ChatCommand command, string explanation) =>
        $"`{Word(command)}` is for users of XSOAR only. {explanation}";

    /// <summary>Something is missing or too much.</summary>
    public static string Usage(ChatCommand command, string bot) =>
        $"Please write: @{bot} {ControlRequest.Usage(command)}";

    /// <summary>The channel shows more than one War Room.</summary>
    public const string Shared =
        "This channel mirrors several investigations, so that it is not clear which one is meant. Please do it in XSOAR.";

    /// <summary>The incident cannot be found, or is not for this person.</summary>
    public const string NoIncident = "XSOAR does not show you the incident of this channel.";

    /// <summary>The incident is closed.</summary>
    public const string IsClosed = "The incident is closed already. Reopen it in XSOAR to change it.";

    /// <summary>Nobody has this name.</summary>
    public static string NoUser(string name) =>
        $"There is no user {name} in Mattermost. Please write the name with which you would mention them.";

    /// <summary>The one who was named is not known in XSOAR.</summary>
    public static string NotInXsoar(string name, string explanation) =>
        $"{name} cannot be found in XSOAR. {explanation}";

    /// <summary>There is no such task, or it does not wait for anybody.</summary>
    public static string NoTask(string taskId, IReadOnlyList<XsoarTask> open) =>
        open.Count == 0
            ? $"There is no open task {taskId}: no task of this incident waits for anybody."
            : $"There is no open task {taskId}. Open tasks: "
                + string.Join(", ", open.Take(10).Select(task => $"{task.Id} ({Cut(task.Name)})"));

    /// <summary>XSOAR refuses it.</summary>
    public static string Refused(ChatCommand command, string? error) =>
        $"`{Word(command)}` failed{(error is null ? "." : $": {error}")}";

    /// <summary>It was done.</summary>
    public static string Done(string done) => char.ToUpperInvariant(done[0]) + done.Substring(1) + ".";

    /// <summary>What is known of the incident.</summary>
    public static string Status(XsoarIncident incident, IReadOnlyList<XsoarTask>? tasks, Uri link) =>
        string.Join(
            "\n",
            new[]
            {
                $"Incident {incident.Id}: {Cut(incident.Name)}",
                $"Status: {ChatTables.StatusOf(incident.Status)}, severity: {ChatTables.SeverityOf(incident.Severity)}, "
                    + $"type: {Cut(incident.Type)}, owner: {(incident.Owner.Length > 0 ? Cut(incident.Owner) : "nobody")}",
                incident.DueDate is { } due
                    ? string.Format(CultureInfo.InvariantCulture, "Due: {0:yyyy-MM-dd HH:mm:ss}Z", due.UtcDateTime)
                    : "",
                tasks is { Count: > 0 }
                    ? "Open tasks: "
                        + string.Join(
                            ", ",
                            tasks
                                .Take(10)
                                .Select(task =>
                                    $"{task.Id} ({Cut(task.Name)}{(task.Assignee.Length > 0 ? $", {Cut(task.Assignee)}" : "")})"
                                )
                        )
                    : "",
                link.AbsoluteUri,
            }.Where(line => line.Length > 0)
        );

    private static string Word(ChatCommand command) => command.ToString().ToLowerInvariant();

    // Names of XSOAR are anybody's text.
    private static string Cut(string text) => Markdown.Name(Markdown.OneLine(text, 80));
}
