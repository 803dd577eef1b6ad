using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text.RegularExpressions;

namespace MattermostXsoar.Module.Tests.Contract;

/// <summary>The page that turns a playbook's lines into PowerShell's, compared with the module.</summary>
public sealed partial class MigrationPageTests
{
    [Fact]
    public async Task Every_command_has_its_row_and_every_row_names_parameters_that_exist()
    {
        await using var engine = await Engine.StartAsync();
        var known = (await engine.InvokeAsync("Get-Command -Module MattermostXsoar"))
            .Succeeded()
            .Select(command => (CommandInfo)command.BaseObject)
            .ToDictionary(command => command.Name, StringComparer.OrdinalIgnoreCase);
        var rows = (
            await File.ReadAllLinesAsync(
                Path.Combine(StagedModule.HelpPages, "..", "migration.md"),
                TestContext.Current.CancellationToken
            )
        )
            .Select(line => Row().Match(line))
            .Where(match => match.Success)
            .ToList();
        var faults = new List<string>();

        foreach (var line in rows.SelectMany(row => new[] { row.Groups["same"].Value, row.Groups["own"].Value }))
        {
            var parsed = Parser.ParseInput(line, out _, out var errors);
            var command = (CommandAst)parsed.Find(ast => ast is CommandAst, searchNestedScriptBlocks: false);
            faults.AddRange(errors.Select(error => $"{line}: {error.Message}"));
            if (!known.TryGetValue(command.GetCommandName(), out var info))
                faults.Add($"{line}: there is no such command");
            else
                faults.AddRange(
                    command
                        .CommandElements.OfType<CommandParameterAst>()
                        .Where(parameter => !IsKnown(info, parameter))
                        .Select(parameter => $"{line}: there is no {parameter}")
                );
        }

        Assert.Empty(faults);
        Assert.Empty(
            DocumentedCommand
                .ReadAll()
                .Select(command => command.Name)
                .Except(rows.Select(row => row.Groups["command"].Value))
        );
    }

    private static bool IsKnown(CommandInfo command, CommandParameterAst parameter)
    {
        var cmdlet = command is AliasInfo alias ? alias.ResolvedCommand : command;
        return cmdlet.Parameters.Values.Any(known =>
            known.Aliases.Append(known.Name).Contains(parameter.ParameterName, StringComparer.OrdinalIgnoreCase)
        );
    }

    [GeneratedRegex(@"^\| `!(?<command>[a-z-]+)[^`]*` \| `(?<same>[^`]+)` \| `(?<own>[^`]+)` \|$")]
    private static partial Regex Row();
}
