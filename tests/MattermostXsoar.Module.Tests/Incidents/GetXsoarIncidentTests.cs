using System.Management.Automation;
using MattermostXsoar.Module.Tests.Mirrors;

namespace MattermostXsoar.Module.Tests.Incidents;

/// <summary>Finding incidents, and what they are good for in the pipeline.</summary>
public sealed class GetXsoarIncidentTests
{
    [Fact]
    public async Task Each_condition_selects_the_newest_first()
    {
        await using var scene = await Scene.StartAsync(IncidentScene.Options);
        (string Command, string Ids)[] cases =
        [
            ("Get-XsoarIncident", "4 3 2 1"),
            ("Get-XsoarIncident 1, 3", "1 3"),
            ("2L, '1' | Get-XsoarIncident", "2 1"),
            ("Get-XsoarIncident -Name 'phishing mail'", "1"),
            ("Get-XsoarIncident -Name phishing*, 'malware on host'", "3 2 1"),
            ("Get-XsoarIncident -Status Pending, Active", "3 2 1"),
            ("Get-XsoarIncident -Severity High, Critical", "2 1"),
            ("Get-XsoarIncident -Severity Informational", "3"),
            ("Get-XsoarIncident -Type phishing -Owner jane", "4 1"),
            ("Get-XsoarIncident -Owner joe, jane -Status Closed", "4"),
            ("Get-XsoarIncident -Query 'scanip:1.2.3.4'", "2"),
            ("Get-XsoarIncident -Query 'type:Phishing' -Owner joe", "3"),
            ("Get-XsoarIncident -Limit 2", "4 3"),
            ("Get-XsoarIncident -PageSize 2 -Page 1", "2 1"),
            ("Get-XsoarIncident -All", "4 3 2 1"),
            ("Get-XsoarIncident -Name *phishing* -Limit 1", "4"),
        ];
        var faults = new List<string>();

        foreach (var (command, ids) in cases)
        {
            var found = string.Join(' ', (await scene.InvokeAsync(command)).Succeeded().All("Id"));
            if (found != ids)
                faults.Add($"{command}: {found} instead of {ids}");
        }

        Assert.Empty(faults);
    }

    [Fact]
    public async Task An_incident_is_read_whole()
    {
        await using var scene = await Scene.StartAsync(IncidentScene.Options);

        var incident = (await scene.InvokeAsync("Get-XsoarIncident 2")).Single();

        Assert.Equal(
            ("2", "Malware", "Critical", "Active", "joe", true),
            (
                incident.Get("InvestigationId"),
                incident.Get("IncidentType"),
                incident.Get("Severity")!.ToString(),
                incident.Get("Status")!.ToString(),
                incident.Get("Owner"),
                incident.Get("IsOpen")
            )
        );
        Assert.IsType<DateTimeOffset>(incident.Get("Created"));
        Assert.EndsWith("WarRoom/2", incident.Get("Uri")!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_is_missing_is_an_error_and_the_others_are_written()
    {
        await using var scene = await Scene.StartAsync(IncidentScene.Options);

        var result = await scene.InvokeAsync("Get-XsoarIncident 1, 99, 2");

        Assert.Equal(["1", "2"], result.Output.All("Id"));
        Assert.Equal("99", result.AssertError("InvestigationNotFound", ErrorCategory.ObjectNotFound).TargetObject);
    }

    [Fact]
    public async Task Without_XSOAR_the_error_says_so()
    {
        await using var scene = await Scene.StartAsync(IncidentScene.Options, connect: false);
        (await scene.InvokeAsync($"$session = {Scene.ConnectWithoutXsoar}")).Succeeded();

        (await scene.InvokeAsync("Get-XsoarIncident")).AssertError(
            "XsoarNotConfigured",
            ErrorCategory.InvalidOperation
        );
    }

    [Fact]
    public async Task It_can_be_piped_to_what_works_with_investigations()
    {
        await using var scene = await MirrorScene.StartAsync(IncidentScene.Options, "-NoListener");

        var mirrors = (await scene.InvokeAsync("Get-XsoarIncident -Name *mail | Start-MattermostMirror")).Succeeded();
        var read = (await scene.InvokeAsync("Get-XsoarIncident 1 | Get-MattermostMirror")).Succeeded();
        var again = (await scene.InvokeAsync("Get-MattermostMirror | Get-XsoarIncident")).Succeeded();
        var post = (
            await scene.InvokeAsync("Get-XsoarIncident 1 | Send-MattermostNotification Look -Channel test -PassThru")
        ).Single();
        var closed = (await scene.InvokeAsync("Get-XsoarIncident 1 | Close-MattermostChannel -PassThru")).Single();

        Assert.Equal(("1", "All"), (mirrors.Single().Get("InvestigationId"), mirrors.Single().Get("Type")!.ToString()));
        Assert.Equal("1", read.Single().Get("InvestigationId"));
        Assert.Equal("Phishing mail", again.Single().Get("Name"));
        Assert.Contains("WarRoom/1", post.Get("Message")!.ToString(), StringComparison.Ordinal);
        Assert.Equal("incident-1", closed.Get("Name"));
    }

    [Fact]
    public async Task It_is_no_message()
    {
        await using var scene = await Scene.StartAsync(IncidentScene.Options);

        var result = await scene.InvokeAsync("Get-XsoarIncident 1 | Send-MattermostNotification -Channel test");

        Assert.Single(result.Errors);
        Assert.DoesNotContain(scene.Sandbox.Calls, call => call.Path.EndsWith("/posts", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Get-XsoarIncident ", "3 Phishing wave", "2 Malware on host", "1 Phishing mail")]
    [InlineData("Start-MattermostMirror -InvestigationId phish", "3 Phishing wave", "1 Phishing mail")]
    [InlineData("Send-MattermostNotification x -InvestigationId 2", "2 Malware on host")]
    [InlineData("Get-MattermostMirror ", "2 Malware on host", "1 Phishing mail")]
    [InlineData("Get-XsoarIncident -Type ", "Phishing", "Malware")]
    [InlineData("Get-XsoarIncident -Owner j", "joe", "jane")]
    public async Task The_Tab_key_offers_open_incidents_with_their_names(string line, params string[] listed)
    {
        await using var scene = await MirrorScene.StartAsync(IncidentScene.Options, "-NoListener");
        (await scene.InvokeAsync("Start-MattermostMirror 1, 2")).Succeeded();
        scene.Scene.Engine.Set("line", line);

        var words = await scene.InvokeAsync("(TabExpansion2 $line $line.Length).CompletionMatches.ListItemText");

        Assert.Equal(listed, words.Succeeded().Select(word => word.ToString()));
    }
}
