using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring.Diagnostics;

/// <summary>Reads mirrors from the store as people see them.</summary>
internal static class MirrorViews
{
    public static IReadOnlyList<MattermostMirror> Read(StateStore store, TimeProvider time)
    {
        var open = store.CountOpen().ToLookup(count => count.MirrorId);
        var now = time.GetUtcNow();
        var failed = open.SelectMany(counts => counts).Any(count => count.State == DeliveryState.Failed)
            ? store
                .ReadFailed()
                .GroupBy(delivery => delivery.MirrorId)
                .ToDictionary(
                    deliveries => deliveries.Key,
                    deliveries => deliveries.OrderBy(delivery => delivery.FailedAt).Last().Reason
                )
            : [];
        // A store that cannot be written to cannot hold this error either.
        var writeError = store.WriteTrouble is { } failure ? ErrorSummary.Of(failure) : null;
        return store
            .ReadMirrors()
            .ConvertAll(mirror =>
                View(mirror, [.. open[mirror.Id]], now) with
                {
                    LastError =
                        writeError
                        ?? mirror.LastError
                        ?? (failed.TryGetValue(mirror.Id, out var reason) ? reason : null),
                }
            );
    }

    /// <summary>Whether a mirror delivers nothing, or does not go on, while no listener runs.</summary>
    public static bool NeedsListener(MattermostMirror mirror) =>
        mirror.State is MirrorState.Active or MirrorState.Paused;

    /// <summary>The same mirrors, with what is wrong with the listener in those that need one.</summary>
    public static IReadOnlyList<MattermostMirror> WithListenerProblem(
        IReadOnlyList<MattermostMirror> mirrors,
        string? problem
    ) => [.. mirrors.Select(mirror => NeedsListener(mirror) ? mirror with { ListenerProblem = problem } : mirror)];

    private static MattermostMirror View(MirrorRecord mirror, IReadOnlyList<DeliveryCount> open, DateTimeOffset now)
    {
        var pending = open.Where(count => count.State == DeliveryState.Pending).ToList();
        var lag = pending.Count > 0 ? now - pending.Min(count => count.Oldest) : TimeSpan.Zero;
        return new MattermostMirror
        {
            InvestigationId = mirror.InvestigationId,
            ChannelId = mirror.ChannelId,
            ChannelName = mirror.ChannelName,
            Team = mirror.TeamName,
            IsPrivate = mirror.IsPrivate,
            MemberCount = mirror.Members,
            GuestCount = mirror.Guests,
            Type = mirror.Type,
            Direction = mirror.Direction,
            AutoClose = mirror.AutoClose,
            AllowedMentions = mirror.AllowedMentions,
            Annotations = mirror.MirrorsChat
                ? [nameof(MessageAspect.Pin), .. mirror.OptionalAspects.Select(aspect => aspect.ToString())]
                : [],
            State = mirror.State,
            StateSince = mirror.StateSince,
            Reason = mirror.Reason,
            FromChat = mirror.FromChat,
            FromWarRoom = mirror.FromWarRoom,
            Pending = pending.Sum(count => count.Count),
            Failed = open.Where(count => count.State == DeliveryState.Failed).Sum(count => count.Count),
            Lag = lag > TimeSpan.Zero ? lag : TimeSpan.Zero,
            LastDeliveryAt = mirror.LastDeliveryAt,
        };
    }
}
