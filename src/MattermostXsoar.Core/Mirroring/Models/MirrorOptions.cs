namespace MattermostXsoar.Core.Mirroring.Models;

/// <summary>The mirror's intervals. The defaults are for real servers; tests shorten them.</summary>
internal sealed record MirrorOptions
{
    /// <summary>The time between two searches for changed investigations while something happens.</summary>
    public TimeSpan ActivePoll { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// The same while readings of War Rooms find entries for the chat, so that few wait for each other; never more of
    /// the time than a fifth is spent on searches.
    /// </summary>
    public TimeSpan BusyPoll { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest time between two searches while nothing happens; it is reached step by step.</summary>
    public TimeSpan IdlePoll { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How often each War Room is read although the search shows no change, for servers whose incidents do not change
    /// when an entry is added (not known: xsoar-rest.md 13). With many mirrors it grows so that this costs at most a
    /// read every two seconds.
    /// </summary>
    public TimeSpan Sweep { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How far before the newest known entry a War Room is read again, for entries that appear late.</summary>
    public TimeSpan WarRoomOverlap { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// The same while entries keep coming; once every <see cref="WholeReading"/> it is the whole overlap.
    /// </summary>
    public TimeSpan FollowOverlap { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// How often the whole overlap is read while entries keep coming, and how soon after the last one.
    /// </summary>
    public TimeSpan WholeReading { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How far back a War Room is read for entries that were edited or deleted.</summary>
    public TimeSpan EditWindow { get; init; } = TimeSpan.FromDays(1);

    /// <summary>
    /// How often at most it is read so far back because the investigation changed and no new entry was found.
    /// </summary>
    public TimeSpan DeepReading { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How far before the newest known post a channel is read again: a server publishes crowded posts out of create_at
    /// order, so a post may appear after a newer one.
    /// </summary>
    public TimeSpan ChatOverlap { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How far before the newest known post a reading of a channel looks for posts that are not known: what is written
    /// after the server's clock was set back has such times.
    /// </summary>
    public TimeSpan ChatLookBack { get; init; } = TimeSpan.FromHours(2);

    /// <summary>
    /// How often the channels' newest posts are compared with what was seen, in case an event got lost unnoticed.
    /// </summary>
    public TimeSpan Reconcile { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// The first wait after a failed call; doubled each time up to <see cref="LongestRetry"/>, with jitter.
    /// </summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The longest wait between two tries.</summary>
    public TimeSpan LongestRetry { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// The first wait after an error that no rule foresees; doubled each time up to <see cref="LongestRestart"/>.
    /// </summary>
    public TimeSpan FirstRestart { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest wait after an error that no rule foresees.</summary>
    public TimeSpan LongestRestart { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long a delivery has to fail before it is suspected to be the cause itself, such as a text that a firewall
    /// refuses. Not in a pass, which has no time for that.
    /// </summary>
    public TimeSpan SetAsideAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How many tries in a row have to fail then, each followed by other calls to both servers that succeed, before the
    /// delivery is set aside as failed.
    /// </summary>
    public int SetAsideTries { get; init; } = 3;

    /// <summary>How long acknowledgements of deliveries are gathered before they are written together.</summary>
    public TimeSpan MarkDelay { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// How long a reply that may be the answer to a question waits until that is decided, before it is mirrored as a
    /// message.
    /// </summary>
    public TimeSpan AnswerDecision { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a call of unknown outcome is given to take effect before it is looked up.</summary>
    public TimeSpan SettleTime { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The time between two tries while a mirror is paused.</summary>
    public TimeSpan PausedRetry { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long a stopping listener waits for the deliveries under way.</summary>
    public TimeSpan StopGrace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a mirror's stop without a listener waits for the pass before it.</summary>
    public TimeSpan StopPass { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long finished deliveries are kept, so that an event that comes again is recognised.</summary>
    public TimeSpan Memory { get; init; } = TimeSpan.FromDays(7);

    /// <summary>User names that a War Room entry may mention in the chat; none by default.</summary>
    public IReadOnlyCollection<string> AllowedMentions { get; init; } = [];
}
