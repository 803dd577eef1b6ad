using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring.Models;

/// <summary>What starting a mirror will do: everything is looked up and checked, nothing is changed yet.</summary>
internal sealed record MirrorPlan
{
    public required MirrorRequest Request { get; init; }

    /// <summary>The team of the channel.</summary>
    public required MattermostTeam Team { get; init; }

    /// <summary>The channel that exists; null if one has to be created.</summary>
    public MattermostChannel? Channel { get; init; }

    /// <summary>Who can read that channel.</summary>
    public ChannelReaders? Readers { get; init; }

    /// <summary>The name of the new channel, or that of the one that exists.</summary>
    public required string Name { get; init; }

    /// <summary>What is displayed for a new channel.</summary>
    public string DisplayName { get; init; } = "";

    /// <summary>The new name of the channel that exists; null to keep the one it has.</summary>
    public string? NewName { get; init; }

    /// <summary>Whether a new channel is private.</summary>
    public bool IsPrivate { get; init; } = true;

    /// <summary>The mirrors of the investigation as they are now.</summary>
    public required IReadOnlyList<MirrorRecord> Known { get; init; }

    /// <summary>The mirror that is started again or changed; null for the first one with this channel.</summary>
    public MirrorRecord? Previous => Known.FirstOrDefault(mirror => mirror.ChannelId == Channel?.Id);

    /// <summary>What applies as far as the request leaves it open; null for a first mirror.</summary>
    public MirrorRecord? Settings => Previous ?? Current(Known);

    public MirrorType Type => Request.Type ?? Settings?.Type ?? MirrorType.All;

    public MirrorDirection Direction => Request.Direction ?? Settings?.Direction ?? MirrorDirection.Both;

    public bool AutoClose => Request.AutoClose ?? Settings?.AutoClose ?? true;

    public IReadOnlyList<string> AllowedMentions => Request.AllowedMentions ?? Settings?.AllowedMentions ?? [];

    public IReadOnlyList<MessageAspect> OptionalAspects => Request.OptionalAspects ?? Settings?.OptionalAspects ?? [];

    /// <summary>
    /// Whether a public channel was asked for, now or when the mirror was started with this channel. Whoever names the
    /// team's default channel asks for one: it cannot be private.
    /// </summary>
    public bool AllowsPublic =>
        Request.AllowPublic
        ?? (
            Request.Private is { } isPrivate
                ? !isPrivate
                : Previous?.AllowsPublic ?? (Request.Channel is not null && Channel is { IsTeamDefault: true })
        );

    /// <summary>Whether a person named the channel.</summary>
    public bool IsNamed => Request.Channel is not null || (Previous?.IsNamed ?? false);

    /// <summary>For people: with which channel, who can read it, and what is done besides.</summary>
    public string Description
    {
        get
        {
            var channel = Channel is null
                ? $"a new {(IsPrivate ? "private" : "public")} channel '{Name}' of team '{Team.Name}'"
                : $"channel '{Channel.Name}' of team '{Team.Name}' ({Readers})"
                    + (NewName is null ? "" : $", renamed to '{NewName}'");
            var reactions = OptionalAspects.Contains(MessageAspect.Reactions) ? ", with reactions" : "";
            var kick = Request.KickAdmin ? "; remove the personal token's user from the channel" : "";
            return $"Mirror with {channel}; type {Type}, direction {Direction}{reactions}{kick}";
        }
    }

    /// <summary>The mirror that counts: the one that is not stopped, or else the newest.</summary>
    public static MirrorRecord? Current(IReadOnlyList<MirrorRecord> known) =>
        known.FirstOrDefault(mirror => mirror.State != MirrorState.Stopped)
        ?? (known.Count > 0 ? known[known.Count - 1] : null);
}
