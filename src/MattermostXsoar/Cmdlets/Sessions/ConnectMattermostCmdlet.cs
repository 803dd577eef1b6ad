using System.Management.Automation;
using System.Security;
using MattermostXsoar.Binding;
using MattermostXsoar.Completion;
using MattermostXsoar.Configuration;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Http;
using MattermostXsoar.Core.People.Models;
using MattermostXsoar.Pipeline;
using MattermostXsoar.Sessions;

namespace MattermostXsoar.Cmdlets.Sessions;

/// <summary>
/// Connects to a Mattermost server and, if given, an XSOAR server; the session becomes this runspace's default.
/// </summary>
[Cmdlet(VerbsCommunications.Connect, "Mattermost", DefaultParameterSetName = ByParameters)]
[OutputType(typeof(MattermostSession))]
public sealed class ConnectMattermostCmdlet : AsyncCmdlet
{
    private const string ByParameters = "Parameters";
    private const string ByConfiguration = "Configuration";

    private readonly ClientEnvironment _environment = new() { Observer = CallTrace.Publish };

    private protected override SecretRedactor? Redactor => _environment.Redactor;

    /// <summary>The address at which people open Mattermost.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ByParameters)]
    [Parameter(ParameterSetName = ByConfiguration)]
    [Alias("url")]
    [NotUnset]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public Uri? Uri { get; set; }

    /// <summary>The bot's access token: it posts, uploads and listens.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByParameters)]
    [Parameter(ParameterSetName = ByConfiguration)]
    [Alias("bot_access_token")]
    [NotUnset]
    [Secret]
    public SecureString? BotToken { get; set; }

    /// <summary>A personal access token: it reads and administers.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByParameters)]
    [Parameter(ParameterSetName = ByConfiguration)]
    [Alias("personal_access_token")]
    [NotUnset]
    [Secret]
    public SecureString? PersonalAccessToken { get; set; }

    /// <summary>The name of the team that commands use when they are given none.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = ByParameters)]
    [Parameter(ParameterSetName = ByConfiguration)]
    [Alias("team_name")]
    [NotUnset]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? Team { get; set; }

    /// <summary>
    /// A JSON file with the settings, under the original integration's names. Parameters take precedence.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = ByConfiguration)]
    [ValidateNotNullOrEmpty]
    public string? ConfigurationPath { get; set; }

    /// <summary>The channel for notifications that name none.</summary>
    [Parameter]
    [Alias("notification_channel")]
    [NotUnset]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? NotificationChannel { get; set; }

    /// <summary>The XSOAR server; on 8.x its API host, <c>https://api-…</c>.</summary>
    [Parameter]
    [Alias("xsoar_url")]
    [NotUnset]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public Uri? XsoarUri { get; set; }

    /// <summary>The XSOAR API key.</summary>
    [Parameter]
    [Alias("xsoar_api_key")]
    [NotUnset]
    [Secret]
    public SecureString? XsoarApiKey { get; set; }

    /// <summary>The id of the API key, which XSOAR 8 requires.</summary>
    [Parameter]
    [Alias("xsoar_api_key_id")]
    [NotUnset]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? XsoarApiKeyId { get; set; }

    /// <summary>Disables mirroring in this session.</summary>
    [Parameter]
    public SwitchParameter NoMirroring { get; set; }

    /// <summary>Does not start a listener automatically.</summary>
    [Parameter]
    public SwitchParameter NoListener { get; set; }

    /// <summary>Lets people without a user in XSOAR create incidents by direct message.</summary>
    [Parameter]
    [Alias("allow_incidents")]
    public SwitchParameter AllowExternalIncidents { get; set; }

    /// <summary>The type of incidents that are created by direct message without a type.</summary>
    [Parameter]
    [NotUnset]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? IncidentType { get; set; }

    /// <summary>What users of XSOAR may do to an incident from its mirror's channel; nothing by default.</summary>
    [Parameter]
    [Alias("allow_chat_command")]
    [NotUnset]
    public ChatCommand[]? AllowChatCommand { get; set; }

    /// <summary>The notification types that are sent.</summary>
    [Parameter]
    [Alias("permitted_notifications")]
    [NotUnset]
    [ArgumentCompleter(typeof(NotificationTypeCompleter))]
    public string[]? PermittedNotification { get; set; }

    /// <summary>Accepts any TLS certificate in this session. Not secure.</summary>
    [Parameter]
    [Alias("insecure")]
    public SwitchParameter SkipCertificateCheck { get; set; }

    /// <summary>Uses the proxy of this machine.</summary>
    [Parameter]
    public SwitchParameter UseSystemProxy { get; set; }

    /// <summary>The proxy to use.</summary>
    [Parameter]
    [NotUnset]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public Uri? Proxy { get; set; }

    /// <summary>The file in which mirrors and deliveries are stored, or its folder.</summary>
    [Parameter]
    [Alias("state_path")]
    [NotUnset]
    public string? StatePath { get; set; }

    /// <summary>The time limit of one call to a server, in seconds.</summary>
    [Parameter]
    [ValidateRange(1, 3600)]
    public int TimeoutSec { get; set; } = 100;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        try
        {
            var options = new ConnectSettings(this, _environment).Read();
            MattermostSession? session = null;
            Run(async token => session = await SessionConnector.ConnectAsync(options, token), options.Uri);
            var sessions = RunspaceSessions.Current;
            sessions.LoadViews(this);
            sessions.Add(session!);
            WriteObject(session);
        }
        catch (MattermostXsoarException error)
        {
            ThrowTerminatingError(RecordOf(error, ConfigurationPath ?? (object?)Uri));
        }
    }

    // Without a session the following commands cannot work.
    private protected override void Fail(ErrorRecord record) => ThrowTerminatingError(record);
}
