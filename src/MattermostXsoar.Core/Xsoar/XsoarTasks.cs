using System.Text.Json;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Http;
using MattermostXsoar.Core.Platform;
using MattermostXsoar.Core.Xsoar.Models;

namespace MattermostXsoar.Core.Xsoar;

/// <summary>The tasks of playbooks.</summary>
internal sealed class XsoarTasks
{
    private static readonly string[] OpenStates = ["Waiting", "InProgress", "Error"];
    private static readonly string[] AllTypes = ["regular", "condition", "collection", "playbook"];

    private readonly XsoarRoutes _routes;

    public XsoarTasks(XsoarRoutes routes) => _routes = routes;

    /// <summary>The tasks of an investigation that wait for somebody; all of them if wanted.</summary>
    public async Task<IReadOnlyList<XsoarTask>> ListAsync(
        string investigationId,
        bool all = false,
        CancellationToken cancellationToken = default
    )
    {
        IReadOnlyList<string> states = all ? [.. OpenStates, "New", "Completed", "Skipped", "Blocked"] : OpenStates;
        var path = $"/investigation/{Uri.EscapeDataString(investigationId)}/workplan";
        try
        {
            var request = Request("workplan/tasks", path + "/tasks", investigationId) with
            {
                Body = JsonSerializer.SerializeToUtf8Bytes(
                    new TaskSearch { States = states, Types = AllTypes },
                    XsoarJson.Default.TaskSearch
                ),
                Effect = RequestEffect.Read,
                Answer = AnswerSize.List,
            };
            return await _routes
                .SendAsync(request, XsoarJson.Default.ListXsoarTask, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (ApiException error) when (error.ErrorId == ErrorIds.WrongHost && !error.OutcomeUnknown)
        {
            // The route is not there for this key: the work plan as a whole has the same tasks.
            var plan = await _routes
                .SendAsync(
                    Request("workplan", path, investigationId, HttpMethod.Get) with
                    {
                        Answer = AnswerSize.List,
                    },
                    XsoarJson.Default.WorkPlan,
                    cancellationToken
                )
                .ConfigureAwait(false);
            return
            [
                .. (plan.Playbook ?? plan).Tasks.Values.Where(task =>
                    states.Contains(task.State, StringComparer.OrdinalIgnoreCase)
                ),
            ];
        }
    }

    /// <summary>The open tasks of a user in all work plans, those that are due first at the beginning.</summary>
    /// <exception cref="ApiException">Among others WrongHost, where the server does not offer it to keys.</exception>
    public async Task<IncidentTaskPage> ListOfUserAsync(
        string username,
        int page,
        int size,
        CancellationToken cancellationToken
    )
    {
        var query = new WidgetQuery
        {
            Query = $"assignee:{XsoarQuery.Quote(username)} and (state:Waiting or state:InProgress or state:Error)",
            Page = page,
            Size = size,
        };
        var request = Request("widgets/query", "/statistics/widgets/query", null) with
        {
            Body = JsonSerializer.SerializeToUtf8Bytes(query, XsoarJson.Default.WidgetQuery),
            Effect = RequestEffect.Read,
            Answer = AnswerSize.List,
        };
        return await _routes
            .SendAsync(request, XsoarJson.Default.IncidentTaskPage, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>
    /// Completes a task. The request is not repeated when its outcome is unknown; completing a task again does nothing.
    /// </summary>
    /// <param name="investigationId">The investigation.</param>
    /// <param name="taskId">The task's number in the work plan.</param>
    /// <param name="input">The answer; of a condition the label of a branch, exactly as in the playbook.</param>
    /// <param name="comment">A comment, such as who answered.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<TaskOutcome> CompleteAsync(
        string investigationId,
        string taskId,
        string input,
        string comment,
        CancellationToken cancellationToken
    )
    {
        try
        {
            ApiResponse response;
            try
            {
                response = await _routes
                    .SendAsync(Simple(investigationId, taskId, input, comment), cancellationToken)
                    .ConfigureAwait(false);
            }
            catch (ApiException error) when (error.ErrorId == ErrorIds.WrongHost && !error.OutcomeUnknown)
            {
                // Only described, never seen in use: where it is missing there is the older route, which takes a form.
                response = await _routes
                    .SendAsync(Form(investigationId, taskId, input, comment), cancellationToken)
                    .ConfigureAwait(false);
            }

            // Some versions answer 200 with an error.
            if (ErrorOf(response) is not { } words)
                return TaskOutcome.Completed;
            throw new ApiException(
                ErrorIds.InvalidRequest,
                ErrorKind.InvalidArgument,
                $"XSOAR does not complete task {taskId} of investigation '{investigationId}': {words}",
                "Check the task's number and the answers that it takes in the work plan."
            )
            {
                StatusCode = response.Status,
                ServerWords = words,
            };
        }
        catch (ApiException error) when (XsoarConflict.IsCompleted(error))
        {
            return TaskOutcome.AlreadyCompleted;
        }
    }

    /// <summary>Assigns a task to a user; doing it twice changes nothing.</summary>
    public Task AssignAsync(string investigationId, string taskId, string username, CancellationToken cancellationToken)
    {
        var assignment = new TaskAssignment
        {
            InvId = investigationId,
            TaskId = taskId,
            Assignee = username,
        };
        var request = Request("task/assign", "/inv-playbook/task/assign", investigationId) with
        {
            Body = JsonSerializer.SerializeToUtf8Bytes(assignment, XsoarJson.Default.TaskAssignment),
        };
        return _routes.SendAsync(request, cancellationToken);
    }

    private static XsoarRequest Simple(string investigationId, string taskId, string input, string comment) =>
        Request("task/complete/simple", "/inv-playbook/task/complete/simple", investigationId) with
        {
            Body = JsonSerializer.SerializeToUtf8Bytes(
                new TaskCompletion
                {
                    InvId = investigationId,
                    TaskId = taskId,
                    Input = input,
                    Comment = comment,
                },
                XsoarJson.Default.TaskCompletion
            ),
        };

    private static XsoarRequest Form(string investigationId, string taskId, string input, string comment) =>
        Request("task/complete", "/inv-playbook/task/complete", investigationId) with
        {
            Upload = UploadBody.Fields([
                new("investigationId", investigationId),
                new("taskId", taskId),
                new("taskInput", input),
                new("fileComment", comment),
                new("version", "-1"),
            ]),
        };

    private string? ErrorOf(ApiResponse response)
    {
        try
        {
            using var document = JsonDocument.Parse(response.Body);
            return
                document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("error", out var error)
                && error.TextOrEmpty() is { Length: > 0 } words
                ? _routes.Text.Quote(words)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static XsoarRequest Request(
        string route,
        string path,
        string? investigationId,
        HttpMethod? method = null
    ) =>
        new(route, method ?? HttpMethod.Post, path)
        {
            Kind = investigationId is null ? ResourceKind.None : ResourceKind.Investigation,
            Subject = investigationId,
        };
}
