namespace MattermostXsoar.Sandbox.Mattermost.Realtime;

/// <summary>The recipients of an event: the first value that is set counts; if none is set, everybody.</summary>
/// <param name="UserId">One user.</param>
/// <param name="ChannelId">The members of a channel.</param>
/// <param name="TeamId">The members of a team.</param>
/// <param name="OmitUserId">A user who is excluded; the frame names them.</param>
internal readonly record struct Audience(
    string UserId = "",
    string ChannelId = "",
    string TeamId = "",
    string OmitUserId = ""
)
{
    /// <summary>A user who is excluded; the frame does not name them.</summary>
    public string ExceptUserId { get; init; } = "";

    /// <summary>Whom the event is about: gets a frame of its own from servers that send one
    /// (<see cref="SocketVersion.SendsOwnFrames"/>).</summary>
    public string OwnUserId { get; init; } = "";

    /// <summary>Each member of the channel gets a frame of their own from such servers.</summary>
    public bool EachMember { get; init; }

    /// <summary>Administrators get another frame than other users from servers that show them more
    /// (<see cref="SocketVersion.UpdatesUsersByReceiver"/>).</summary>
    public bool ByRights { get; init; }

    /// <summary>Only system administrators, or only other users; null for both.</summary>
    public bool? Administrators { get; init; }

    public static Audience Everybody { get; } = new("");

    public static Audience User(string id) => new(UserId: id);

    public static Audience Channel(string id) => new(ChannelId: id);

    public static Audience Team(string id) => new(TeamId: id);
}
