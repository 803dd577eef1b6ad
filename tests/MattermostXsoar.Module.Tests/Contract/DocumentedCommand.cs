using System.Text.Json;

namespace MattermostXsoar.Module.Tests.Contract;

/// <summary>
/// A command as the original integration documents it, in the project's copy of its description. One that is documented
/// twice (close-channel, with other arguments) counts twice, as it does there.
/// </summary>
internal sealed record DocumentedCommand(
    string Name,
    string Cmdlet,
    IReadOnlyList<DocumentedArgument> Arguments,
    IReadOnlyList<string> Paths
)
{
    public static IReadOnlyList<DocumentedCommand> ReadAll()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(StagedModule.CommandsFile));
        return
        [
            .. document
                .RootElement.GetProperty("commands")
                .EnumerateArray()
                .Select(command => new DocumentedCommand(
                    command.GetProperty("command").GetString()!,
                    command.GetProperty("cmdlet").GetString()!,
                    [.. command.GetProperty("arguments").EnumerateArray().Select(Argument)],
                    [
                        .. command
                            .GetProperty("outputs")
                            .EnumerateArray()
                            .Select(output => output.GetProperty("path").GetString()!),
                    ]
                )),
        ];
    }

    private static DocumentedArgument Argument(JsonElement argument) =>
        new(
            argument.GetProperty("name").GetString()!,
            argument.GetProperty("required").GetBoolean(),
            argument.TryGetProperty("values", out var values)
                ? [.. values.EnumerateArray().Select(value => value.GetString()!)]
                : []
        );
}
