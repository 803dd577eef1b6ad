using System.Text.Json.Nodes;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Tests.Http;
using MattermostXsoar.Core.Xsoar;
using Xunit;

namespace MattermostXsoar.Core.Tests.Xsoar;

/// <summary>Playbook tasks are read, completed and assigned (xsoar-rest.md, section 7).</summary>
public sealed class XsoarTasksTests
{
    private const string Question = """
        {"id":"43","taskId":"guid","type":"condition","state":"Waiting","assignee":"jane","dueDate":"0001-01-01T00:00:00Z",
         "task":{"name":"Block the user?","description":"…","tags":["approve"]},
         "nextTasks":{"Yes":["44"],"No":null},"parentPlaybookID":"","completedBy":"","comments":false}
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static LoopbackAnswer Missing => new LoopbackAnswer { Status = 303 }.With("Location", "/login");

    [Fact]
    public async Task Open_tasks_are_listed_by_state()
    {
        await using var server = new LoopbackServer(LoopbackAnswer.Json($"[{Question}]"));
        using var client = TestClients.Xsoar(server.Uri);

        var task = Assert.Single(await client.Tasks.ListAsync("1234", cancellationToken: Token));

        Assert.Equal(
            ("43", "Block the user?", "Waiting", "jane", null),
            (task.Id, task.Name, task.State, task.Assignee, task.DueDate)
        );
        Assert.Equal(["No", "Yes"], task.NextTasks!.Keys.Order());
        var request = Assert.Single(server.Requests);
        Assert.Equal("/investigation/1234/workplan/tasks", request.Target);
        Assert.Equal(
            ["Waiting", "InProgress", "Error"],
            JsonNode.Parse(request.Body)!["states"]!.AsArray().Select(state => (string?)state)
        );
    }

    [Fact]
    public async Task Where_the_list_is_not_offered_the_work_plan_is_read()
    {
        await using var server = new LoopbackServer(request =>
            request.Method == "GET"
                ? LoopbackAnswer.Json(
                    """{"invPlaybook":{"id":"1234","tasks":{"43":QUESTION,"44":{"id":"44","state":"New"}}}}""".Replace(
                        "QUESTION",
                        Question
                    )
                )
                : Missing
        );
        using var client = TestClients.Xsoar(server.Uri);

        Assert.Equal("43", Assert.Single(await client.Tasks.ListAsync("1234", cancellationToken: Token)).Id);
    }

    [Fact]
    public async Task Tasks_of_a_user_are_queried_by_a_name_that_cannot_add_conditions()
    {
        await using var server = new LoopbackServer(
            LoopbackAnswer.Json(
                """{"data":[{"invId":"21","invName":"nnn","task":QUESTION}],"total":1}""".Replace("QUESTION", Question)
            )
        );
        using var client = TestClients.Xsoar(server.Uri);

        var page = await client.Tasks.ListOfUserAsync("""j" or state:Completed or "\""", 0, 50, Token);

        var found = Assert.Single(page.Data);
        Assert.Equal(("21", "nnn", "43"), (found.InvestigationId, found.InvestigationName, found.Task!.Id));
        Assert.Equal(
            """assignee:"j\" or state:Completed or \"\\" and (state:Waiting or state:InProgress or state:Error)""",
            (string?)JsonNode.Parse(Assert.Single(server.Requests).Body)!["query"]
        );
    }

    [Fact]
    public async Task A_task_is_completed_with_its_answer_whatever_version_the_work_plan_has()
    {
        await using var server = new LoopbackServer(LoopbackAnswer.Json("""{"id":"1234","tasks":{}}"""));
        using var client = TestClients.Xsoar(server.Uri);

        Assert.Equal(TaskOutcome.Completed, await client.Tasks.CompleteAsync("1234", "43", "Yes", "by Jane", Token));

        var request = Assert.Single(server.Requests);
        Assert.Equal("/inv-playbook/task/complete/simple", request.Target);
        Assert.True(
            JsonNode.DeepEquals(
                JsonNode.Parse("""{"invId":"1234","inTaskID":"43","input":"Yes","comment":"by Jane","version":-1}"""),
                JsonNode.Parse(request.Body)
            )
        );
    }

    [Fact]
    public async Task Where_the_simple_route_is_missing_the_form_is_sent()
    {
        await using var server = new LoopbackServer(request =>
            request.Target.EndsWith("/simple", StringComparison.Ordinal)
                ? Missing
                : LoopbackAnswer.Json("""{"id":"1234","tasks":{}}""")
        );
        using var client = TestClients.Xsoar(server.Uri);

        await client.Tasks.CompleteAsync("1234", "43", "Yes", "by Jane", Token);

        var request = server.Requests[^1];
        Assert.Equal("/inv-playbook/task/complete", request.Target);
        foreach (
            var field in new[]
            {
                "investigationId\"\r\n\r\n1234\r\n",
                "taskId\"\r\n\r\n43\r\n",
                "taskInput\"\r\n\r\nYes\r\n",
            }
        )
            Assert.Contains(field, request.Body, StringComparison.Ordinal);
        Assert.EndsWith("--\r\n", request.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"error":"Task is completed already"}""", 200)]
    [InlineData(
        """{"id":"taskCompleted","status":400,"title":"Bad request","detail":"Task is completed already"}""",
        400
    )]
    public async Task Completed_before_counts_as_done(string answer, int status)
    {
        await using var server = new LoopbackServer(LoopbackAnswer.Json(answer, status));
        using var client = TestClients.Xsoar(server.Uri);

        Assert.Equal(TaskOutcome.AlreadyCompleted, await client.Tasks.CompleteAsync("1234", "43", "Yes", "", Token));
    }

    [Fact]
    public async Task Another_error_within_a_success_is_an_error()
    {
        await using var server = new LoopbackServer(
            LoopbackAnswer.Json("""{"error":"Input maybe is not an option of task 43"}""")
        );
        using var client = TestClients.Xsoar(server.Uri);

        var error = await Assert.ThrowsAsync<ApiException>(() =>
            client.Tasks.CompleteAsync("1234", "43", "maybe", "", Token)
        );

        Assert.Equal(
            (ErrorIds.InvalidRequest, "Input maybe is not an option of task 43"),
            (error.ErrorId, error.ServerWords?.Trim('"', '“', '”', '.'))
        );
    }

    [Fact]
    public async Task A_task_is_assigned()
    {
        await using var server = new LoopbackServer(LoopbackAnswer.Json("""{"id":"1234","tasks":{}}"""));
        using var client = TestClients.Xsoar(server.Uri);

        await client.Tasks.AssignAsync("1234", "43", "jane", Token);

        var request = Assert.Single(server.Requests);
        Assert.Equal("/inv-playbook/task/assign", request.Target);
        Assert.Equal("jane", (string?)JsonNode.Parse(request.Body)!["assignee"]);
    }
}
