using MattermostXsoar.Core.Errors;

namespace MattermostXsoar.Core.Mattermost;

/// <summary>
/// A server's settings, asked for once in a while. If the server does not answer, what was known before stays.
/// </summary>
internal sealed class ServerSettingsCache
{
    // An administrator may change them while a listener runs.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMinutes(1);

    private readonly SystemClient _system;
    private readonly TimeProvider _clock;
    private volatile ServerSettings _known = ServerSettings.Unknown;
    private volatile Tuple<long, TimeSpan>? _asked;

    public ServerSettingsCache(SystemClient system, TimeProvider clock)
    {
        _system = system;
        _clock = clock;
    }

    /// <summary>Called with what the server answered; null for nothing.</summary>
    public Func<ServerSettings, Task>? Answered { get; set; }

    /// <summary>What is known now, without a call.</summary>
    public ServerSettings Known => _known;

    /// <summary>
    /// What an earlier process found out, unless this one has asked already; the server is asked at the next occasion.
    /// </summary>
    public void Restore(ServerSettings? known)
    {
        if (_asked is null && known is not null)
            _known = known;
        _asked = null;
    }

    /// <summary>The settings; the server is asked if that was long ago.</summary>
    public async Task<ServerSettings> GetAsync(CancellationToken cancellationToken)
    {
        if (_asked is { } asked && _clock.GetElapsedTime(asked.Item1) < asked.Item2)
            return _known;
        return await RenewAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The same; the server is asked in any case.</summary>
    public async Task<ServerSettings> RenewAsync(CancellationToken cancellationToken)
    {
        try
        {
            var config = await _system.GetClientConfigAsync(cancellationToken).ConfigureAwait(false);
            _known = ServerSettings.Read(config, _known);
            _asked = Tuple.Create(_clock.GetTimestamp(), Lifetime);
            if (Answered is { } answered)
                await answered(_known).ConfigureAwait(false);
        }
        catch (ApiException)
        {
            _asked = Tuple.Create(_clock.GetTimestamp(), RetryAfter);
        }

        return _known;
    }
}
