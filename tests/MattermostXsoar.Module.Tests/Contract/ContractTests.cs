using System.Globalization;

namespace MattermostXsoar.Module.Tests.Contract;

/// <summary>The original integration's description, held against the module in the real engine.</summary>
public sealed class ContractTests
{
    /// <summary>Also on a server whose errors are in another language.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData("Ошибка: 無効です")]
    public async Task Every_command_argument_and_context_path_of_the_original_is_there(string? errorWords)
    {
        await using var scene = await ContractScene.StartAsync(errorWords);
        var (arguments, paths) = (new ArgumentContract(scene), new PathContract(scene));
        var documented = DocumentedCommand.ReadAll();
        var faults = new List<string>();
        int commandsKept = 0,
            argumentsKept = 0,
            pathsKept = 0;

        foreach (var command in documented)
        {
            if (
                await scene.InvokeAsync($"(Get-Command '{command.Name}').ResolvedCommandName")
                    is { Errors.Count: 0 } alias
                && alias.Single().ToString() == command.Cmdlet
            )
                commandsKept++;
            else
                faults.Add($"{command.Name}: it is no alias of {command.Cmdlet}");
            foreach (var argument in command.Arguments)
            {
                var wrong = await arguments.FaultsAsync(command, argument);
                argumentsKept += wrong.Count == 0 ? 1 : 0;
                faults.AddRange(wrong);
            }

            var wrongPaths = await paths.FaultsAsync(command);
            pathsKept += command.Paths.Count(path => !wrongPaths.Contains(path));
            faults.AddRange(wrongPaths.SelectMany(wrong => wrong));
        }

        // .ci/run shows this line.
        TestContext.Current.TestOutputHelper!.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"contract: {commandsKept} of {documented.Count} commands, {argumentsKept} of {documented.Sum(it => it.Arguments.Count)} arguments, {pathsKept} of {documented.Sum(it => it.Paths.Count)} context paths"
            )
        );
        Assert.True(faults.Count == 0, string.Join('\n', faults.Distinct()));
    }

    [Fact]
    public async Task Beyond_the_documented_arguments_a_command_requires_nothing_but_its_investigation()
    {
        await using var scene = await ContractScene.StartAsync();
        var more = new List<string>();

        foreach (var command in DocumentedCommand.ReadAll())
        {
            var cmdlet = scene.Cmdlets[command.Cmdlet];
            var sets = cmdlet.ParameterSets.Where(set =>
                command.Arguments.All(argument => set.Parameters.Any(parameter => IsArgument(parameter, argument)))
            );
            // Of several ways to give the arguments one is enough.
            more.AddRange(
                sets.Select(set =>
                        set.Parameters.Where(parameter =>
                                parameter.IsMandatory
                                && !command.Arguments.Any(argument => IsArgument(parameter, argument))
                            )
                            .Select(parameter => $"{command.Name} {parameter.Name}")
                            .ToList()
                    )
                    .MinBy(required => required.Count)!
            );
        }

        // A playbook's command works on its own investigation; here it is named.
        Assert.Equal(["mirror-investigation InvestigationId", "mattermost-mirror-investigation InvestigationId"], more);

        static bool IsArgument(
            System.Management.Automation.CommandParameterInfo parameter,
            DocumentedArgument argument
        ) => parameter.Aliases.Append(parameter.Name).Contains(argument.Name, StringComparer.OrdinalIgnoreCase);
    }
}
