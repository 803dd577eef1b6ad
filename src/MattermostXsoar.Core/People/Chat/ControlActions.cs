using System.Globalization;
using MattermostXsoar.Core.Mirroring.Engine;
using MattermostXsoar.Core.Mirroring.Markup;
using MattermostXsoar.Core.Mirroring.Reading;
using MattermostXsoar.Core.People.Models;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.People.Chat;

/// <summary>The calls of commands: each may be repeated, and the entry of the War Room is found by its footer.</summary>
internal sealed class ControlActions(MirrorContext context)
{
    private const string OtherReason = "Other";

    // How far the two servers' clocks may differ.
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(15);

    private static readonly string[] CloseReasons = ["False Positive", "Resolved", "Duplicate", OtherReason];

    /// <summary>Does it; done twice, it is done once. A note is nothing but its entry.</summary>
    public Task ActAsync(ControlPlan plan, CancellationToken cancellationToken)
    {
        var (incidents, tasks) = (context.Xsoar.Client.Incidents, context.Xsoar.Client.Tasks);
        return plan.Command switch
        {
            ChatCommand.Owner => incidents.UpdateAsync(
                plan.InvestigationId,
                incident => incident["owner"] = plan.Value,
                cancellationToken
            ),
            ChatCommand.Severity => incidents.UpdateAsync(
                plan.InvestigationId,
                incident => incident["severity"] = double.Parse(plan.Value, CultureInfo.InvariantCulture),
                cancellationToken
            ),
            ChatCommand.Assign => tasks.AssignAsync(plan.InvestigationId, plan.TaskId, plan.Value, cancellationToken),
            ChatCommand.Close => CloseAsync(plan, cancellationToken),
            _ => Task.CompletedTask,
        };
    }

    /// <summary>Writes in the War Room what was done and by whom, by a route that executes nothing.</summary>
    public async Task TellAsync(ControlPlan plan, HandledMessage message, CancellationToken cancellationToken)
    {
        var entry = await context
            .Xsoar.Client.AddFormattedEntryAsync(
                plan.InvestigationId,
                TextOf(plan, message),
                cancellationToken: cancellationToken
            )
            .ConfigureAwait(false);
        if (plan.Command == ChatCommand.Note)
            await context
                .Xsoar.Client.MarkAsNoteAsync(plan.InvestigationId, entry.Id, isNote: true, cancellationToken)
                .ConfigureAwait(false);
    }

    /// <summary>Whether the entry is there; a note that is not marked as one is marked.</summary>
    public async Task<bool> IsToldAsync(ControlPlan plan, HandledMessage message, CancellationToken cancellationToken)
    {
        var since = DateTimeOffset.FromUnixTimeMilliseconds(message.WrittenAt) - Skew;
        var warRoom = await new WarRoomReader(context.Xsoar.Client, context.Xsoar.PageLimit)
            .ReadAsync(plan.InvestigationId, since, cancellationToken)
            .ConfigureAwait(false);
        var told = warRoom.Entries.FirstOrDefault(entry =>
            BackLink.On(entry.Contents) is { } from && from.PostId == message.PostId && from.What == WhatOf(plan)
        );
        if (told is { Note: false } && plan.Command == ChatCommand.Note)
            await context
                .Xsoar.Client.MarkAsNoteAsync(plan.InvestigationId, told.Id, isNote: true, cancellationToken)
                .ConfigureAwait(false);
        return told is not null;
    }

    private async Task CloseAsync(ControlPlan plan, CancellationToken cancellationToken)
    {
        var incident = await context
            .Xsoar.Client.Incidents.LoadAsync(plan.InvestigationId, cancellationToken)
            .ConfigureAwait(false);
        // Somebody else closed it, or an earlier try did.
        if (incident.IsClosed)
            return;
        var reason =
            CloseReasons.FirstOrDefault(known => known.Equals(plan.Value, StringComparison.OrdinalIgnoreCase))
            ?? OtherReason;
        await context
            .Xsoar.Client.Incidents.CloseAsync(
                plan.InvestigationId,
                reason,
                WarRoomText.WithoutButtons($"{plan.Value} (closed from Mattermost by {plan.Who})"),
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    // Quoted line by line: no line of the text passes for the head or the footer.
    private string TextOf(ControlPlan plan, HandledMessage message)
    {
        var hasText = plan.Command is ChatCommand.Note or ChatCommand.Close;
        var head =
            $"**{plan.Who}** {(plan.Command == ChatCommand.Close ? "closes this incident" : plan.Done)} from Mattermost";
        var text = hasText
            ? $"{head}:\n{Markdown.Quote(plan.Value.Replace("\r\n", "\n").Replace('\r', '\n'))}\n"
            : head + ".";
        var permalink = BackLink.PermalinkOf(context.Mattermost.Bot.PublicUri, plan.Team, message.PostId);
        return WarRoomText.WithoutButtons($"{text}\n{BackLink.Line(permalink, WhatOf(plan))}");
    }

    private static string WhatOf(ControlPlan plan) => "command " + plan.Command.ToString().ToLowerInvariant();
}
