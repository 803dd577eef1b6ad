using System.Management.Automation;

namespace MattermostXsoar.Module.Tests.Contract;

/// <summary>Whether an argument is there as it is documented: under its name, as much required, with its values, bound
/// by the real binder.</summary>
internal sealed class ArgumentContract(ContractScene scene)
{
    /// <summary>
    /// Required in a playbook, but taken from the session here, or not needed: files are posted without a text too.
    /// </summary>
    public static readonly IReadOnlySet<(string Command, string Argument)> OptionalHere = new HashSet<(string, string)>
    {
        ("mattermost-get-team", "team_name"),
        ("mattermost-send-file", "message"),
    };

    // What else a line needs: a playbook's command knows its own investigation and takes any channel, and of some
    // arguments one of two is needed.
    private static readonly Dictionary<string, string> Companions = new()
    {
        ["mirror-investigation"] = "-InvestigationId 1 -AllowPublic",
        ["mattermost-mirror-investigation"] = "-InvestigationId 1 -AllowPublic",
        ["mattermost-close-channel"] = "-channel test",
        ["close-channel"] = "-channel test",
        ["mattermost-send-file"] = "-channel test",
    };

    private static readonly Dictionary<string, string> Samples = new()
    {
        ["team"] = "panw",
        ["team_name"] = "panw",
        ["channel"] = "test",
        ["channel_name"] = "test",
        ["channel_id"] = "$channelId",
        ["user_id"] = "user1",
        ["user_ids"] = "'user1,user2'",
        ["to"] = "user1",
        ["group"] = "tier",
        ["group_id"] = "$groupId",
        ["page"] = "0",
        ["page_size"] = "5",
        ["limit"] = "2",
        ["display_name"] = "'War room 7'",
        ["name"] = "war-room-7",
        ["purpose"] = "'To try it'",
        ["header"] = "'Tried'",
        ["message"] = "Look",
        ["entry_id"] = "96@1",
        ["entry"] = "96@1",
    };

    public async Task<IReadOnlyList<string>> FaultsAsync(DocumentedCommand command, DocumentedArgument argument)
    {
        var what = $"{command.Name} {argument.Name}";
        if (!scene.Cmdlets.TryGetValue(command.Cmdlet, out var cmdlet))
            return [$"{what}: there is no {command.Cmdlet}"];
        if (Parameter(cmdlet, argument) is null)
            return [$"{what}: {command.Cmdlet} has no parameter of that name"];
        var faults = new List<string>();
        var sets = cmdlet
            .ParameterSets.Where(set =>
                command.Arguments.All(it =>
                    set.Parameters.Any(parameter => IsNamed(parameter.Name, parameter.Aliases, it))
                )
            )
            .ToList();
        var required =
            sets.Count > 0
            && sets.All(set =>
                set.Parameters.First(parameter => IsNamed(parameter.Name, parameter.Aliases, argument)).IsMandatory
            );
        if (sets.Count == 0)
            faults.Add($"{what}: no parameter set takes all arguments of the command");
        else if (required != (argument.Required && !OptionalHere.Contains((command.Name, argument.Name))))
            faults.Add($"{what}: it is {(required ? "" : "not ")}required");

        foreach (var written in Written(argument))
        {
            var line = Line(command, cmdlet, argument, written);
            var result = await scene.InvokeAsync(line);
            // Asking is for a later version: bound, and refused with that advice.
            if (
                result.Errors.Any(error =>
                    argument.Name != "mattermost_ask" || error.Exception is ParameterBindingException
                )
            )
                faults.Add($"{what}: '{line}' fails: {result.Errors[0].FullyQualifiedErrorId} {result.Errors[0]}");
        }

        faults.AddRange(
            (await MissingValuesAsync(command, argument)).Select(value => $"{what}: the Tab key does not offer {value}")
        );
        return faults;
    }

    private static bool IsNamed(string name, IEnumerable<string> aliases, DocumentedArgument argument) =>
        aliases.Append(name).Contains(argument.Name, StringComparer.OrdinalIgnoreCase);

    private static ParameterMetadata? Parameter(CommandInfo cmdlet, DocumentedArgument argument) =>
        cmdlet.Parameters.Values.FirstOrDefault(parameter => IsNamed(parameter.Name, parameter.Aliases, argument));

    private static IEnumerable<string> Written(DocumentedArgument argument) =>
        argument switch
        {
            { IsYesOrNo: true } => [$"-{argument.Name}", $"-{argument.Name}:$true", $"-{argument.Name}:$false"],
            { Values.Count: > 0 } => argument.Values.Select(value => $"-{argument.Name} {value}"),
            _ => [$"-{argument.Name} {Samples[argument.Name]}"],
        };

    // The argument with what is required beside it; what changes something, only as if.
    private static string Line(
        DocumentedCommand command,
        CmdletInfo cmdlet,
        DocumentedArgument argument,
        string written
    )
    {
        var others = command
            .Arguments.Where(other => other.Required && other != argument)
            .Select(other => $"-{other.Name} {Samples[other.Name]}");
        var companion =
            Companions.TryGetValue(command.Name, out var more)
            && !(
                more.StartsWith("-channel", StringComparison.Ordinal)
                && argument.Name is "channel" or "channel_name" or "to"
            )
                ? more
                : "";
        var asIf = cmdlet.Parameters.ContainsKey("WhatIf") ? "-WhatIf" : "";
        return string.Join(
            ' ',
            new[] { command.Name, string.Join(' ', others), written, companion, asIf }.Where(part => part.Length > 0)
        );
    }

    private async Task<IReadOnlyList<string>> MissingValuesAsync(DocumentedCommand command, DocumentedArgument argument)
    {
        if (argument.Values.Count == 0)
            return [];
        scene.Set("line", $"{command.Name} -{argument.Name}{(argument.IsYesOrNo ? ":" : " ")}");
        var offered = (await scene.InvokeAsync("(TabExpansion2 $line $line.Length).CompletionMatches.CompletionText"))
            .Succeeded()
            .Select(word => word?.ToString().TrimStart('$'))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. argument.Values.Where(value => !offered.Contains(value))];
    }
}
