using MattermostXsoar.Sandbox.Hosting;
using MattermostXsoar.Sandbox.Xsoar.Model;

namespace MattermostXsoar.Sandbox.Xsoar;

public sealed partial class XsoarWorld
{
    /// <summary>The label of what follows a task without branches.</summary>
    internal const string NoBranch = "#none#";

    /// <summary>Starts an empty playbook in an investigation, in place of one that ran there.</summary>
    public SandboxPlaybook StartPlaybook(string investigationId, string name = "Playbook") =>
        Locked(() =>
        {
            var investigation = Open(investigationId);
            investigation.PlaybookId = name;
            return investigation.Playbook = new SandboxPlaybook
            {
                Name = name,
                StartNanoseconds = Now(),
                ModifiedNanoseconds = Now(),
            };
        });

    /// <summary>Adds a task to the playbook of an investigation, which is started if none runs.</summary>
    public SandboxTask AddTask(string investigationId, SandboxTask task) =>
        Locked(() =>
        {
            var playbook = Open(investigationId).Playbook ?? StartPlaybook(investigationId);
            task.StartNanoseconds = task.State == "New" ? 0 : Now();
            playbook.ById.Add(task.Id, task);
            Changed(playbook);
            return task;
        });

    /// <summary>Adds a condition that waits for one of two or more answers.</summary>
    public SandboxTask AddQuestion(
        string investigationId,
        string taskId,
        string name,
        params IReadOnlyList<string> answers
    ) =>
        AddTask(
            investigationId,
            new SandboxTask
            {
                Id = taskId,
                Name = name,
                Type = "condition",
                NextTasks = answers.ToDictionary(static it => it, static _ => (IReadOnlyList<string>)[]),
            }
        );

    /// <summary>The task with this number or tag.</summary>
    public SandboxTask Task(string investigationId, string idOrTag) =>
        Read(() =>
            Playbook(investigationId).ById.GetValueOrDefault(idOrTag)
            ?? Playbook(investigationId).ById.Values.FirstOrDefault(it => it.Tags.Contains(idOrTag))
            ?? throw XsoarException.BadRequest($"Could not find task {idOrTag} in investigation {investigationId}")
        );

    internal SandboxPlaybook Playbook(string investigationId) =>
        Read(() =>
            Investigation(investigationId).Playbook
            ?? throw XsoarException.BadRequest($"Could not find playbook of investigation {investigationId}")
        );

    /// <summary>Completes a task and starts those that follow.</summary>
    internal SandboxTask CompleteTask(string investigationId, string idOrTag, TaskCompletion how) =>
        ChangeTask(
            investigationId,
            idOrTag,
            how.Version,
            (playbook, task) =>
            {
                if (task.State is "Completed" or "Skipped")
                    throw XsoarException.TaskCompleted();
                if (task.Type == "condition" && task.NextTasks.Count > 0 && !task.NextTasks.ContainsKey(how.Input))
                    throw XsoarException.BadRequest($"Input {how.Input} is not an option of task {task.Id}");
                (task.State, task.Input, task.Comment, task.CompletedBy) = (
                    "Completed",
                    how.Input,
                    how.Comment,
                    ApiUser
                );
                task.CompletedNanoseconds = Now();
                task.CompletedCount++;
                task.ArgumentsJson = how.ArgumentsJson;
                task.LoopArgumentsJson = how.LoopArgumentsJson ?? task.LoopArgumentsJson;
                task.AnswersJson = how.AnswersJson ?? task.AnswersJson;
                foreach (
                    var next in task.NextTasks.GetValueOrDefault(task.Type == "condition" ? how.Input : NoBranch) ?? []
                )
                {
                    if (playbook.ById.GetValueOrDefault(next) is { State: "New" } follower)
                        (follower.State, follower.StartNanoseconds) = ("Waiting", Now());
                }
                var words =
                    how.Comment.Length > 0 ? $"Task {task.Id} completed: {how.Comment}" : $"Task {task.Id} completed";
                task.EntryIds.Add(
                    AddEntry(investigationId, "", words, "playbookTaskStartAndDone", taskName: task.Name).Id
                );
            }
        );

    internal SandboxTask ChangeTask(
        string investigationId,
        string idOrTag,
        long? version,
        Action<SandboxPlaybook, SandboxTask> change
    ) =>
        Locked(() =>
        {
            Open(investigationId);
            var playbook = Playbook(investigationId);
            var task = Task(investigationId, idOrTag);
            CheckVersion(playbook.Version, version);
            change(playbook, task);
            playbook.Version++;
            Changed(playbook);
            return task;
        });

    internal void AttachToTask(
        string investigationId,
        SandboxTask task,
        string fileName,
        StoredContent content,
        string comment
    ) =>
        Locked(() =>
        {
            task.EntryIds.Add(
                AddFileCore(
                    investigationId,
                    ApiAuthor,
                    fileName,
                    content,
                    comment,
                    false,
                    [],
                    3,
                    Behaviour.UploadCategory,
                    task.Id,
                    task.Name
                ).Id
            );
            return task;
        });

    private void Changed(SandboxPlaybook playbook)
    {
        playbook.ModifiedNanoseconds = Now();
        var states = playbook.ById.Values.Select(static it => it.State).ToList();
        playbook.State =
            states.TrueForAll(static it => it is "Completed" or "Skipped") ? "completed"
            : states.Contains("Waiting") ? "waiting"
            : "inprogress";
    }
}
