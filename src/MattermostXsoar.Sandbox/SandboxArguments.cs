using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace MattermostXsoar.Sandbox;

/// <summary>The program's side: its arguments, what it prints, and when it ends.</summary>
internal static class SandboxArguments
{
    public const string Usage = """
        usage: dotnet run --project src/MattermostXsoar.Sandbox -- [options]
          --port N          port of the Mattermost server (default 8065; 0 takes a free one)
          --xsoar-port N    port of the XSOAR server (default 8443; 0 takes a free one)
          --xsoar V         version of XSOAR: 6, 8 or in full such as 6.14.0
          --reliable        hello carries a connection id with which a websocket can resume
          --shuffle         publish concurrent posts out of order, as a real server does
          --random-entry-ids
        """;

    /// <summary>The options, or null when the arguments make no sense.</summary>
    public static SandboxOptions? Parse(string[] args)
    {
        var options = new SandboxOptions { MattermostPort = 8065, XsoarPort = 8443 };
        for (var i = 0; i < args.Length; i++)
        {
            var value = i + 1 < args.Length ? args[i + 1] : "";
            switch (args[i])
            {
                case "--port" when int.TryParse(value, CultureInfo.InvariantCulture, out var port):
                    options = options with { MattermostPort = port };
                    i++;
                    break;
                case "--xsoar-port" when int.TryParse(value, CultureInfo.InvariantCulture, out var port):
                    options = options with { XsoarPort = port };
                    i++;
                    break;
                case "--xsoar" when value.Length > 0:
                    options = options with { XsoarVersion = value switch { "6" => "6.14.0", "8" => "8.13.0", _ => value } };
                    i++;
                    break;
                case "--reliable":
                    options = options with { ReliableWebSockets = true };
                    break;
                case "--shuffle":
                    options = options with { ShufflePublishing = true };
                    break;
                case "--random-entry-ids":
                    options = options with { RandomEntryIds = true };
                    break;
                default:
                    return null;
            }
        }
        return options;
    }

    public static string Describe(SandboxServer sandbox)
    {
        var secure = "(ConvertTo-SecureString '{0}' -AsPlainText -Force)";
        var connect = new StringBuilder("Connect-Mattermost")
            .Append(CultureInfo.InvariantCulture, $" -Uri {sandbox.MattermostUri} -Team {sandbox.TeamName}")
            .Append(" -BotToken ").AppendFormat(CultureInfo.InvariantCulture, secure, sandbox.BotToken)
            .Append(" -PersonalAccessToken ").AppendFormat(CultureInfo.InvariantCulture, secure, sandbox.PersonalToken)
            .Append(CultureInfo.InvariantCulture, $" -XsoarUri {sandbox.XsoarUri}")
            .Append(" -XsoarApiKey ").AppendFormat(CultureInfo.InvariantCulture, secure, sandbox.XsoarApiKey);
        if (sandbox.XsoarApiKeyId is { } keyId)
            connect.Append(" -XsoarApiKeyId ").Append(keyId);
        return $"""
            Mattermost {sandbox.Options.MattermostVersion}   {sandbox.MattermostUri}   team {sandbox.TeamName}
              personal token {sandbox.PersonalToken}   bot token {sandbox.BotToken}
            XSOAR {sandbox.Options.XsoarVersion}   {sandbox.XsoarUri}   incidents {string.Join(", ", sandbox.Xsoar.Incidents.Select(static it => it.Id))}
              API key {sandbox.XsoarApiKey}{(sandbox.XsoarApiKeyId is { } id ? $"   key id {id}" : "")}

            {connect}

            Ctrl+C ends it.
            """;
    }

    /// <summary>Waits for Ctrl+C or SIGTERM.</summary>
    public static async Task UntilStoppedAsync()
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stopped.TrySetResult();
        }
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        await stopped.Task;
    }
}
