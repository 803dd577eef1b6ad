using System.Text.Json;
using MattermostXsoar.Sandbox.Hosting;
using MattermostXsoar.Sandbox.Xsoar.Model;
using MattermostXsoar.Sandbox.Xsoar.Wire;

namespace MattermostXsoar.Sandbox.Xsoar.Api;

/// <summary>Playbook tasks: complete in four ways, assign, set a due date, add a note, reopen.</summary>
internal static class TasksApi
{
    /// <summary>Separates the names and comments of several files in one field.</summary>
    private const string Separator = "%###%";

    public static void Map(RouteTable routes, XsoarWorld world)
    {
        routes.MapUpload(
            "POST",
            "/inv-playbook/task/complete",
            call => FormAsync(world, call, "fileComment", "fileName", "fileComment")
        );
        routes.MapUpload(
            "POST",
            "/v2/inv-playbook/task/complete",
            call => FormAsync(world, call, "taskComment", "fileNames", "fileComments")
        );
        routes.MapUpload("POST", "/v2/inv-playbook/task/form/submit", call => SubmitAsync(world, call));
        routes.Map(
            "POST",
            "/inv-playbook/task/complete/simple",
            call =>
            {
                var json = XsoarBody.Read(call);
                return Complete(
                    world,
                    json.Demand("invId"),
                    json.Demand("inTaskID"),
                    new TaskCompletion(json.Text("input") ?? "")
                    {
                        Comment = json.Text("comment") ?? "",
                        Version = json.Version(),
                        ArgumentsJson = json.Raw("args", "null"),
                        LoopArgumentsJson = Loop(json),
                    }
                );
            }
        );
        routes.Map(
            "POST",
            "/inv-playbook/task/assign",
            call => Change(world, call, static (json, _, task) => task.Assignee = json.Text("assignee") ?? "")
        );
        routes.Map(
            "POST",
            "/inv-playbook/task/due",
            call =>
                Change(
                    world,
                    call,
                    static (json, _, task) =>
                        task.DueNanoseconds = Instant.TryParse(json.Text("date"), out var due)
                            ? due
                            : throw XsoarException.BadRequest("date is missing")
                )
        );
        routes.Map(
            "POST",
            "/inv-playbook/task/note/add",
            call =>
                Change(
                    world,
                    call,
                    static (json, _, task) => (task.IsNote, task.Comment) = (true, json.Text("comment") ?? task.Comment)
                )
        );
        routes.Map(
            "POST",
            "/inv-playbook/task/uncomplete",
            call =>
                Change(
                    world,
                    call,
                    static (_, _, task) =>
                    {
                        if (task.State != "Completed")
                            throw XsoarException.BadRequest("Task is not completed");
                        (task.State, task.CompletedBy, task.CompletedNanoseconds, task.Input) = ("Waiting", "", 0, "");
                    }
                )
        );
    }

    public static Answer WorkPlan(XsoarWorld world, string investigationId) =>
        new(
            200,
            world.Read(() =>
            {
                world.Playbook(investigationId);
                return Json.Bytes(world.Investigation(investigationId), PlaybookJson.Write);
            })
        );

    private static Answer Change(
        XsoarWorld world,
        ApiCall call,
        Action<JsonElement, SandboxPlaybook, SandboxTask> change
    )
    {
        var json = XsoarBody.Read(call);
        var investigationId = json.Demand("invId");
        world.ChangeTask(
            investigationId,
            json.Demand("inTaskID"),
            json.Version(),
            (playbook, task) => change(json, playbook, task)
        );
        return WorkPlan(world, investigationId);
    }

    private static Answer Complete(XsoarWorld world, string investigationId, string taskId, TaskCompletion how)
    {
        try
        {
            world.CompleteTask(investigationId, taskId, how);
        }
        catch (XsoarException error)
            when (error.Id == XsoarException.TaskCompletedId && world.Behaviour.CompletedTaskAnswersOk)
        {
            return new Answer(200, JsonSerializer.SerializeToUtf8Bytes(new { error = error.Message }));
        }
        return WorkPlan(world, investigationId);
    }

    /// <summary>The arguments of the loop, if the completion has any or only conditions of one.</summary>
    private static string? Loop(JsonElement json) =>
        json.TryGetProperty("loopArgs", out var args)
        && args.ValueKind == JsonValueKind.Object
        && args.EnumerateObject().Any()
            ? args.GetRawText()
        : json.TryGetProperty("loopCondition", out var condition)
        && condition.ValueKind == JsonValueKind.Array
        && condition.GetArrayLength() > 0
            ? "{}"
        : null;

    private static async Task<UploadForm> ReadAsync(XsoarWorld world, ApiCall call, params string[] strictly)
    {
        var form =
            await UploadForm.ReadAsync(call.Http.Request, call.Aborted, hash: true)
            ?? throw XsoarException.BadRequest("request Content-Type isn't multipart/form-data");
        Demand(form, "investigationId");
        Demand(form, "taskId");
        if (!world.Behaviour.TaskFormsAreStrict)
            return form;
        foreach (var name in strictly)
            Demand(form, name);
        return form.Files.Count > 0 ? form : throw XsoarException.BadRequest("file is missing");
    }

    private static string Demand(UploadForm form, string name) =>
        form[name] is { Length: > 0 } value ? value : throw XsoarException.BadRequest($"{name} is missing");

    private static async ValueTask<Answer> FormAsync(
        XsoarWorld world,
        ApiCall call,
        string comment,
        string fileNames,
        string fileComments
    )
    {
        var form = await ReadAsync(
            world,
            call,
            comment == "fileComment" ? ["taskInput", "version", "fileComment"] : ["taskInput", "version"]
        );
        var input = form["taskInput"] ?? throw XsoarException.BadRequest("taskInput is missing");
        var answer = Complete(
            world,
            form["investigationId"]!,
            form["taskId"]!,
            new TaskCompletion(input) { Comment = form[comment] ?? "", Version = Version(form) }
        );
        Attach(world, form, Split(form[fileNames]), Split(form[fileComments]));
        return form.Files.Count > 0 ? WorkPlan(world, form["investigationId"]!) : answer;
    }

    private static async ValueTask<Answer> SubmitAsync(XsoarWorld world, ApiCall call)
    {
        var form = await ReadAsync(world, call);
        var answers =
            form["answers"] is { Length: > 0 } text && IsJson(text)
                ? text
                : throw XsoarException.BadRequest("answers is not JSON");
        var answer = Complete(
            world,
            form["investigationId"]!,
            form["taskId"]!,
            new TaskCompletion("") { AnswersJson = answers }
        );
        Attach(world, form, [], []);
        return answer;
    }

    private static void Attach(XsoarWorld world, UploadForm form, string[] names, string[] comments)
    {
        if (form.Files.Count == 0)
            return;
        var task = world.Task(form["investigationId"]!, form["taskId"]!);
        for (var i = 0; i < form.Files.Count; i++)
        {
            var name = i < names.Length && names[i].Length > 0 ? names[i] : form.Files[i].Name;
            world.AttachToTask(
                form["investigationId"]!,
                task,
                name,
                form.Files[i].Content,
                i < comments.Length ? comments[i] : ""
            );
        }
    }

    private static long? Version(UploadForm form) => long.TryParse(form["version"], out var version) ? version : null;

    private static string[] Split(string? text) => string.IsNullOrEmpty(text) ? [] : text.Split(Separator);

    private static bool IsJson(string text) => Json.TryParse(System.Text.Encoding.UTF8.GetBytes(text)) is not null;
}
