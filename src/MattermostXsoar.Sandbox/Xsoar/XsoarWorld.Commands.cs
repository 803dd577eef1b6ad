using MattermostXsoar.Sandbox.Xsoar.Commands;
using MattermostXsoar.Sandbox.Xsoar.Model;

namespace MattermostXsoar.Sandbox.Xsoar;

public sealed partial class XsoarWorld
{
    private readonly List<string> _commands = [];
    private readonly Dictionary<string, Func<IReadOnlyDictionary<string, string>, string>> _own = new(
        StringComparer.OrdinalIgnoreCase
    );

    /// <summary>The texts that <c>POST /entry</c> executed because they began with <c>!</c>, <c>/</c> or
    /// <c>@</c>.</summary>
    public IReadOnlyList<string> ExecutedCommands => Read(() => _commands.ToArray());

    /// <summary>Adds a command as an integration would: it gets the arguments, and its result becomes an entry. An
    /// exception becomes an error entry.</summary>
    public void DefineCommand(string name, Func<IReadOnlyDictionary<string, string>, string> run) =>
        Locked(() => _own[name] = run);

    /// <summary>Runs a command of the War Room and returns the entries that it created.</summary>
    internal IReadOnlyList<SandboxEntry> Execute(SandboxEntry entry, IReadOnlyDictionary<string, string> arguments)
    {
        var line = entry.Contents;
        Locked(() =>
        {
            _commands.Add(line);
            return 0;
        });
        if (line[0] == '@')
        {
            Locked(() => Open(entry.InvestigationId).Users.Add(line[1..].Split(' ')[0]));
            return [];
        }
        // Commands of the web interface itself are not implemented.
        if (line[0] == '/')
            return [];
        var command = CommandLine.Parse(line[1..], arguments);
        CommandResult result;
        try
        {
            result = Read(() => _own.GetValueOrDefault(command.Name)) is { } own
                ? new CommandResult(own(command.Arguments))
                : BuiltInCommands.Run(this, entry.InvestigationId, command);
        }
#pragma warning disable CA1031 // A command of a test may fail in any way; the War Room shows it as an error.
        catch (Exception error) when (error is not OutOfMemoryException)
#pragma warning restore CA1031
        {
            if (Behaviour.FailedCommandIsRefused)
                throw XsoarException.BadRequest(error.Message);
            result = new CommandResult(error.Message, IsError: true);
        }
        return
        [
            Append(
                Investigation(entry.InvestigationId),
                (id, now) =>
                    new SandboxEntry
                    {
                        Id = id,
                        InvestigationId = entry.InvestigationId,
                        Type = result.IsError ? 4 : 1,
                        Category = "commandAndResults",
                        Contents = result.Contents,
                        ContentsIsJson = result.IsJson,
                        Format = result.IsJson ? "json" : "text",
                        User = "DBot",
                        CreatedBy = "DBot",
                        ParentId = entry.Id,
                        CreatedNanoseconds = now,
                        ModifiedNanoseconds = now,
                    }
            ),
        ];
    }
}
