using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mirroring.Diagnostics;
using MattermostXsoar.Core.Mirroring.Engine;
using MattermostXsoar.Core.Mirroring.Reading;
using MattermostXsoar.Core.Mirroring.Resilience;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring;

/// <summary>
/// What a session's mirrors and its listener share. The store is opened when one of them first needs it.
/// </summary>
internal sealed class LazyMirrorContext
{
    private readonly MirrorServiceOptions _options;
    private readonly object _lock = new();
    private MirrorContext? _context;
    private bool _isRefused;

    public LazyMirrorContext(MirrorServiceOptions options)
    {
        _options = options;
        StatePath = StorePath.Resolve(options.StatePath, options.Bot.BaseUri);
        Log = new ListenerLog(options.Environment.TimeProvider, options.Environment.Redactor.Redact);
    }

    /// <summary>The log of all that is done with the context.</summary>
    public ListenerLog Log { get; }

    /// <summary>The state file, whether it exists or not.</summary>
    public string StatePath { get; }

    /// <summary>Whether the session may mirror and has an XSOAR server.</summary>
    public bool CanMirror => _options is { NoMirroring: false, Xsoar: not null };

    /// <summary>The parts, with the store open.</summary>
    /// <exception cref="MattermostXsoarException">MirroringDisabled; XsoarNotConfigured; NotConnected; an error of the
    /// store.</exception>
    public MirrorContext Get()
    {
        if (_options.NoMirroring)
        {
            throw new MattermostXsoarException(
                ErrorIds.MirroringDisabled,
                ErrorKind.InvalidOperation,
                "Mirroring is switched off in this session.",
                "Connect again without -NoMirroring (in a configuration file: \"mirroring\": true)."
            );
        }

        if (_options.Xsoar is null)
        {
            throw new MattermostXsoarException(
                ErrorIds.XsoarNotConfigured,
                ErrorKind.InvalidOperation,
                "This session is not connected with an XSOAR server, which mirroring needs.",
                "Connect again with -XsoarUri and -XsoarApiKey (XSOAR 8: -XsoarApiKeyId as well)."
            );
        }

        return Open();
    }

    /// <summary>
    /// The parts, with the store open, for what needs no mirrors: the listener, and questions.
    /// </summary>
    /// <exception cref="MattermostXsoarException">NotConnected; an error of the store.</exception>
    public MirrorContext Open()
    {
        lock (_lock)
        {
            if (_isRefused)
                throw new MattermostXsoarException(
                    ErrorIds.NotConnected,
                    ErrorKind.InvalidOperation,
                    "This session is disconnected.",
                    "Connect again with Connect-Mattermost."
                );
            return _context ??= Create();
        }
    }

    private MirrorContext Create()
    {
        var time = _options.Environment.TimeProvider;
        var stops = _options.StopPoints ?? StopPoints.OfProcess();
        var store = StateStore.Open(StatePath, _options.BotUser.Id, time, stops);
        KeptSettings.Connect(_options.Bot.Settings, store);
        return new MirrorContext
        {
            Mattermost = new MattermostAccess
            {
                Bot = _options.Bot,
                Personal = _options.Personal,
                BotUser = _options.BotUser,
                PersonalUser = _options.PersonalUser,
                Users = new UserCache(_options.Bot, time),
            },
            Xsoar = new XsoarAccess
            {
                Configured = _options.Xsoar,
                LinkTo = _options.WarRoomLink,
                CreatesInvestigationsOnRead = _options.CreatesInvestigationsOnRead,
            },
            Directory = new XsoarUserDirectory(_options.Xsoar, _options.Personal, time),
            Store = store,
            RunsMirrors = CanMirror,
            Runtime = new MirrorRuntime
            {
                Time = time,
                Random = _options.Environment.Random,
                Options = _options.Mirroring,
                Log = Log,
                StopPoints = stops,
            },
        };
    }

    /// <summary>From now on nobody opens the store.</summary>
    public void Refuse()
    {
        lock (_lock)
            _isRefused = true;
    }

    /// <summary>Closes the store.</summary>
    public void Close()
    {
        Refuse();
        _options.Bot.Settings.Answered = null;
        _context?.Store.Dispose();
    }
}
