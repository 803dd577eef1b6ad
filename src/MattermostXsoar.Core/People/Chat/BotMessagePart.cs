using MattermostXsoar.Core.Concurrency;
using MattermostXsoar.Core.Mattermost.Realtime;
using MattermostXsoar.Core.Mirroring.Engine;
using MattermostXsoar.Core.Platform;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.People.Chat;

/// <summary>
/// Answers the messages to the bot: direct messages, and messages in channels that begin with its name. Each is recorded
/// before anything is done for it, and handled once, one after the other, also across restarts.
/// </summary>
internal sealed class BotMessagePart : IListenerPart
{
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(1);

    private readonly MirrorContext _context;
    private readonly ChatSettings _settings;
    private readonly AsyncSignal _due = new();
    private readonly BotMessageIntake _intake;
    private readonly BotMessageHandler _handler;

    public BotMessagePart(MirrorContext context, ChatSettings settings)
    {
        _context = context;
        _settings = settings;
        _intake = new BotMessageIntake(context, settings, _due);
        _handler = new BotMessageHandler(context, settings);
    }

    public void OnEvent(RealtimeEvent realtimeEvent) => _intake.OnEvent(realtimeEvent);

    public void OnGap() => _intake.OnGap();

    public async Task RunAsync(CancellationToken stopping)
    {
        // What an earlier run had not recorded is found in the channels.
        _intake.OnGap();
        while (true)
        {
            await _intake.RecordAsync(stopping).ConfigureAwait(false);
            if (_context.Store.Messages.ReadNext() is { } message)
                await _handler.HandleAsync(message, stopping).ConfigureAwait(false);
            else
                await RestAsync(stopping).ConfigureAwait(false);
        }
    }

    private async Task RestAsync(CancellationToken stopping)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var first = await Task.WhenAny(_due.WaitAsync(ended.Token), _context.Runtime.Time.Delay(Rest, ended.Token))
            .ConfigureAwait(false);
        ended.Cancel();
        await first.ConfigureAwait(false);
        // Longer than any message could be read again.
        await _context.Store.Messages.PruneAsync(_settings.MaxAge + _settings.MaxAge).ConfigureAwait(false);
    }
}
