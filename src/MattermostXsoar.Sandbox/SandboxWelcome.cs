namespace MattermostXsoar.Sandbox;

/// <summary>What the program prints when it is there: for people, what to do next.</summary>
internal static class SandboxWelcome
{
    public static string For(SandboxInfo info) =>
        $$"""
            Mattermost {{info.MattermostVersion}}   {{info.MattermostUri}}   team {{info.Team}}
              personal token {{info.PersonalAccessToken}}   bot token {{info.BotToken}}
            XSOAR {{info.XsoarVersion}}   {{info.XsoarUri}}   {{Incidents(info)}}
              API key {{info.XsoarApiKey}}{{(info.XsoarApiKeyId is { } id ? $"   key id {id}" : "")}}

            Connect the module; paste this into PowerShell after Import-Module:

            {{info.Connect}}

            Look at both sides, and type in them:
              {{info.MattermostUri}}

            Make something go wrong, here the answer to the next entry, whose deed is done:
              curl {{info.MattermostUri}}sandbox/faults -d '{"kind":"ActThenDrop","server":"xsoar","path":"/entry/formatted"}'

            docs/sandbox.md tells the rest. Ctrl+C ends it.
            """;

    private static string Incidents(SandboxInfo info) =>
        info.Incidents.Count switch
        {
            0 => "no incidents",
            <= 10 => "incidents " + string.Join(", ", info.Incidents),
            _ => $"incidents {info.Incidents[0]} to {info.Incidents[^1]}",
        };
}
