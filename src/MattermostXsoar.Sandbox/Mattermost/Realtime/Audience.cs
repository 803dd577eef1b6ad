namespace MattermostXsoar.Sandbox.Mattermost.Realtime;

/// <summary>Whom an event is for: the first that is set counts, and none set means everybody.</summary>
/// <param name="UserId">One person.</param>
/// <param name="ChannelId">The members of a channel.</param>
/// <param name="TeamId">The members of a team.</param>
/// <param name="OmitUserId">Who is left out; the frame says so.</param>
internal readonly record struct Audience(
    string UserId = "",
    string ChannelId = "",
    string TeamId = "",
    string OmitUserId = ""
)
{
    /// <summary>Who is left out without a word in the frame.</summary>
    public string ExceptUserId { get; init; } = "";

    /// <summary>Only those who administer the server, or only those who do not; null for both.</summary>
    public bool? Administrators { get; init; }

    public static Audience Everybody { get; } = new("");

    public static Audience User(string id) => new(UserId: id);

    public static Audience Channel(string id) => new(ChannelId: id);

    public static Audience Team(string id) => new(TeamId: id);
}
