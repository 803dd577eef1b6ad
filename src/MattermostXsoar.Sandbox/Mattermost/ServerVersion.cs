using MattermostXsoar.Sandbox.Mattermost.Realtime;

namespace MattermostXsoar.Sandbox.Mattermost;

/// <summary>
/// What differs between versions of the server. All of it is in <see cref="Changes"/>: the rest of the sandbox asks for
/// these values and never for the version.
/// </summary>
internal sealed record ServerVersion
{
    /// <summary>The differences, by the version from which on they apply. What was recorded of 11.6 and is different in
    /// 5.37 applies from 11.0 on unless the source or the API's description names another version.</summary>
    private static readonly (Version From, Func<ServerVersion, ServerVersion> Change)[] Changes =
    [
        (new Version(6, 0), static it => it with { PostsHaveParentIds = false, RepeatsPostsOfOthers = false }),
        (new Version(6, 0), static it => it with { Sockets = it.Sockets with { AreReliable = true } }),
        (new Version(6, 3), static it => it with { HasCustomGroups = true }),
        (
            new Version(7, 0),
            static it =>
                it with
                {
                    ThreadsRepeatRoots = false,
                    ListsHaveFirstInaccessibleTime = true,
                    NamesChannelsFreely = true,
                }
        ),
        (new Version(8, 0), static it => it with { ReactionsNameChannels = true, NoReactionsAreNull = true }),
        (
            new Version(11, 0),
            static it =>
                it with
                {
                    Sockets = it.Sockets with
                    {
                        HelloNamesHost = true,
                        BroadcastsNameConnections = true,
                        SpacesSharedFrames = true,
                        MutesWithoutToken = true,
                        ResumesClosedOnly = true,
                        ChecksResume = true,
                        ClosesSlowReaders = true,
                        SkipsMinorEventsFrom = 128,
                        WriteTimeout = TimeSpan.FromSeconds(30),
                        SweepInterval = TimeSpan.FromSeconds(300),
                        PublishesOffline = true,
                        ChecksOrigin = true,
                        TakesCookies = true,
                        ChecksActions = true,
                        SendsOwnFrames = true,
                        MentionsNameReceiver = true,
                        NamesViewedChannels = true,
                        KeepsTeamsInside = true,
                        DeletesWithoutMetadata = true,
                        UpdatesUsersByReceiver = true,
                        RenamesAreWhole = true,
                        CountsUrgentMentions = true,
                    },
                }
        ),
        (new Version(10, 0), static it => it with { DeletesPostsForGood = true, KeepsEditHistory = true }),
        (
            new Version(11, 0),
            static it =>
                it with
                {
                    CountsRepliesOfSinglePosts = true,
                    ThreadsHaveNext = true,
                    PostsAlwaysHaveFileIds = true,
                    PostsHaveRemoteIds = true,
                    HashLength = 64,
                    VariesByOrigin = false,
                    SendsSecurityHeaders = true,
                    HasNewChannelFields = true,
                    GroupChannelsAreNotShared = true,
                    HidesTimesOfMembers = true,
                    TeamsHaveCloudLimits = true,
                    AdministratorsSeeSettings = true,
                    UsersHaveRemoteIds = true,
                    HasThreadSettings = true,
                    FilesNameChannels = true,
                    FilesAreCached = true,
                    UnknownRoutesAreJson = true,
                    CompressFrom = 1024,
                    ChecksRequests = true,
                    ChecksPosts = true,
                    EmptiesDeletedPosts = true,
                    FillsInProps = true,
                    SortsFiles = true,
                    CollapsesThreads = true,
                    TellsNamesApart = true,
                    ShortestChannelName = 1,
                    NamesArchivedChannels = true,
                    ErrorsNameChannels = true,
                    CountsFiles = true,
                    ChecksPatches = true,
                    NoTimeZonesAreNull = true,
                    RefusesModerations = 403,
                    ChannelsNeedDisplayNames = true,
                    AddsManyMembers = true,
                    RefusesDeactivatedMembers = true,
                    MissesChannelsById = true,
                    ChecksChannelsOfUserLists = true,
                    RefusesOtherPayloads = true,
                    RefusesUpperCaseNames = true,
                    DrawnImagesExpire = true,
                    ShortestPassword = 8,
                    ReservesUsernames = true,
                    UnknownUsersAreOffline = true,
                    KeepsActivityOfStatuses = true,
                    LogoutClearsCookies = true,
                    TokensNeedPermission = true,
                    SessionsNameClients = true,
                    ChecksPreferences = true,
                    CompressesImages = true,
                    HasNewApis = true,
                    ChecksEmoji = true,
                    ReportsSearchBackend = true,
                    DemandsOldLicenseFormat = true,
                    GroupLicenseError = (501, "api endpoint requires a license"),
                    WebhookErrorsAreGeneral = true,
                    WebhooksHaveNames = false,
                    ChecksUploads = true,
                    SearchesAllTeams = true,
                    PicturesCanBeSet = true,
                    EmptyListsAreOfNow = true,
                    ChecksNamesInPaths = true,
                    NewUsersHideTips = true,
                    BotsHaveOwnErrors = true,
                    RepliesDoNotView = true,
                    NamesPostsOfPriorities = true,
                    LimitsLogins = true,
                    QuotesResources = true,
                }
        ),
    ];

    /// <summary>What of the websocket differs.</summary>
    public SocketVersion Sockets { get; init; } = new();

    /// <summary>The version as text, in three parts.</summary>
    public required string Text { get; init; }

    /// <summary>Posts have a <c>parent_id</c>.</summary>
    public bool PostsHaveParentIds { get; init; } = true;

    /// <summary>A repeated <c>pending_post_id</c> returns the first post to whoever sends it. Recorded of 11.6 is that
    /// the first post is returned only to those who may read it; tried on 5.37 was that anybody gets it.</summary>
    public bool RepeatsPostsOfOthers { get; init; } = true;

    /// <summary>Custom groups exist: their members can be added and removed.</summary>
    public bool HasCustomGroups { get; init; }

    /// <summary>A thread lists its first post twice.</summary>
    public bool ThreadsRepeatRoots { get; init; } = true;

    /// <summary>Lists of posts have a <c>first_inaccessible_post_time</c>.</summary>
    public bool ListsHaveFirstInaccessibleTime { get; init; }

    /// <summary>Reactions have a <c>channel_id</c>.</summary>
    public bool ReactionsNameChannels { get; init; }

    /// <summary>The list of a post without reactions is null, not empty.</summary>
    public bool NoReactionsAreNull { get; init; }

    /// <summary><c>DELETE /posts/ID?permanent=true</c> exists.</summary>
    public bool DeletesPostsForGood { get; init; }

    /// <summary>Earlier versions of edited posts are kept, can be listed and restored, and an edit can change the
    /// files.</summary>
    public bool KeepsEditHistory { get; init; }

    /// <summary>Threads have a <c>has_next</c>.</summary>
    public bool ThreadsHaveNext { get; init; }

    /// <summary><c>GET /posts/ID</c> counts the replies.</summary>
    public bool CountsRepliesOfSinglePosts { get; init; }

    /// <summary>Posts without files have an empty <c>file_ids</c>.</summary>
    public bool PostsAlwaysHaveFileIds { get; init; }

    /// <summary>Posts of users have a <c>remote_id</c>.</summary>
    public bool PostsHaveRemoteIds { get; init; }

    /// <summary>A channel's name may have one letter and end with a dash or underscore: since
    /// mattermost/mattermost#19845; recorded of 11.6.</summary>
    public bool NamesChannelsFreely { get; init; }

    /// <summary><c>Vary</c> names <c>Origin</c>.</summary>
    public bool VariesByOrigin { get; init; } = true;

    /// <summary>Every answer has <c>Permissions-Policy</c>, <c>Referrer-Policy</c> and
    /// <c>X-Content-Type-Options</c>.</summary>
    public bool SendsSecurityHeaders { get; init; }

    /// <summary>Channels have a banner, a default category and policies, members their urgent mentions.</summary>
    public bool HasNewChannelFields { get; init; }

    /// <summary><c>shared</c> of a group channel is false, not null.</summary>
    public bool GroupChannelsAreNotShared { get; init; }

    /// <summary>When somebody else looked at a channel last is not returned (-1).</summary>
    public bool HidesTimesOfMembers { get; init; }

    /// <summary>Teams have a <c>cloud_limits_archived</c>.</summary>
    public bool TeamsHaveCloudLimits { get; init; }

    /// <summary>Administrators get the <c>notify_props</c> of all accounts, and only others an empty
    /// <c>auth_data</c>.</summary>
    public bool AdministratorsSeeSettings { get; init; }

    /// <summary>Accounts of people have a <c>remote_id</c>.</summary>
    public bool UsersHaveRemoteIds { get; init; }

    /// <summary>The settings of notifications have values for threads.</summary>
    public bool HasThreadSettings { get; init; }

    /// <summary>A file has its channel from the upload on, and an <c>archived</c>.</summary>
    public bool FilesNameChannels { get; init; }

    /// <summary>Clients may keep files for a day.</summary>
    public bool FilesAreCached { get; init; }

    /// <summary>The answer to an unknown route is <c>application/json</c>, not <c>text/plain</c>.</summary>
    public bool UnknownRoutesAreJson { get; init; }

    /// <summary>Answers of as many bytes and more are compressed.</summary>
    public int CompressFrom { get; init; } = 1400;

    /// <summary>Pictures of users are compressed too.</summary>
    public bool CompressesImages { get; init; }

    /// <summary>The users of a channel that the caller may not read are refused (403).</summary>
    public bool ChecksChannelsOfUserLists { get; init; }

    /// <summary>A body that is no list is refused with <c>api.payload.parse.error</c>.</summary>
    public bool RefusesOtherPayloads { get; init; }

    /// <summary>A username with capitals in the URL is refused (400).</summary>
    public bool RefusesUpperCaseNames { get; init; }

    /// <summary>Pictures that the server draws have no <c>Etag</c> and are kept for five minutes.</summary>
    public bool DrawnImagesExpire { get; init; }

    /// <summary>How many characters a password must have.</summary>
    public int ShortestPassword { get; init; }

    /// <summary>Names such as <c>all</c> are refused.</summary>
    public bool ReservesUsernames { get; init; }

    /// <summary>The status of an account that does not exist is <c>offline</c>, not 404.</summary>
    public bool UnknownUsersAreOffline { get; init; }

    /// <summary>A status that is set by hand, and a call, is no activity.</summary>
    public bool KeepsActivityOfStatuses { get; init; }

    /// <summary>The answer to a logout removes the cookie.</summary>
    public bool LogoutClearsCookies { get; init; }

    /// <summary>Only administrators read and revoke tokens by their id.</summary>
    public bool TokensNeedPermission { get; init; }

    /// <summary>The sessions of logins describe the client.</summary>
    public bool SessionsNameClients { get; init; }

    /// <summary>Preferences are checked: at most 100 at once, only one's own, a category of at most 32
    /// characters.</summary>
    public bool ChecksPreferences { get; init; }

    /// <summary>A name of a team or channel that is taken has an error id of its own.</summary>
    public bool TellsNamesApart { get; init; }

    /// <summary>How many characters the name of a channel must have.</summary>
    public int ShortestChannelName { get; init; } = 2;

    /// <summary>Changes of an archived channel are refused as such.</summary>
    public bool NamesArchivedChannels { get; init; }

    /// <summary>The text of the 404 of a channel names its id.</summary>
    public bool ErrorsNameChannels { get; init; }

    /// <summary>The statistics of a channel count its files.</summary>
    public bool CountsFiles { get; init; }

    /// <summary>Patches without a change, of direct channels and of a wrong kind are refused.</summary>
    public bool ChecksPatches { get; init; }

    /// <summary>The time zones of a channel in which nobody has set one are null, not an empty list.</summary>
    public bool NoTimeZonesAreNull { get; init; }

    /// <summary>The status with which moderations are refused without a license.</summary>
    public int RefusesModerations { get; init; } = 501;

    /// <summary>A channel is not created without a <c>display_name</c>.</summary>
    public bool ChannelsNeedDisplayNames { get; init; }

    /// <summary>Several members can be added to a channel at once.</summary>
    public bool AddsManyMembers { get; init; }

    /// <summary>A deactivated account cannot be added to a channel.</summary>
    public bool RefusesDeactivatedMembers { get; init; }

    /// <summary>Channels by their ids are 404 if none is found.</summary>
    public bool MissesChannelsById { get; init; }

    /// <summary>Posts are checked: kinds of values, types, lengths, unknown anchors, deleted ones.</summary>
    public bool ChecksPosts { get; init; }

    /// <summary>The text of a deleted post is not returned, only who deleted it.</summary>
    public bool EmptiesDeletedPosts { get; init; }

    /// <summary>The server writes named channels and linked posts into a post's props, and removes forged ones.</summary>
    public bool FillsInProps { get; init; }

    /// <summary><c>file_ids</c> is sorted by id, <c>metadata.files</c> by time.</summary>
    public bool SortsFiles { get; init; }

    /// <summary>Lists of posts can leave the replies out.</summary>
    public bool CollapsesThreads { get; init; }

    /// <summary>Categories, drafts, custom emoji, slash commands, uploads in parts and the calls about the server exist in
    /// the sandbox, and those that need a license are refused by name. They were recorded of 11.6 only.</summary>
    public bool HasNewApis { get; init; }

    /// <summary>A reaction with an emoji that does not exist is refused (404).</summary>
    public bool ChecksEmoji { get; init; }

    /// <summary>The ping names the search engine, and no versions of the desktop client.</summary>
    public bool ReportsSearchBackend { get; init; }

    /// <summary>The license is returned with <c>format=old</c> only.</summary>
    public bool DemandsOldLicenseFormat { get; init; }

    /// <summary>How groups are refused without a license; read from the source of 6.3, recorded of 11.6.</summary>
    public (int Status, string Message) GroupLicenseError { get; init; } =
        (403, "Your license does not support this feature.");

    /// <summary>Whatever is wrong with a message of an incoming webhook, the error id is the same.</summary>
    public bool WebhookErrorsAreGeneral { get; init; }

    /// <summary>A webhook keeps the username and picture with which it was created.</summary>
    public bool WebhooksHaveNames { get; init; } = true;

    /// <summary>Uploads are checked: the name's length and folders, ids of the client, empty bodies.</summary>
    public bool ChecksUploads { get; init; }

    /// <summary>Posts and files can be searched in all teams at once.</summary>
    public bool SearchesAllTeams { get; init; }

    /// <summary>People can upload a picture of themselves.</summary>
    public bool PicturesCanBeSet { get; init; }

    /// <summary>The <c>Etag</c> of an empty list of users has the current time, not 0.</summary>
    public bool EmptyListsAreOfNow { get; init; }

    /// <summary>A path with a letter that no name may have is no route (404).</summary>
    public bool ChecksNamesInPaths { get; init; }

    /// <summary>New accounts have preferences that hide introductions.</summary>
    public bool NewUsersHideTips { get; init; }

    /// <summary>A wrong name of a bot is refused with an error of bots.</summary>
    public bool BotsHaveOwnErrors { get; init; }

    /// <summary>Who replies has not viewed the channel, since clients show threads on their own.</summary>
    public bool RepliesDoNotView { get; init; }

    /// <summary>The priority of a post by a webhook names post and channel.</summary>
    public bool NamesPostsOfPriorities { get; init; }

    /// <summary>With rate limiting, logins have a limit of their own too.</summary>
    public bool LimitsLogins { get; init; }

    /// <summary>The details of an error say <c>resource "User" not found, id: x</c> instead of <c>resource: User id:
    /// x</c>, and permissions have no comma at the end.</summary>
    public bool QuotesResources { get; init; }

    /// <summary>Addresses of more than 2,048 and bodies of more than 300,512 bytes are refused, and an address with
    /// <c>//</c> or <c>..</c> is redirected.</summary>
    public bool ChecksRequests { get; init; }

    /// <summary>The length of the configuration's hash in <c>X-Version-Id</c>.</summary>
    public int HashLength { get; init; } = 32;

    /// <summary>The differences of a version such as <c>11.6.0</c>; a text that is no version counts as 5.37.</summary>
    public static ServerVersion Of(string text)
    {
        var version = Version.TryParse(text, out var given) ? given : new Version(5, 37);
        return Changes
            .Where(change => version >= change.From)
            .Aggregate(new ServerVersion { Text = text }, static (it, change) => change.Change(it));
    }
}
