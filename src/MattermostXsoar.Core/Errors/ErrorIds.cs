namespace MattermostXsoar.Core.Errors;

/// <summary>
/// The stable identifiers of every error the module reports. Scripts match on them
/// (<c>$_.FullyQualifiedErrorId</c>), so an id is never renamed or given a second meaning.
/// </summary>
public static class ErrorIds
{
    /// <summary>Mattermost refuses the bot's access token.</summary>
    public const string InvalidBotToken = nameof(InvalidBotToken);

    /// <summary>Mattermost refuses the personal access token.</summary>
    public const string InvalidPersonalToken = nameof(InvalidPersonalToken);

    /// <summary>XSOAR refuses the API key or the key id.</summary>
    public const string InvalidXsoarKey = nameof(InvalidXsoarKey);

    /// <summary>No team of that name or id.</summary>
    public const string TeamNotFound = nameof(TeamNotFound);

    /// <summary>No channel of that name or id.</summary>
    public const string ChannelNotFound = nameof(ChannelNotFound);

    /// <summary>The channel exists but is archived.</summary>
    public const string ChannelArchived = nameof(ChannelArchived);

    /// <summary>A channel of that name exists already.</summary>
    public const string ChannelExists = nameof(ChannelExists);

    /// <summary>A channel that exists can be read by more people than was asked for.</summary>
    public const string ChannelMoreOpen = nameof(ChannelMoreOpen);

    /// <summary>No user of that name, e-mail or id.</summary>
    public const string UserNotFound = nameof(UserNotFound);

    /// <summary>No group of that name or id.</summary>
    public const string GroupNotFound = nameof(GroupNotFound);

    /// <summary>The user's account is deactivated.</summary>
    public const string UserDeactivated = nameof(UserDeactivated);

    /// <summary>No post of that id, or it was deleted.</summary>
    public const string PostNotFound = nameof(PostNotFound);

    /// <summary>The post is older than the server's limit of the message history shows.</summary>
    public const string PostHidden = nameof(PostHidden);

    /// <summary>The user of the token lacks a permission.</summary>
    public const string PermissionDenied = nameof(PermissionDenied);

    /// <summary>The feature needs a paid Mattermost edition.</summary>
    public const string LicenseRequired = nameof(LicenseRequired);

    /// <summary>The feature needs a newer server.</summary>
    public const string ServerTooOld = nameof(ServerTooOld);

    /// <summary>Something else than the expected API answers at that address.</summary>
    public const string WrongHost = nameof(WrongHost);

    /// <summary>Nothing answers at that address.</summary>
    public const string HostUnreachable = nameof(HostUnreachable);

    /// <summary>The server's TLS certificate is not trusted on this machine.</summary>
    public const string CertificateNotTrusted = nameof(CertificateNotTrusted);

    /// <summary>The server did not answer within the time limit.</summary>
    public const string RequestTimeout = nameof(RequestTimeout);

    /// <summary>The server limits the number of requests, and the retries were used up.</summary>
    public const string RateLimited = nameof(RateLimited);

    /// <summary>The server failed (HTTP 5xx), and the retries were used up.</summary>
    public const string ServerError = nameof(ServerError);

    /// <summary>The server refused the request as malformed or not allowed in this form.</summary>
    public const string InvalidRequest = nameof(InvalidRequest);

    /// <summary>The session has no XSOAR server.</summary>
    public const string XsoarNotConfigured = nameof(XsoarNotConfigured);

    /// <summary>No investigation of that id.</summary>
    public const string InvestigationNotFound = nameof(InvestigationNotFound);

    /// <summary>The investigation is closed and accepts no more entries.</summary>
    public const string InvestigationClosed = nameof(InvestigationClosed);

    /// <summary>The playground cannot be mirrored.</summary>
    public const string PlaygroundNotSupported = nameof(PlaygroundNotSupported);

    /// <summary>The session was connected with mirroring switched off.</summary>
    public const string MirroringDisabled = nameof(MirroringDisabled);

    /// <summary>No such mirror.</summary>
    public const string MirrorNotFound = nameof(MirrorNotFound);

    /// <summary>A mirror could not be synchronized completely.</summary>
    public const string MirrorIncomplete = nameof(MirrorIncomplete);

    /// <summary>No such question.</summary>
    public const string QuestionNotFound = nameof(QuestionNotFound);

    /// <summary>Another process runs the listener of this state file.</summary>
    public const string ListenerAlreadyRunning = nameof(ListenerAlreadyRunning);

    /// <summary>The session runs no listener to wait for.</summary>
    public const string ListenerNotRunning = nameof(ListenerNotRunning);

    /// <summary>The state file is not a readable MattermostXsoar store.</summary>
    public const string StoreDamaged = nameof(StoreDamaged);

    /// <summary>The state file was written by a newer version of the module.</summary>
    public const string StoreTooNew = nameof(StoreTooNew);

    /// <summary>The state file belongs to another Mattermost bot.</summary>
    public const string StoreOfAnotherBot = nameof(StoreOfAnotherBot);

    /// <summary>The state file cannot be read or written: no permission, no space, no such folder.</summary>
    public const string StoreUnavailable = nameof(StoreUnavailable);

    /// <summary>The file is larger than the server accepts.</summary>
    public const string FileTooLarge = nameof(FileTooLarge);

    /// <summary>No such file: on disk, in the War Room or in Mattermost.</summary>
    public const string FileNotFound = nameof(FileNotFound);

    /// <summary>The file cannot be read, or not completely.</summary>
    public const string FileUnavailable = nameof(FileUnavailable);

    /// <summary>File sharing is switched off on the Mattermost server.</summary>
    public const string FileSharingDisabled = nameof(FileSharingDisabled);

    /// <summary>Both or neither of Channel and To were given.</summary>
    public const string ConflictingTarget = nameof(ConflictingTarget);

    /// <summary>No session: connect first.</summary>
    public const string NotConnected = nameof(NotConnected);

    /// <summary>The configuration file or one of its values cannot be used.</summary>
    public const string InvalidConfiguration = nameof(InvalidConfiguration);

    /// <summary>An argument cannot be used.</summary>
    public const string InvalidArgument = nameof(InvalidArgument);
}
