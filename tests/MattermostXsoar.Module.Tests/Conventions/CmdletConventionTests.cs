using System.Management.Automation;
using System.Reflection;
using MattermostXsoar.Module.Tests.Help;

namespace MattermostXsoar.Module.Tests.Conventions;

/// <summary>What all cmdlets have in common, read off the imported module.</summary>
public sealed class CmdletConventionTests
{
    // Verbs whose cmdlets change something somewhere.
    private static readonly string[] ChangingVerbs =
    [
        "Add",
        "Close",
        "Disable",
        "Disconnect",
        "Enable",
        "New",
        "Remove",
        "Restore",
        "Revoke",
        "Send",
        "Set",
        "Start",
        "Stop",
        "Sync",
    ];

    // What cannot be taken back, or takes somebody's access away: a runbook says -Confirm:$false.
    private static readonly string[] Asking =
    [
        "Disable-MattermostUser",
        "Enable-MattermostUser",
        "Remove-MattermostPost",
        "Revoke-MattermostSession",
    ];

    // These make or list sessions instead of working in one, or ask no server.
    private static readonly string[] WithoutSession =
    [
        "Connect-Mattermost",
        "ConvertTo-MattermostContext",
        "Get-MattermostSession",
    ];

    [Fact]
    public async Task Cmdlets_are_named_and_marked_as_they_should_be()
    {
        await using var engine = await Engine.StartAsync();
        Type[] groups =
        [
            typeof(VerbsCommon),
            typeof(VerbsCommunications),
            typeof(VerbsData),
            typeof(VerbsDiagnostic),
            typeof(VerbsLifecycle),
            typeof(VerbsOther),
            typeof(VerbsSecurity),
        ];
        var verbs = groups
            .SelectMany(group => group.GetFields())
            .Select(verb => (string)verb.GetRawConstantValue()!)
            .ToHashSet();
        var pages = HelpPages.Read();
        var faults = new List<string>();

        foreach (var cmdlet in await HelpPages.CmdletsAsync(engine))
        {
            var attribute = cmdlet.ImplementingType.GetCustomAttribute<CmdletAttribute>()!;
            void Check(bool holds, string what)
            {
                if (!holds)
                    faults.Add($"{cmdlet.Name}: {what}");
            }

            Check(verbs.Contains(cmdlet.Verb), "the verb is not approved");
            Check(
                !cmdlet.Noun.EndsWith('s') || cmdlet.Noun.EndsWith("ss", StringComparison.Ordinal),
                "the noun is not singular"
            );
            Check(cmdlet.OutputType.Count > 0, "it names no output type");
            Check(
                attribute.SupportsShouldProcess || !ChangingVerbs.Contains(cmdlet.Verb),
                "it changes something without ShouldProcess"
            );
            Check(
                attribute.ConfirmImpact <= ConfirmImpact.Medium != Asking.Contains(cmdlet.Name),
                "it asks an unattended runbook, or does not ask where it should"
            );
            Check(
                WithoutSession.Contains(cmdlet.Name) || cmdlet.Parameters.ContainsKey("Session"),
                "it has no -Session"
            );
            Check(
                pages.TryGetValue(cmdlet.Name, out var page) && page.Examples.Count >= 2,
                "it has no page with two examples"
            );
            Check(cmdlet.ImplementingType.IsSealed, "its class is not sealed");
            Check(cmdlet.ImplementingType.Name == $"{cmdlet.Verb}{cmdlet.Noun}Cmdlet", "its class has another name");
            foreach (
                var parameter in cmdlet.Parameters.Values.Where(p =>
                    p.Name.EndsWith("Token", StringComparison.Ordinal)
                    || p.Name.EndsWith("Key", StringComparison.Ordinal)
                )
            )
                Check(
                    parameter.ParameterType == typeof(System.Security.SecureString),
                    $"-{parameter.Name} is a secret but no SecureString"
                );
        }

        Assert.Empty(faults);
    }
}
