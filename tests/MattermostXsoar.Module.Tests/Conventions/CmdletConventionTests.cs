using System.Management.Automation;
using System.Reflection;
using System.Text.Json;
using MattermostXsoar.Module.Tests.Groups;

namespace MattermostXsoar.Module.Tests.Conventions;

/// <summary>What all cmdlets have in common, read off the imported module.</summary>
public sealed class CmdletConventionTests
{
    // Verbs whose cmdlets change something somewhere.
    private static readonly string[] ChangingVerbs = ["Add", "Close", "Disconnect", "New", "Remove", "Send", "Set", "Start", "Stop", "Sync"];

    // These make or list sessions instead of working in one.
    private static readonly string[] WithoutSession = ["Connect-Mattermost", "Get-MattermostSession"];

    [Fact]
    public async Task Cmdlets_are_named_and_marked_as_they_should_be()
    {
        await using var engine = await Engine.StartAsync();
        Type[] groups = [typeof(VerbsCommon), typeof(VerbsCommunications), typeof(VerbsData), typeof(VerbsDiagnostic), typeof(VerbsLifecycle), typeof(VerbsOther), typeof(VerbsSecurity)];
        var verbs = groups.SelectMany(group => group.GetFields()).Select(verb => (string)verb.GetRawConstantValue()!).ToHashSet();
        var faults = new List<string>();

        foreach (var cmdlet in await CmdletsAsync(engine))
        {
            var attribute = cmdlet.ImplementingType.GetCustomAttribute<CmdletAttribute>()!;
            void Check(bool holds, string what)
            {
                if (!holds)
                    faults.Add($"{cmdlet.Name}: {what}");
            }

            Check(verbs.Contains(cmdlet.Verb), "the verb is not approved");
            Check(!cmdlet.Noun.EndsWith('s') || cmdlet.Noun.EndsWith("ss", StringComparison.Ordinal), "the noun is not singular");
            Check(cmdlet.OutputType.Count > 0, "it names no output type");
            Check(attribute.SupportsShouldProcess || !ChangingVerbs.Contains(cmdlet.Verb), "it changes something without ShouldProcess");
            Check(attribute.ConfirmImpact <= ConfirmImpact.Medium, "it asks an unattended runbook");
            Check(WithoutSession.Contains(cmdlet.Name) || cmdlet.Parameters.ContainsKey("Session"), "it has no -Session");
            Check(cmdlet.ImplementingType.IsSealed, "its class is not sealed");
            Check(cmdlet.ImplementingType.Name == $"{cmdlet.Verb}{cmdlet.Noun}Cmdlet", "its class has another name");
            foreach (var parameter in cmdlet.Parameters.Values.Where(p => p.Name.EndsWith("Token", StringComparison.Ordinal) || p.Name.EndsWith("Key", StringComparison.Ordinal)))
                Check(parameter.ParameterType == typeof(System.Security.SecureString), $"-{parameter.Name} is a secret but no SecureString");
        }

        Assert.Empty(faults);
    }

    [Fact]
    public async Task Every_documented_command_and_argument_is_there_for_the_cmdlets_that_exist()
    {
        await using var engine = await Engine.StartAsync();
        var cmdlets = (await CmdletsAsync(engine)).ToDictionary(c => c.Name);
        var aliases = (await engine.InvokeAsync("Get-Command -Module MattermostXsoar -CommandType Alias | ForEach-Object { \"$($_.Name)=$($_.ResolvedCommandName)\" }"))
            .Succeeded().Select(a => a.ToString()).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var faults = new List<string>();

        foreach (var (command, cmdletName, arguments, _) in Documented())
        {
            if (!cmdlets.TryGetValue(cmdletName, out var cmdlet))
                continue;
            if (!aliases.Contains($"{command}={cmdletName}"))
                faults.Add($"no alias {command} for {cmdletName}");
            foreach (var argument in arguments)
            {
                var known = cmdlet.Parameters.Values.SelectMany(p => p.Aliases.Append(p.Name));
                if (!known.Contains(argument, StringComparer.OrdinalIgnoreCase))
                    faults.Add($"no -{argument} on {cmdletName}");
            }
        }

        Assert.Empty(faults);
    }

    [Fact]
    public async Task Every_documented_context_path_is_a_property()
    {
        await using var scene = await Scene.StartAsync(GroupScene.Licensed);
        var objects = new Dictionary<string, PSObject>
        {
            ["Get-MattermostTeam"] = (await scene.InvokeAsync("Get-MattermostTeam")).Single(),
            ["Get-MattermostChannel"] = (await scene.InvokeAsync("Get-MattermostChannel test")).Single(),
            ["New-MattermostChannel"] = (await scene.InvokeAsync("New-MattermostChannel New new-one")).Single(),
            ["Get-MattermostUser"] = (await scene.InvokeAsync("Get-MattermostUser user1")).Single(),
            ["Get-MattermostUserChannel"] = (await scene.InvokeAsync("Get-MattermostUserChannel user1")).Single(),
            ["Get-MattermostGroup"] = (await scene.InvokeAsync("Get-MattermostGroup tier1")).Single(),
            ["Get-MattermostGroupMember"] = (await scene.InvokeAsync("Get-MattermostGroupMember tier2")).Single(),
        };
        var faults = new List<string>();

        foreach (var (_, cmdletName, _, paths) in Documented())
        {
            if (!objects.TryGetValue(cmdletName, out var item))
                continue;
            faults.AddRange(paths.Where(path => item.Properties[path] is null).Select(path => $"{cmdletName}: {path}"));
        }

        Assert.Empty(faults);
    }

    private static async Task<List<CmdletInfo>> CmdletsAsync(Engine engine)
        => [.. (await engine.InvokeAsync("Get-Command -Module MattermostXsoar -CommandType Cmdlet")).Succeeded().Select(c => (CmdletInfo)c.BaseObject)];

    private static IEnumerable<(string Command, string Cmdlet, string[] Arguments, string[] Paths)> Documented()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(StagedModule.CommandsFile));
        return [.. document.RootElement.GetProperty("commands").EnumerateArray().Select(command => (
            command.GetProperty("command").GetString()!,
            command.GetProperty("cmdlet").GetString()!,
            command.GetProperty("arguments").EnumerateArray().Select(a => a.GetProperty("name").GetString()!).ToArray(),
            command.GetProperty("outputs").EnumerateArray().Select(o => o.GetProperty("path").GetString()!.Split('.')[^1]).ToArray()))];
    }
}
