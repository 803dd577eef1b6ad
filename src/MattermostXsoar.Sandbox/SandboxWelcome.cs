namespace MattermostXsoar.Sandbox;

/// <summary>What the program prints when it is ready: for people, the next steps.</summary>
internal static class SandboxWelcome
{
    private const string Fault = """{"kind":"ActThenDrop","server":"xsoar","path":"/entry/formatted"}""";

    public static string For(SandboxInfo info) =>
        $$"""
            Mattermost {{info.MattermostVersion}}   {{info.MattermostUri}}   team {{info.Team}}
              personal token {{info.PersonalAccessToken}}   bot token {{info.BotToken}}
            XSOAR {{info.XsoarVersion}}   {{info.XsoarUri}}   {{Incidents(info)}}
              API key {{info.XsoarApiKey}}{{(info.XsoarApiKeyId is { } id ? $"   key id {id}" : "")}}

            Connect the module; paste this into PowerShell (the first line needs the module in $env:PSModulePath, else the path of its psd1):

            Import-Module MattermostXsoar
            {{info.Connect}}

            See both sides in a browser, and write in them:
              {{info.MattermostUri}}

            Make something go wrong; here XSOAR takes the next entry, but its answer is lost:
              curl {{info.MattermostUri}}sandbox/faults -d '{{Fault}}'

            docs/sandbox.md describes everything else. Ctrl+C stops it.
            """;

    private static string Incidents(SandboxInfo info) =>
        info.Incidents.Count switch
        {
            0 => "no incidents",
            <= 10 => "incidents " + string.Join(", ", info.Incidents),
            _ => $"incidents {info.Incidents[0]} to {info.Incidents[^1]}",
        };
}
