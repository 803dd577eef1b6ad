namespace MattermostXsoar.Sandbox.Mattermost.Realtime;

/// <summary>What of the websocket differs between versions of the server; the values are those of 5.37. Part of
/// <see cref="ServerVersion"/>.</summary>
internal sealed record SocketVersion
{
    /// <summary>Connections have an id and can be resumed without an option.</summary>
    public bool AreReliable { get; init; }

    /// <summary><c>hello</c> has a <c>server_hostname</c>.</summary>
    public bool HelloNamesHost { get; init; }

    /// <summary><c>broadcast</c> names connections, and says whether the frame is one for administrators.</summary>
    public bool BroadcastsNameConnections { get; init; }

    /// <summary>A frame that was made for one receiver is compact and ends with a line break; the others have blanks
    /// and no line break.</summary>
    public bool SpacesSharedFrames { get; init; }

    /// <summary>A connection whose token is no longer valid stays open and gets no events until it is authenticated
    /// again; one that is younger than the limit for authentication is dropped then.</summary>
    public bool MutesWithoutToken { get; init; }

    /// <summary>A connection that is open is not resumed: the other socket gets a new one.</summary>
    public bool ResumesClosedOnly { get; init; }

    /// <summary>What cannot be read of a resume drops the socket at once.</summary>
    public bool ChecksResume { get; init; }

    /// <summary>A reader that is too slow gets what waits, then a close frame without a status. It cannot resume.</summary>
    public bool ClosesSlowReaders { get; init; }

    /// <summary>From so many waiting events on, those that do not matter later are left out.</summary>
    public int SkipsMinorEventsFrom { get; init; } = int.MaxValue;

    /// <summary>How long a write may last before the socket is dropped.</summary>
    public TimeSpan WriteTimeout { get; init; } = Timeout.InfiniteTimeSpan;

    /// <summary>How often the connections are looked through for those that are lost and whose user has been inactive
    /// for as long; zero where <see cref="SandboxOptions.ResumeWindow"/> counts.</summary>
    public TimeSpan SweepInterval { get; init; }

    /// <summary>A user whose last connection is lost is published as offline.</summary>
    public bool PublishesOffline { get; init; }

    /// <summary>A page of another origin may not connect.</summary>
    public bool ChecksOrigin { get; init; }

    /// <summary>The session cookie authenticates.</summary>
    public bool TakesCookies { get; init; }

    /// <summary>Parameters of actions are checked, and the actions of today's web client exist.</summary>
    public bool ChecksActions { get; init; }

    /// <summary>Whom an event is about gets a frame of its own, and is left out of the one for the others.</summary>
    public bool SendsOwnFrames { get; init; }

    /// <summary><c>mentions</c> names only the receiver.</summary>
    public bool MentionsNameReceiver { get; init; }

    /// <summary><c>multiple_channels_viewed</c> replaces <c>channel_viewed</c>.</summary>
    public bool NamesViewedChannels { get; init; }

    /// <summary>The events of a deleted or restored team go to the team only.</summary>
    public bool KeepsTeamsInside { get; init; }

    /// <summary>The frame about a new display name has the channel's type and team.</summary>
    public bool RenamesAreWhole { get; init; }

    /// <summary><c>post_unread</c> has an <c>urgent_mention_count</c>.</summary>
    public bool CountsUrgentMentions { get; init; }

    /// <summary>The post in <c>post_deleted</c> has no <c>metadata</c>.</summary>
    public bool DeletesWithoutMetadata { get; init; }

    /// <summary>The account in <c>user_updated</c> has what its receiver may see.</summary>
    public bool UpdatesUsersByReceiver { get; init; }
}
