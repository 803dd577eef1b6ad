using System.Collections.Concurrent;
using System.Globalization;
using System.Threading.Channels;
using MattermostXsoar.Core.Mattermost.Realtime;

namespace MattermostXsoar.Core.Tests.Mattermost.Realtime;

/// <summary>Writes down what a connection delivers, and lets a test wait for it.</summary>
internal sealed class RecordingSink : IRealtimeSink
{
    private readonly Channel<string> _entries = Channel.CreateUnbounded<string>();

    /// <summary>Called before an event counts as handed on; a test may hold it up or make it fail.</summary>
    public Func<RealtimeEvent, CancellationToken, Task> OnEvent { get; init; } = (_, _) => Task.CompletedTask;

    /// <summary>Called with each gap.</summary>
    public Action OnGap { get; init; } = () => { };

    /// <summary>Every reason that was given with a state or a gap.</summary>
    public ConcurrentQueue<string> Reasons { get; } = new();

    public async ValueTask OnEventAsync(RealtimeEvent realtimeEvent, CancellationToken cancellationToken)
    {
        await OnEvent(realtimeEvent, cancellationToken);
        Add(string.Create(CultureInfo.InvariantCulture, $"{realtimeEvent.Event} {realtimeEvent.Seq}"));
    }

    public ValueTask OnGapAsync(string reason, CancellationToken cancellationToken)
    {
        Reasons.Enqueue(reason);
        OnGap();
        Add("gap");
        return default;
    }

    public void OnResumed() => Add("resumed");

    public void OnResumeDone() => Add("resume done");

    public void OnStateChanged(RealtimeState state, string? reason)
    {
        if (reason is not null)
            Reasons.Enqueue(reason);

        Add(state.ToString());
    }

    /// <summary>Waits for the next entry.</summary>
    public Task<string> NextAsync() => _entries.Reader.ReadAsync().InTime();

    /// <summary>Waits for an entry and returns all up to it.</summary>
    public async Task<IReadOnlyList<string>> UntilAsync(string entry, int times = 1)
    {
        var seen = new List<string>();
        do
        {
            try
            {
                seen.Add(await NextAsync());
            }
            catch (TimeoutException)
            {
                throw new TimeoutException(
                    $"No '{entry}' came after: {string.Join(", ", seen)}; reasons: {string.Join(" | ", Reasons)}"
                );
            }
        } while (seen.Count(it => it == entry) < times);

        return seen;
    }

    private void Add(string entry) => _entries.Writer.TryWrite(entry);
}
