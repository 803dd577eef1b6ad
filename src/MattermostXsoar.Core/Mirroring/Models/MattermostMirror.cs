using System.Globalization;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring.Models;

/// <summary>A mirror as people see it: what it joins, its state and what it has delivered.</summary>
public sealed record MattermostMirror
{
    /// <summary>The XSOAR investigation.</summary>
    public required string InvestigationId { get; init; }

    /// <summary>The Mattermost channel's id.</summary>
    public required string ChannelId { get; init; }

    /// <summary>The Mattermost channel's name.</summary>
    public required string ChannelName { get; init; }

    /// <summary>The name of the channel's team.</summary>
    public required string Team { get; init; }

    /// <summary>
    /// Whether only the channel's members can read it, as it was when the mirror was started and whenever its listener
    /// last checked the channel; null before. A public channel can be read by everybody in the team.
    /// </summary>
    public bool? IsPrivate { get; init; }

    /// <summary>How many members the channel had then, guests and the bot included; null if that is not
    /// known.</summary>
    public long? MemberCount { get; init; }

    /// <summary>How many of them were guests; null if the server does not tell.</summary>
    public long? GuestCount { get; init; }

    /// <summary>Who can read the channel, in short: <c>private, 3</c> or <c>public, 12 (2 guests)</c>.</summary>
    public string Readers =>
        IsPrivate is not { } isPrivate
            ? ""
            : string.Format(
                CultureInfo.InvariantCulture,
                "{0}{1}{2}",
                isPrivate ? "private" : "public",
                MemberCount is null ? "" : ", " + MemberCount.Value.ToString(CultureInfo.InvariantCulture),
                GuestCount switch
                {
                    null or 0 => "",
                    1 => " (1 guest)",
                    { } guests => " (" + guests.ToString(CultureInfo.InvariantCulture) + " guests)",
                }
            );

    /// <summary>Which War Room entries are mirrored.</summary>
    public MirrorType Type { get; init; }

    /// <summary>Which way messages are mirrored.</summary>
    public MirrorDirection Direction { get; init; }

    /// <summary>Whether the channel is archived when the investigation is closed.</summary>
    public bool AutoClose { get; init; }

    /// <summary>Names, without <c>@</c>, that a War Room entry may mention in the chat; none by default.</summary>
    public IReadOnlyList<string> AllowedMentions { get; init; } = [];

    /// <summary>
    /// What people attach to messages that is mirrored into the War Room too: <c>Pin</c>, and <c>Reactions</c> where
    /// that was asked for.
    /// </summary>
    public IReadOnlyList<string> Annotations { get; init; } = [];

    /// <summary>The mirror's state.</summary>
    public MirrorState State { get; init; }

    /// <summary>Since when it has been in that state.</summary>
    public DateTimeOffset StateSince { get; init; }

    /// <summary>Why it is paused, stopped or closed, and what to do about it; null while it is active.</summary>
    public string? Reason { get; init; }

    /// <summary>Messages from the channel that arrived in the War Room.</summary>
    public long FromChat { get; init; }

    /// <summary>Entries of the War Room that arrived in the channel.</summary>
    public long FromWarRoom { get; init; }

    /// <summary>Deliveries that are recorded and not yet known to have arrived.</summary>
    public long Pending { get; init; }

    /// <summary>Deliveries that the other side refused for good.</summary>
    public long Failed { get; init; }

    /// <summary>How long the oldest pending delivery has waited; zero when none waits.</summary>
    public TimeSpan Lag { get; init; }

    /// <summary>When a delivery last arrived; null when none has.</summary>
    public DateTimeOffset? LastDeliveryAt { get; init; }

    /// <summary>What went wrong last and is not over yet, or what was refused; null when nothing.</summary>
    public string? LastError { get; init; }

    /// <summary>
    /// Why an active or paused mirror is not run now: no listener runs, or that of this session is not connected with
    /// Mattermost. Null while one runs; what a listener in another process is doing is not known here.
    /// </summary>
    public string? ListenerProblem { get; init; }

    /// <summary>What a person should know first: <see cref="Reason"/>, <see cref="ListenerProblem"/> or
    /// <see cref="LastError"/>; null when all is well.</summary>
    public string? Note => Reason ?? ListenerProblem ?? LastError;

    /// <summary>Which mirror it is, and its state.</summary>
    public override string ToString() => $"{InvestigationId}/{ChannelName} ({State})";
}
