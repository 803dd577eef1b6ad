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
                    NamesPostSize = true,
                    VariesByOrigin = false,
                    SendsSecurityHeaders = true,
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

    /// <summary>A text that is too long has an error id of its own.</summary>
    public bool NamesPostSize { get; init; }

    /// <summary><c>Vary</c> names <c>Origin</c>.</summary>
    public bool VariesByOrigin { get; init; } = true;

    /// <summary>Every answer has <c>Permissions-Policy</c>, <c>Referrer-Policy</c> and
    /// <c>X-Content-Type-Options</c>.</summary>
    public bool SendsSecurityHeaders { get; init; }

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
