using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mirroring.Engine;
using MattermostXsoar.Core.State;
using MattermostXsoar.Core.Xsoar;
using MattermostXsoar.Core.Xsoar.Models;

namespace MattermostXsoar.Core.People.Chat;

/// <summary>Answers what a user of XSOAR asks for without changing anything in XSOAR: lists, and a mirror.</summary>
internal sealed class ChatReading(MirrorContext context, ChatSettings settings)
{
    private const int PageSize = 10;

    // Where the server does not list the tasks of a user, those of so many incidents are looked through.
    private const int MostIncidents = 50;

    public Task<string> AnswerAsync(
        BotRequest request,
        XsoarUser account,
        HandledMessage message,
        CancellationToken cancellationToken
    ) =>
        request.Kind switch
        {
            BotRequestKind.ListMyTasks => TasksAsync(account, request.Page, cancellationToken),
            BotRequestKind.Mirror => MirrorAsync(request.Text, account, message, cancellationToken),
            BotRequestKind.ListMyIncidents => IncidentsAsync(
                $"-status:closed and -category:job and owner:{XsoarQuery.Quote(account.Username)}",
                "list my incidents",
                account,
                request.Page,
                message.IsDirect,
                cancellationToken
            ),
            BotRequestKind.ListClosedIncidents => IncidentsAsync(
                "status:closed and -category:job",
                "list closed incidents",
                account,
                request.Page,
                message.IsDirect,
                cancellationToken
            ),
            _ => IncidentsAsync(
                "-status:closed and -category:job",
                "list incidents",
                account,
                request.Page,
                message.IsDirect,
                cancellationToken
            ),
        };

    private async Task<string> IncidentsAsync(
        string query,
        string command,
        XsoarUser account,
        int page,
        bool isDirect,
        CancellationToken cancellationToken
    )
    {
        var found = await context
            .Xsoar.Client.SearchIncidentsAsync(
                new IncidentQuery
                {
                    Query = query,
                    NewestFirst = true,
                    Page = page - 1,
                    Size = PageSize,
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        // The key may see more than the person; and what not everybody in XSOAR may see is not for a whole channel.
        var shown = found
            .Data.Where(incident => incident.IsVisibleTo(account) && (isDirect || incident.Roles.Count == 0))
            .ToList();
        return Page(
            found.Total,
            page,
            command,
            ChatReplies.NoIncidents,
            shown.Count == 0 ? null : ChatTables.Incidents(shown, context.Xsoar.LinkTo)
        );
    }

    private async Task<string> TasksAsync(XsoarUser account, int page, CancellationToken cancellationToken)
    {
        try
        {
            var found = await context
                .Xsoar.Client.Tasks.ListOfUserAsync(account.Username, page - 1, PageSize, cancellationToken)
                .ConfigureAwait(false);
            // Whether the server takes the query is not known: it must not be somebody else's.
            return TasksPage(
                [.. found.Data.Where(task => IsOf(task, account))],
                Math.Max(found.Total, found.Data.Count),
                page
            );
        }
        catch (ApiException error)
            when (error is { OutcomeUnknown: false, ErrorId: ErrorIds.WrongHost or ErrorIds.InvalidRequest })
        {
            var all = await LookThroughAsync(account, cancellationToken).ConfigureAwait(false);
            return TasksPage([.. all.Skip((page - 1) * PageSize).Take(PageSize)], all.Count, page);
        }
    }

    private async Task<List<XsoarIncidentTask>> LookThroughAsync(XsoarUser account, CancellationToken cancellationToken)
    {
        var incidents = await context
            .Xsoar.Client.SearchIncidentsAsync(
                new IncidentQuery
                {
                    Query = $"-status:closed and owner:{XsoarQuery.Quote(account.Username)}",
                    NewestFirst = true,
                    Size = MostIncidents,
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        var tasks = new List<XsoarIncidentTask>();
        foreach (var incident in incidents.Data.Where(incident => incident.InvestigationId.Length > 0))
        {
            var found = await context
                .Xsoar.Client.Tasks.ListAsync(incident.InvestigationId, cancellationToken: cancellationToken)
                .ConfigureAwait(false);
            tasks.AddRange(
                found.Select(task => new XsoarIncidentTask
                {
                    InvestigationId = incident.Id,
                    InvestigationName = incident.Name,
                    Task = task,
                })
            );
        }

        return
        [
            .. tasks.Where(task => IsOf(task, account)).OrderBy(task => task.Task!.DueDate ?? DateTimeOffset.MaxValue),
        ];
    }

    private static bool IsOf(XsoarIncidentTask task, XsoarUser account) =>
        string.Equals(task.Task!.Assignee, account.Username, StringComparison.OrdinalIgnoreCase);

    private string TasksPage(IReadOnlyList<XsoarIncidentTask> shown, int total, int page) =>
        Page(
            total,
            page,
            "list my tasks",
            ChatReplies.NoTasks,
            shown.Count == 0 ? null : ChatTables.Tasks(shown, settings.WorkPlanLink)
        );

    private static string Page(int total, int page, string command, string nothing, string? table)
    {
        var pages = (total + PageSize - 1) / PageSize;
        return pages == 0 || (table is null && page <= pages) ? nothing
            : page > pages ? ChatReplies.NoPage(page, pages)
            : page < pages ? table + "\n" + ChatReplies.NextPage(command, page, pages)
            : table!;
    }

    private async Task<string> MirrorAsync(
        string id,
        XsoarUser account,
        HandledMessage message,
        CancellationToken cancellationToken
    )
    {
        var found = await context
            .Xsoar.Client.SearchIncidentsAsync(new IncidentQuery { Ids = [id], Size = 1 }, cancellationToken)
            .ConfigureAwait(false);
        if (
            found.Data.FirstOrDefault(incident => incident.Id == id) is not { } incident
            || !incident.IsVisibleTo(account)
        )
            return ChatReplies.NoIncident(id);
        if (incident.IsClosed)
            return ChatReplies.IsClosed(id);
        try
        {
            if (incident.InvestigationId.Length == 0)
                await context
                    .Xsoar.Client.Incidents.OpenAsync(id, incident.Version, cancellationToken)
                    .ConfigureAwait(false);
            var mirror = await settings.StartMirror(id, cancellationToken).ConfigureAwait(false);
            await context
                .Mattermost.Personal.Channels.AddMemberAsync(mirror.ChannelId, message.UserId, cancellationToken)
                .ConfigureAwait(false);
            return ChatReplies.Mirrored(mirror.Type.ToString().ToLowerInvariant(), mirror.ChannelName);
        }
        catch (MattermostXsoarException error)
            when (error.Kind
                    is ErrorKind.Permission
                        or ErrorKind.NotFound
                        or ErrorKind.InvalidArgument
                        or ErrorKind.InvalidOperation
                        or ErrorKind.Exists
            )
        {
            return $"{ChatReplies.Failed}\n{error.Message}";
        }
    }
}
