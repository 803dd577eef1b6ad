using MattermostXsoar.Sandbox.Xsoar.Model;
using MattermostXsoar.Sandbox.Xsoar.Wire;

namespace MattermostXsoar.Sandbox.Xsoar.Commands;

/// <summary>The server's own commands that clients send.</summary>
internal static class BuiltInCommands
{
    public static CommandResult Run(XsoarWorld world, string investigationId, CommandLine command) =>
        command.Name.ToLowerInvariant() switch
        {
            "print" => new CommandResult(command["value"]),
            "reopeninvestigation" => Reopen(world, command["id"]),
            "closeinvestigation" => Close(world, command["id"] is { Length: > 0 } id ? id : investigationId, command),
            "taskcomplete" => CompleteTask(
                world,
                command["incidentId"] is { Length: > 0 } id ? id : investigationId,
                command
            ),
            "markasnote" => MarkAsNote(world, command),
            "addentitlement" => AddEntitlement(world, investigationId, command),
            "getusers" => new CommandResult(
                System.Text.Encoding.UTF8.GetString(Json.Array(world.Users, UserJson.Write)),
                IsJson: true
            ),
            _ => throw XsoarException.BadRequest($"Command '{command.Name}' is not supported"),
        };

    private static CommandResult Reopen(XsoarWorld world, string id)
    {
        if (!world.Behaviour.MayReopen)
            throw XsoarException.BadRequest("You are not permitted to reopen investigations");
        if (!world.Investigation(id).IsClosed)
            throw XsoarException.BadRequest($"Investigation {id} is not closed");
        world.Reopen(id);
        return new CommandResult($"Investigation {id} was reopened");
    }

    private static CommandResult Close(XsoarWorld world, string id, CommandLine command)
    {
        world.Close(id, world.ApiUser, command["closeReason"], command["closeNotes"]);
        return new CommandResult($"Investigation {id} was closed");
    }

    private static CommandResult CompleteTask(XsoarWorld world, string investigationId, CommandLine command)
    {
        world.CompleteTask(
            investigationId,
            command["id"],
            new TaskCompletion(command["input"]) { Comment = command["comment"] }
        );
        return new CommandResult("done");
    }

    private static CommandResult MarkAsNote(XsoarWorld world, CommandLine command)
    {
        foreach (var id in command["entryIDs"].Split(',', StringSplitOptions.TrimEntries))
            world.MarkAsNote(id, command["isNote"] != "false");
        return new CommandResult("done");
    }

    private static CommandResult AddEntitlement(XsoarWorld world, string investigationId, CommandLine command) =>
        new(world.AddEntitlement(investigationId, command["persistent"] == "true" ? command["replyEntriesTag"] : null));
}
