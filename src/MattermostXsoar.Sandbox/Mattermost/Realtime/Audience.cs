namespace MattermostXsoar.Sandbox.Mattermost.Realtime;

/// <summary>Whom an event is for: the first that is set counts, and none set means everybody.</summary>
internal readonly record struct Audience(string UserId = "", string ChannelId = "", string TeamId = "", string OmitUserId = "")
{
    public static Audience Everybody { get; } = new("");

    public static Audience User(string id) => new(UserId: id);

    public static Audience Channel(string id) => new(ChannelId: id);

    public static Audience Team(string id) => new(TeamId: id);
}
