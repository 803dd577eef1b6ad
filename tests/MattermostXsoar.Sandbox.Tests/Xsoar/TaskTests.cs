using MattermostXsoar.Sandbox.Xsoar;
using MattermostXsoar.Sandbox.Xsoar.Model;

namespace MattermostXsoar.Sandbox.Tests.Xsoar;

public sealed class TaskTests
{
    [Theory]
    [InlineData("simple")]
    [InlineData("/inv-playbook/task/complete")]
    [InlineData("/v2/inv-playbook/task/complete")]
    [InlineData("!taskComplete")]
    public async Task A_question_is_answered_and_its_branch_continues(string way)
    {
        await using var scene = await StartAsync();
        var reply = way switch
        {
            "simple" => await scene.PostAsync(
                "/inv-playbook/task/complete/simple",
                new
                {
                    invId = "1",
                    inTaskID = "43",
                    input = "Yes",
                    comment = "by Jane",
                    version = -1,
                    args = new { a = "b" },
                    conditions = Array.Empty<object>(),
                    loopArgs = new { },
                    loopCondition = Array.Empty<object>(),
                }
            ),
            "!taskComplete" => await scene.PostAsync(
                "/entry/execute/sync",
                new
                {
                    investigationId = "2",
                    data = "!taskComplete id=approve incidentId=1 input=\"Yes\" comment=\"by Jane\"",
                }
            ),
            _ => await scene.FormAsync(
                way,
                ("investigationId", "1"),
                ("taskId", "43"),
                ("taskInput", "Yes"),
                (way[1] == 'v' ? "taskComment" : "fileComment", "by Jane"),
                ("version", "-1")
            ),
        };
        Assert.Equal(200, reply.Status);
        var task = scene.World.Task("1", "43");
        Assert.Equal(
            ("Completed", "Yes", "by Jane", "admin"),
            (task.State, task.Input, task.Comment, task.CompletedBy)
        );
        Assert.Equal(("Waiting", "New"), (scene.World.Task("1", "44").State, scene.World.Task("1", "45").State));
        Assert.Contains(
            scene.World.Entries("1"),
            static it => it.Category == "playbookTaskStartAndDone" && it.TaskName == "Block the user?"
        );
    }

    [Theory]
    [InlineData(false, 400)]
    [InlineData(true, 200)]
    public async Task A_second_answer_is_refused_in_one_of_two_ways(bool ok, int status)
    {
        await using var scene = await StartAsync(new XsoarBehaviour { CompletedTaskAnswersOk = ok });
        await scene.PostAsync(
            "/inv-playbook/task/complete/simple",
            new
            {
                invId = "1",
                inTaskID = "43",
                input = "Yes",
                version = -1,
            }
        );
        var simple = await scene.PostAsync(
            "/inv-playbook/task/complete/simple",
            new
            {
                invId = "1",
                inTaskID = "43",
                input = "No",
                version = -1,
            }
        );
        var form = await scene.FormAsync(
            "/inv-playbook/task/complete",
            ("investigationId", "1"),
            ("taskId", "43"),
            ("taskInput", "No")
        );
        Assert.Equal((status, status), (simple.Status, form.Status));
        Assert.Equal(("Task is completed already", "Task is completed already"), (simple["error"], form["error"]));
        Assert.Equal("Yes", scene.World.Task("1", "43").Input);
    }

    [Fact]
    public async Task A_wrong_branch_task_investigation_or_version_is_refused()
    {
        await using var scene = await StartAsync();
        foreach (
            var body in new object[]
            {
                new
                {
                    invId = "1",
                    inTaskID = "43",
                    input = "Maybe",
                    version = -1,
                },
                new
                {
                    invId = "1",
                    inTaskID = "99",
                    input = "Yes",
                    version = -1,
                },
                new
                {
                    invId = "99",
                    inTaskID = "43",
                    input = "Yes",
                    version = -1,
                },
                new
                {
                    invId = "2",
                    inTaskID = "43",
                    input = "Yes",
                    version = -1,
                },
                new
                {
                    invId = "1",
                    inTaskID = "43",
                    input = "Yes",
                    version = 99,
                },
            }
        )
        {
            Assert.Equal(400, (await scene.PostAsync("/inv-playbook/task/complete/simple", body)).Status);
        }
        Assert.Equal(
            400,
            (
                await scene.PostAsync(
                    "/inv-playbook/task/complete",
                    new
                    {
                        investigationId = "1",
                        taskId = "43",
                        taskInput = "Yes",
                    }
                )
            ).Status
        );
        Assert.Equal("Waiting", scene.World.Task("1", "43").State);
        scene.World.Close("1");
        Assert.Equal(
            412,
            (
                await scene.PostAsync(
                    "/inv-playbook/task/complete/simple",
                    new
                    {
                        invId = "1",
                        inTaskID = "43",
                        input = "Yes",
                        version = -1,
                    }
                )
            ).Status
        );
    }

    [Fact]
    public async Task Several_files_are_sent_with_their_names_and_comments()
    {
        await using var scene = await StartAsync();
        var reply = await scene.FormAsync(
            "/v2/inv-playbook/task/complete",
            ("investigationId", "1"),
            ("taskId", "43"),
            ("taskInput", "No"),
            ("taskComment", "see files"),
            ("version", "-1"),
            ("file/blob1", "one"u8.ToArray()),
            ("file/blob2", "two"u8.ToArray()),
            ("fileNames", "a.txt%###%b.txt"),
            ("fileComments", "first%###%second")
        );
        Assert.Equal(200, reply.Status);
        var files = scene.World.Entries("1").Where(static it => it.File.Length > 0).ToList();
        Assert.Equal(
            [("a.txt", "first", "43"), ("b.txt", "second", "43")],
            files.Select(static it => (it.File, it.Contents, it.TaskId))
        );
        Assert.Equal("two"u8.ToArray(), files[1].FileContent.ToArray());
        Assert.Equal(3, reply.Json.GetProperty("tasks").GetProperty("43").GetProperty("entries").GetArrayLength());
    }

    [Fact]
    public async Task A_loop_is_given_its_arguments()
    {
        await using var scene = await StartAsync();
        var reply = await scene.PostAsync(
            "/inv-playbook/task/complete/simple",
            new
            {
                invId = "1",
                inTaskID = "44",
                input = "",
                version = -1,
                args = new { url = new { simple = "x" } },
                loopArgs = new { item = new { simple = "a,b" } },
            }
        );
        var task = reply.Json.GetProperty("tasks").GetProperty("44");
        Assert.Equal(
            "a,b",
            task.GetProperty("loop")
                .GetProperty("scriptArguments")
                .GetProperty("item")
                .GetProperty("simple")
                .GetString()
        );
        Assert.Equal("x", task.GetProperty("arguments").GetProperty("url").GetProperty("simple").GetString());
    }

    [Fact]
    public async Task A_data_collection_takes_its_answers()
    {
        await using var scene = await StartAsync();
        scene.World.AddTask(
            "1",
            new SandboxTask
            {
                Id = "50",
                Name = "Ask Jane",
                Type = "collection",
            }
        );
        Assert.Equal(
            400,
            (
                await scene.FormAsync(
                    "/v2/inv-playbook/task/form/submit",
                    ("investigationId", "1"),
                    ("taskId", "50"),
                    ("answers", "no json")
                )
            ).Status
        );
        Assert.Equal(
            200,
            (
                await scene.FormAsync(
                    "/v2/inv-playbook/task/form/submit",
                    ("investigationId", "1"),
                    ("taskId", "50"),
                    ("answers", """{"0":"Yes"}""")
                )
            ).Status
        );
        Assert.Equal("""{"0":"Yes"}""", scene.World.Task("1", "50").AnswersJson);
    }

    [Fact]
    public async Task Tasks_are_listed_by_state_and_type_and_over_all_incidents_by_assignee()
    {
        await using var scene = await StartAsync();
        scene.World.AddTask(
            "2",
            new SandboxTask
            {
                Id = "1",
                Name = "Look",
                Assignee = "jane",
            }
        );
        await scene.PostAsync(
            "/inv-playbook/task/assign",
            new
            {
                invId = "1",
                inTaskID = "43",
                assignee = "jane",
                version = -1,
            }
        );
        await scene.PostAsync(
            "/inv-playbook/task/due",
            new
            {
                invId = "1",
                inTaskID = "43",
                date = "2030-01-01T00:00:00Z",
                version = -1,
            }
        );

        var waiting = await scene.PostAsync(
            "/investigation/1/workplan/tasks",
            new { states = new[] { "Waiting", "InProgress" }, types = new[] { "condition" } }
        );
        var task = Assert.Single(waiting.Json.EnumerateArray());
        Assert.Equal(("43", "jane"), (task.GetProperty("id").GetString(), task.GetProperty("assignee").GetString()));
        Assert.StartsWith("2030-01-01", task.GetProperty("dueDate").GetString(), StringComparison.Ordinal);
        Assert.Equal("[]", (await scene.PostAsync("/investigation/3/workplan/tasks", new { })).Text);
        Assert.Equal("waiting", (await scene.GetAsync("/inv-playbook/1"))["state"]);
        Assert.Equal(400, (await scene.GetAsync("/inv-playbook/3")).Status);

        var mine = await scene.PostAsync(
            "/statistics/widgets/query",
            new
            {
                dataType = "tasks",
                query = "assignee:\"jane\" and (state:Waiting or state:inprogress or state:error)",
                size = 10,
            }
        );
        Assert.Equal(
            ["2", "1"],
            mine.Json.GetProperty("data").EnumerateArray().Select(static it => it.GetProperty("invId").GetString())
        );
    }

    [Fact]
    public async Task A_playbook_is_done_when_its_tasks_are()
    {
        await using var scene = await XsoarScene.StartAsync();
        scene.World.AddQuestion("1", "1", "Sure?", "Yes", "No");
        var done = await scene.PostAsync(
            "/inv-playbook/task/complete/simple",
            new
            {
                invId = "1",
                inTaskID = "1",
                input = "No",
                version = -1,
            }
        );
        Assert.Equal("completed", done["state"]);
        Assert.Equal("completed", (await scene.GetAsync("/incident/load/1"))["runStatus"]);
        var again = await scene.PostAsync(
            "/inv-playbook/task/uncomplete",
            new
            {
                invId = "1",
                inTaskID = "1",
                version = -1,
            }
        );
        Assert.Equal("waiting", again["state"]);
    }

    private static async Task<XsoarScene> StartAsync(XsoarBehaviour? behaviour = null)
    {
        var scene = await XsoarScene.StartAsync(behaviour);
        scene.World.AddTask(
            "1",
            new SandboxTask
            {
                Id = "43",
                Name = "Block the user?",
                Type = "condition",
                Tags = ["approve"],
                NextTasks = new Dictionary<string, IReadOnlyList<string>> { ["Yes"] = ["44"], ["No"] = ["45"] },
            }
        );
        scene.World.AddTask(
            "1",
            new SandboxTask
            {
                Id = "44",
                Name = "Block",
                State = "New",
            }
        );
        scene.World.AddTask(
            "1",
            new SandboxTask
            {
                Id = "45",
                Name = "Do not block",
                State = "New",
            }
        );
        return scene;
    }
}
