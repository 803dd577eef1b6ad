using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mirroring.Channels;
using MattermostXsoar.Core.Mirroring.Diagnostics;
using MattermostXsoar.Core.Mirroring.Engine;
using MattermostXsoar.Core.Mirroring.Lifecycle;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.Mirroring.Outbox;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring;

/// <summary>
/// Everything a session does with its mirrors: start, stop and read them, deliver what waits, try again what failed.
/// </summary>
internal sealed class MirrorService
{
    private readonly LazyMirrorContext _context;
    private int _unreadableSeen;

    public MirrorService(MirrorServiceOptions options)
    {
        _context = new LazyMirrorContext(options);
        Listener = new ListenerService(_context, options);
        options.Environment.UnreadableValues = LogUnreadable;
    }

    /// <summary>The session's listener, which runs its mirrors.</summary>
    public ListenerService Listener { get; }

    /// <summary>What the session's mirrors, its listener and its questions share.</summary>
    public LazyMirrorContext Context => _context;

    /// <summary>The state file.</summary>
    public string StatePath => _context.StatePath;

    /// <summary>What starting or changing a mirror will do. Changes nothing.</summary>
    /// <exception cref="MattermostXsoarException">See <see cref="MirrorStarter.PlanAsync"/>; MirroringDisabled;
    /// XsoarNotConfigured.</exception>
    public Task<MirrorPlan> PlanMirrorAsync(MirrorRequest request, CancellationToken cancellationToken) =>
        Starter().PlanAsync(request, cancellationToken);

    /// <summary>
    /// Starts or changes a mirror, and starts the session's listener unless it runs or is not wanted.
    /// </summary>
    /// <exception cref="MattermostXsoarException">See <see cref="MirrorStarter.StartAsync"/>.</exception>
    public async Task<MattermostMirror> StartMirrorAsync(MirrorPlan plan, CancellationToken cancellationToken)
    {
        var saved = await Starter().StartAsync(plan, cancellationToken).ConfigureAwait(false);
        await Listener.StartForAsync(saved, cancellationToken).ConfigureAwait(false);
        return GetMirrors(saved.InvestigationId, saved.ChannelId)[0];
    }

    /// <summary>Plans and starts a mirror.</summary>
    public async Task<MattermostMirror> StartMirrorAsync(MirrorRequest request, CancellationToken cancellationToken) =>
        await StartMirrorAsync(
                await PlanMirrorAsync(request, cancellationToken).ConfigureAwait(false),
                cancellationToken
            )
            .ConfigureAwait(false);

    /// <summary>The mirrors, all or those of an investigation or a channel (name or id).</summary>
    public IReadOnlyList<MattermostMirror> GetMirrors(string? investigationId = null, string? channel = null)
    {
        var mirrors = ReadMirrors(investigationId, channel);
        return mirrors.Any(MirrorViews.NeedsListener)
            ? MirrorViews.WithListenerProblem(mirrors, Listener.Problem())
            : mirrors;
    }

    private List<MattermostMirror> ReadMirrors(string? investigationId = null, string? channel = null) =>
        MirrorViews
            .Read(_context.Get().Store, _context.Get().Runtime.Time)
            .Where(mirror =>
                (investigationId is null || mirror.InvestigationId == investigationId)
                && (
                    channel is null
                    || mirror.ChannelId == channel
                    || string.Equals(mirror.ChannelName, channel, StringComparison.OrdinalIgnoreCase)
                )
            )
            .ToList();

    /// <summary>The mirrors of an investigation or a channel, at least one.</summary>
    /// <exception cref="MattermostXsoarException">MirrorNotFound.</exception>
    public IReadOnlyList<MattermostMirror> FindMirrors(string? investigationId, string? channel) =>
        GetMirrors(investigationId, channel) is { Count: > 0 } found ? found : throw NotFound(investigationId, channel);

    /// <summary>
    /// Stops mirrors, after what was written before has been delivered: by this session's listener, as far as it can do
    /// so in a few seconds, or where none runs by a pass. What was recorded of them stays, and starting them again goes on from then.
    /// </summary>
    /// <exception cref="MattermostXsoarException">MirrorNotFound.</exception>
    public async Task<IReadOnlyList<MattermostMirror>> StopMirrorsAsync(
        string? investigationId,
        string? channel,
        string reason,
        bool closeChannel,
        CancellationToken cancellationToken
    )
    {
        var context = _context.Get();
        var found = FindMirrors(investigationId, channel);
        var active = found
            .Where(mirror => mirror.State == MirrorState.Active)
            .Select(mirror => mirror.InvestigationId)
            .ToList();
        if (active.Count > 0 && Listener.Running is { } running)
            await running.FinishAsync(active, cancellationToken).ConfigureAwait(false);
        else if (active.Count > 0)
            await MirrorPass.FinishAsync(context, active, cancellationToken).ConfigureAwait(false);
        var stored = context.Store.ReadMirrors();
        foreach (
            var mirror in stored.Where(mirror =>
                found.Any(view => view.InvestigationId == mirror.InvestigationId && view.ChannelId == mirror.ChannelId)
            )
        )
        {
            await context
                .Store.SetMirrorStateAsync(
                    mirror.Id,
                    MirrorState.Stopped,
                    reason,
                    byPerson: true,
                    MirrorState.Active,
                    MirrorState.Paused,
                    MirrorState.Closed
                )
                .ConfigureAwait(false);
        }

        if (Listener.Running is { } listener)
            await listener.RefreshAsync().ConfigureAwait(false);
        if (closeChannel)
        {
            foreach (var channelId in found.Select(mirror => mirror.ChannelId).Distinct())
                await new ChannelAccess(context.Mattermost)
                    .ArchiveAsync(channelId, cancellationToken)
                    .ConfigureAwait(false);
        }

        return GetMirrors(investigationId, channel);
    }

    /// <summary>
    /// The deliveries that were refused for good, all or those of an investigation or a channel (name or id).
    /// </summary>
    public IReadOnlyList<MattermostFailedDelivery> GetFailedDeliveries(
        string? investigationId = null,
        string? channel = null
    )
    {
        var mirrors = GetMirrors(investigationId, channel);
        return FailedDeliveries
            .Read(_context.Get().Mattermost, _context.Get().Xsoar, _context.Get().Store)
            .Where(delivery =>
                mirrors.Any(mirror =>
                    mirror.InvestigationId == delivery.InvestigationId && mirror.ChannelId == delivery.ChannelId
                )
            )
            .ToList();
    }

    /// <summary>
    /// Has deliveries that were refused for good tried again, and delivers everything that exists now. If another
    /// process runs the listener, that one does it, within a second or two.
    /// </summary>
    /// <returns>As <see cref="SynchronizeAsync"/>.</returns>
    public async Task<(
        IReadOnlyList<MattermostMirror> Mirrors,
        IReadOnlyDictionary<string, Exception> Failures
    )> RetryFailedAsync(IReadOnlyCollection<string>? investigationIds, CancellationToken cancellationToken)
    {
        await FailedDeliveries
            .RetryAsync(_context.Get().Store, _context.Get().Runtime, investigationIds)
            .ConfigureAwait(false);
        try
        {
            return await SynchronizeAsync(investigationIds, cancellationToken).ConfigureAwait(false);
        }
        catch (MattermostXsoarException exception) when (exception.ErrorId == ErrorIds.ListenerAlreadyRunning)
        {
            _context.Log.Information(
                ListenerLogEvents.OtherListenerActive,
                $"{exception.Message} It tries the failed deliveries again within a second or two."
            );
            return (OfInvestigations(investigationIds), new Dictionary<string, Exception>());
        }
    }

    /// <summary>Delivers everything that exists now, both ways.</summary>
    /// <returns>The mirrors, and the error of each that could not be finished.</returns>
    public async Task<(
        IReadOnlyList<MattermostMirror> Mirrors,
        IReadOnlyDictionary<string, Exception> Failures
    )> SynchronizeAsync(IReadOnlyCollection<string>? investigationIds, CancellationToken cancellationToken)
    {
        var context = _context.Get();
        var failures = Listener.Running is { } listener
            ? await listener.SynchronizeAsync(investigationIds, cancellationToken).ConfigureAwait(false)
            : await MirrorPass.RunAsync(context, investigationIds, cancellationToken).ConfigureAwait(false);
        return (OfInvestigations(investigationIds), failures);
    }

    // After a pass, which is what a session without a listener does in its place.
    private List<MattermostMirror> OfInvestigations(IReadOnlyCollection<string>? ids) =>
        ReadMirrors().Where(mirror => ids is null || ids.Contains(mirror.InvestigationId)).ToList();

    /// <summary>Stops the listener, lets the deliveries under way arrive, and closes the store.</summary>
    public async Task CloseAsync()
    {
        _context.Refuse();
        await Listener.StopAsync().ConfigureAwait(false);
        _context.Close();
    }

    // Once: a server that sends such values sends them with every answer.
    private void LogUnreadable(string message) =>
        Listener.Log.Write(
            Interlocked.Exchange(ref _unreadableSeen, 1) == 0 ? ListenerLogLevel.Warning : ListenerLogLevel.Verbose,
            ListenerLogEvents.AnswerUnreadable,
            message,
            null,
            new()
        );

    private MirrorStarter Starter()
    {
        var context = _context.Get();
        return new MirrorStarter(context.Mattermost, context.Xsoar, context.Store, context.Runtime);
    }

    private static MattermostXsoarException NotFound(string? investigationId, string? channel) =>
        new(
            ErrorIds.MirrorNotFound,
            ErrorKind.NotFound,
            investigationId is null ? $"Channel '{channel}' has no mirror."
                : channel is null ? $"Investigation '{investigationId}' has no mirror."
                : $"Investigation '{investigationId}' has no mirror with channel '{channel}'.",
            $"{investigationId}{channel}".IndexOfAny(['*', '?']) < 0
                ? "Get-MattermostMirror lists the mirrors of this state file."
                : "Neither takes wildcards. Get-MattermostMirror lists all mirrors of this state file: filter them with "
                    + "Where-Object, such as Where-Object InvestigationId -like '1*'."
        );
}
