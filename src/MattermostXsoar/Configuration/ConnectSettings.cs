using System.Security;
using MattermostXsoar.Cmdlets.Sessions;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Http;
using MattermostXsoar.Core.People.Models;
using MattermostXsoar.Core.Platform;
using MattermostXsoar.Sessions;

namespace MattermostXsoar.Configuration;

/// <summary>
/// Combines the settings of Connect-Mattermost: its parameters, and those of the configuration file that no parameter
/// sets.
/// </summary>
internal sealed class ConnectSettings(ConnectMattermostCmdlet cmdlet, ClientEnvironment environment)
{
    private ConfigurationFile? _file;
    private bool _isWarned;

    /// <exception cref="MattermostXsoarException">InvalidConfiguration or InvalidArgument.</exception>
    public SessionOptions Read()
    {
        if (cmdlet.ConfigurationPath is { } path)
        {
            _file = ConfigurationFile.Read(FullPath(path));
            foreach (var key in _file.UnknownKeys)
                cmdlet.WriteWarning($"The configuration '{path}' has an unknown key '{key}'.");
        }

        var options = new SessionOptions
        {
            Uri = cmdlet.Uri ?? _file?.Address(ConfigurationKey.Url) ?? throw Missing(ConfigurationKey.Url),
            BotToken =
                Secret(cmdlet.BotToken, ConfigurationKey.BotAccessToken, "-BotToken")
                ?? throw Missing(ConfigurationKey.BotAccessToken),
            PersonalToken =
                Secret(cmdlet.PersonalAccessToken, ConfigurationKey.PersonalAccessToken, "-PersonalAccessToken")
                ?? throw Missing(ConfigurationKey.PersonalAccessToken),
            Team = Text(cmdlet.Team, ConfigurationKey.TeamName) ?? throw Missing(ConfigurationKey.TeamName),
            NotificationChannel = Text(cmdlet.NotificationChannel, ConfigurationKey.NotificationChannel),
            XsoarUri = cmdlet.XsoarUri ?? _file?.Address(ConfigurationKey.XsoarUrl),
            XsoarApiKey = Secret(cmdlet.XsoarApiKey, ConfigurationKey.XsoarApiKey, "-XsoarApiKey"),
            XsoarApiKeyId = Text(cmdlet.XsoarApiKeyId, ConfigurationKey.XsoarApiKeyId),
            NoMirroring =
                Flag(nameof(cmdlet.NoMirroring), cmdlet.NoMirroring)
                ?? !(_file?.Flag(ConfigurationKey.Mirroring) ?? true),
            NoListener =
                Flag(nameof(cmdlet.NoListener), cmdlet.NoListener)
                ?? !(_file?.Flag(ConfigurationKey.LongRunning) ?? true),
            AllowExternalIncidents =
                Flag(nameof(cmdlet.AllowExternalIncidents), cmdlet.AllowExternalIncidents)
                ?? _file?.Flag(ConfigurationKey.AllowIncidents)
                ?? false,
            IncidentType = Text(cmdlet.IncidentType, ConfigurationKey.IncidentType),
            AllowedChatCommands =
                cmdlet.AllowChatCommand ?? _file?.Values<ChatCommand>(ConfigurationKey.AllowChatCommand) ?? [],
            PermittedNotifications =
                cmdlet.PermittedNotification ?? _file?.List(ConfigurationKey.PermittedNotifications) ?? [],
            StatePath = Text(cmdlet.StatePath, ConfigurationKey.StatePath) is { } state ? FullPath(state) : null,
            Transport = Transport(),
            Environment = environment,
        };

        if (options.XsoarUri is null == options.XsoarApiKey is null)
            return options;
        throw new MattermostXsoarException(
            ErrorIds.InvalidArgument,
            ErrorKind.InvalidArgument,
            "XSOAR needs both its address and an API key; one of them is missing.",
            "Give both -XsoarUri and -XsoarApiKey, or neither."
        );
    }

    private TransportOptions Transport()
    {
        var proxyIsAddress = _file?.IsAddress(ConfigurationKey.Proxy) == true;
        return new TransportOptions
        {
            SkipCertificateCheck =
                Flag(nameof(cmdlet.SkipCertificateCheck), cmdlet.SkipCertificateCheck)
                ?? _file?.Flag(ConfigurationKey.Insecure)
                ?? false,
            Proxy = cmdlet.Proxy ?? (proxyIsAddress ? _file!.Address(ConfigurationKey.Proxy) : null),
            UseSystemProxy =
                Flag(nameof(cmdlet.UseSystemProxy), cmdlet.UseSystemProxy)
                ?? (!proxyIsAddress && _file?.Flag(ConfigurationKey.Proxy) == true),
            Timeout = TimeSpan.FromSeconds(cmdlet.TimeoutSec),
        };
    }

    private string? Text(string? parameter, ConfigurationKey key) =>
        (parameter ?? _file?.Text(key))?.Trim() is { Length: > 0 } text ? text : null;

    private bool? Flag(string name, bool value) => cmdlet.MyInvocation.BoundParameters.ContainsKey(name) ? value : null;

    private AccessToken? Secret(SecureString? parameter, ConfigurationKey key, string parameterName)
    {
        if (parameter is not null)
            return SecureStrings.ToAccessToken(parameter, parameterName, environment.Redactor);
        if (_file?.Secret(key) is not { Length: > 0 } text)
            return null;
        var reference = new SecretReference(text, ConfigurationKeys.NameOf(key));
        if (reference.IsPlain)
            WarnOfReaders();
        return reference.Resolve(cmdlet.InvokeCommand, environment.Redactor);
    }

    private void WarnOfReaders()
    {
        if (_isWarned || cmdlet.ConfigurationPath is not { } path || !OwnerOnlyFile.IsReadableByOthers(FullPath(path)))
            return;
        _isWarned = true;
        cmdlet.WriteWarning(
            $"The configuration '{path}' has tokens as plain text, and other users of this computer may read it. Run "
                + "chmod 600 on it, or give the tokens as env:NAME or secret:NAME."
        );
    }

    private MattermostXsoarException Missing(ConfigurationKey key) =>
        _file?.Missing(key)
        ?? new MattermostXsoarException(
            ErrorIds.InvalidArgument,
            ErrorKind.InvalidArgument,
            $"'{ConfigurationKeys.NameOf(key)}' is missing."
        );

    private string FullPath(string path) => cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path);
}
