using MattermostXsoar.Module.Tests.Groups;

namespace MattermostXsoar.Module.Tests.Help;

/// <summary>What the examples of the pages need, by page; a page that is not here needs nothing.</summary>
internal static class ExampleScenes
{
    private const string PhishingWave =
        "$null = New-MattermostChannel 'Phishing wave' phishing-wave -Type Private -WarningAction SilentlyContinue; ";

    private const string ThreeMirrors =
        "$null = Start-MattermostMirror 1; "
        + "$null = Start-MattermostMirror 2 -Channel soc-malware -MirrorTo Channel; "
        + "$null = Start-MattermostMirror 3 -Channel login-3 -KickAdmin; ";

    // What is shown of it is then the same each time.
    private const string Listening =
        "$null = Start-MattermostMirror 1; $null = Start-MattermostListener; "
        + "$null = Wait-MattermostListener Connected -TimeoutSec 30; "
        + "$null = $sandbox.Mattermost.Post('admin', 'incident-1', 'Hello'); "
        + "do { $listener = Get-MattermostListener; $null = [Threading.Thread]::Yield() } "
        + "until ($listener.LastPollAt -and $listener.LastEventAt -and $listener.Delivered -eq 1 -and $listener.State -eq 'Connected'); ";

    // One that XSOAR refused.
    private const string FailedDelivery =
        "$fault = [MattermostXsoar.Sandbox.Faults.Fault]@{ Server = 'xsoar'; Method = 'POST'; PathPattern = '/entry/formatted$'; Kind = 'Status'; Status = 400; Count = 1 }; "
        + "$null = $sandbox.Faults.Add($fault); $null = $sandbox.Mattermost.Post('admin', 'incident-1', 'Hello'); "
        + "$null = Sync-MattermostMirror 1; ";

    private const string OneQuestion =
        "$null = Send-MattermostQuestion 'Block the user?' -Channel alerts -WarningAction Ignore; ";

    // Somebody answers whatever is asked.
    private const string Answering = "$answering = $sandbox.Mattermost.AnswerNextAsync('user1', ':+1:'); ";

    public static IReadOnlyDictionary<string, ExampleScene> All { get; } =
        new Dictionary<string, ExampleScene>(StringComparer.Ordinal)
        {
            ["Add-MattermostChannelMember"] = new() { Setup = PhishingWave },
            ["Add-MattermostGroupMember"] = new()
            {
                Ids = new Dictionary<string, string>
                {
                    ["yccwrmg95617w38d9y7aj1x9hh"] = "$sandbox.Mattermost.Group('tier2').Id",
                },
            },
            ["Close-MattermostChannel"] = new()
            {
                Setup =
                    "$null = New-MattermostChannel Triage triage; $null = New-MattermostChannel 'Incident 7' incident-7; "
                    + "$null = Start-MattermostMirror 1; $null = Start-MattermostMirror 2",
            },
            ["Connect-Mattermost"] = new()
            {
                Connect = "",
                Setup =
                    "$wrong = [securestring]::new(); 'no-token'.ToCharArray() | ForEach-Object { $wrong.AppendChar($_) }",
            },
            ["Disconnect-Mattermost"] = new()
            {
                Before = new Dictionary<int, string>
                {
                    [2] = $"$null = {Hosting.Scene.Connect}; $null = {Hosting.Scene.Connect}",
                    [3] = $"$null = {Hosting.Scene.Connect}",
                },
            },
            ["Get-MattermostChannel"] = new()
            {
                Before = new Dictionary<int, string> { [5] = "$null = Start-MattermostMirror 1, 2" },
            },
            ["Get-MattermostListener"] = new() { Setup = Listening },
            ["Get-MattermostMirror"] = new()
            {
                Connect = Hosting.Scene.Connect,
                Setup = ThreeMirrors,
                Before = new Dictionary<int, string> { [4] = FailedDelivery },
            },
            ["Get-MattermostSession"] = new()
            {
                Connect = Hosting.Scene.ConnectWithoutXsoar,
                Setup = $"$null = {Hosting.Scene.Connect}",
            },
            ["Add-MattermostReaction"] = new()
            {
                Setup =
                    "$post = $sandbox.Mattermost.Post('user1', 'alerts', 'Two hosts are isolated.'); $null = $sandbox.Mattermost.Post('user2', 'alerts', 'Which ones?', $post.Id)",
                Ids = new Dictionary<string, string> { ["8ab3dkfjx7yzfq9h4mwp1ucoty"] = "$post.Id" },
            },
            ["Remove-MattermostReaction"] = new()
            {
                Setup =
                    "$post = $sandbox.Mattermost.Post('user1', 'alerts', 'Two hosts are isolated.'); $null = $sandbox.Mattermost.Post('user2', 'alerts', 'Which ones?', $post.Id)",
                Ids = new Dictionary<string, string> { ["8ab3dkfjx7yzfq9h4mwp1ucoty"] = "$post.Id" },
            },
            ["Set-MattermostPost"] = new()
            {
                Setup =
                    "$post = $sandbox.Mattermost.Post('user1', 'alerts', 'Two hosts are isolated.'); $null = $sandbox.Mattermost.Post('user2', 'alerts', 'Which ones?', $post.Id)",
                Ids = new Dictionary<string, string> { ["8ab3dkfjx7yzfq9h4mwp1ucoty"] = "$post.Id" },
            },
            ["Remove-MattermostPost"] = new()
            {
                Setup =
                    "$post = $sandbox.Mattermost.Post('user1', 'alerts', 'Two hosts are isolated.'); $null = $sandbox.Mattermost.Post('user2', 'alerts', 'Which ones?', $post.Id); $null = $sandbox.Mattermost.Post('user1', 'alerts', 'obsolete')",
                Ids = new Dictionary<string, string> { ["8ab3dkfjx7yzfq9h4mwp1ucoty"] = "$post.Id" },
            },
            ["Get-MattermostPost"] = new()
            {
                Setup =
                    "$post = $sandbox.Mattermost.Post('user1', 'alerts', 'Two hosts are isolated.'); $null = $sandbox.Mattermost.Post('user2', 'alerts', 'Which ones?', $post.Id); $null = Start-MattermostMirror 1",
                Ids = new Dictionary<string, string> { ["8ab3dkfjx7yzfq9h4mwp1ucoty"] = "$post.Id" },
            },
            ["Get-MattermostAcknowledgement"] = new()
            {
                Setup =
                    "$post = $sandbox.Mattermost.Post('user1', 'alerts', 'Two hosts are isolated.'); $null = $sandbox.Mattermost.Post('user2', 'alerts', 'Which ones?', $post.Id); $post = Send-MattermostNotification 'Isolate pc-7 now' -Channel alerts -RequestAcknowledgement -PassThru; $sandbox.Mattermost.Acknowledge($post.Id, 'user1')",
                Ids = new Dictionary<string, string> { ["8ab3dkfjx7yzfq9h4mwp1ucoty"] = "$post.Id" },
            },
            ["Get-XsoarEntry"] = new()
            {
                Setup =
                    "$null = $sandbox.Xsoar.AddEntry('1', 'admin', 'Two hosts are isolated.'); "
                    + "$null = $sandbox.Xsoar.AddFile('1', 'jane', 'mail.eml', [Text.Encoding]::UTF8.GetBytes('mail'), 'The mail')",
            },
            ["Restore-MattermostChannel"] = new()
            {
                Setup = "$null = New-MattermostChannel Triage triage; Close-MattermostChannel triage",
            },
            ["Set-MattermostChannel"] = new() { Setup = "$null = New-MattermostChannel Triage triage" },
            ["Get-XsoarIncident"] = new()
            {
                Setup =
                    "$sandbox.Xsoar.Incident('1').Severity = 3; $sandbox.Xsoar.Incident('2').Severity = 4; "
                    + "$sandbox.Xsoar.Incident('2').Type = 'Malware'; $sandbox.Xsoar.Incident('1').Owner = 'jane'",
            },
            ["Remove-MattermostChannelMember"] = new()
            {
                Setup =
                    PhishingWave
                    + "Add-MattermostChannelMember phishing-wave user1, user2, user3; "
                    + "$null = $sandbox.Mattermost.CreateGroup('leavers'); Add-MattermostGroupMember leavers user2, user3",
            },
            ["Remove-MattermostGroupMember"] = new()
            {
                Setup = "Add-MattermostGroupMember tier2 user1, user2",
                Before = new Dictionary<int, string> { [2] = "Add-MattermostGroupMember tier2 user1" },
                Ids = new Dictionary<string, string>
                {
                    ["yccwrmg95617w38d9y7aj1x9hh"] = "$sandbox.Mattermost.Group('tier2').Id",
                },
            },
            ["Send-MattermostFile"] = new()
            {
                Setup =
                    "[IO.File]::WriteAllText(\"$folder/report.pdf\", 'report'); [IO.File]::WriteAllText(\"$folder/host.log\", 'log'); "
                    + "$null = [IO.Directory]::CreateDirectory(\"$folder/out\"); [IO.File]::WriteAllText(\"$folder/out/report.pdf\", 'report'); "
                    + "$disk = [IO.File]::Create(\"$folder/disk.img\"); $disk.SetLength(70MB); $disk.Dispose(); "
                    + "$null = $sandbox.Mattermost.CreateUser('ann'); $null = New-MattermostChannel SOC soc; "
                    + "$mail = $sandbox.Xsoar.AddFile('1', 'admin', 'mail.eml', [Text.Encoding]::UTF8.GetBytes('mail'))",
                Ids = new Dictionary<string, string> { ["96@1234"] = "$mail.Id" },
            },
            ["Send-MattermostNotification"] = new()
            {
                Setup =
                    "$null = $sandbox.Mattermost.CreateUser('ann'); $null = $sandbox.Mattermost.CreateUser('bea'); "
                    + "[IO.File]::WriteAllLines(\"$folder/summary.md\", [string[]]('# Summary', 'All is well.')); "
                    + "[IO.File]::WriteAllLines(\"$folder/alerts.csv\", [string[]]('Message,Channel', 'Look at this,alerts', 'And at that,test'))",
                Ids = new Dictionary<string, string>
                {
                    ["8ab3dkfjx7yzfq9h4mwp1ucoty"] = "$sandbox.Mattermost.User('user1').Id",
                },
            },
            ["Get-MattermostQuestion"] = new() { Setup = OneQuestion },
            ["Send-MattermostQuestion"] = new()
            {
                Connect = Hosting.Scene.Connect,
                Setup = "$null = $sandbox.Xsoar.AddQuestion('1', '43', 'Block the user?', [string[]]('yes', 'no'))",
            },
            ["Stop-MattermostQuestion"] = new() { Setup = OneQuestion },
            ["Wait-MattermostQuestion"] = new() { Connect = Hosting.Scene.Connect, Setup = Answering },
            ["Set-MattermostChannelRole"] = new()
            {
                Setup = PhishingWave + "Add-MattermostChannelMember phishing-wave user1",
                Ids = new Dictionary<string, string>
                {
                    ["ksss4fxektnnuzdjzmwp17bxxr"] = "$sandbox.Mattermost.Channel('phishing-wave').Id",
                },
            },
            ["Start-MattermostListener"] = new()
            {
                NotRun = new Dictionary<int, string> { [2] = "It runs until it is stopped." },
                Before = new Dictionary<int, string> { [3] = "$null = Stop-MattermostListener" },
            },
            ["Start-MattermostMirror"] = new()
            {
                Connect = Hosting.Scene.Connect,
                Setup =
                    "$null = $sandbox.Mattermost.CreateUser('jane'); $null = $sandbox.Mattermost.CreateUser('ops-lead'); "
                    + "4..5 | ForEach-Object { $null = $sandbox.Xsoar.CreateIncident(\"Case $_\") }",
                Before = new Dictionary<int, string> { [6] = "$sandbox.Xsoar.Close('1')" },
            },
            ["Stop-MattermostListener"] = new() { Setup = Listening },
            ["Stop-MattermostMirror"] = new() { Setup = ThreeMirrors },
            ["Sync-MattermostMirror"] = new()
            {
                Setup = ThreeMirrors,
                Before = new Dictionary<int, string>
                {
                    [2] = "$null = Connect-Mattermost -ConfigurationPath ./mattermost.json -NoListener",
                    [4] = FailedDelivery,
                },
            },
            ["Wait-MattermostListener"] = new()
            {
                Setup = Listening,
                NotRun = new Dictionary<int, string> { [2] = "It waits for as long as the listener runs." },
            },
        };

    public static ExampleScene Of(string page) => All.TryGetValue(page, out var scene) ? scene : new ExampleScene();
}
