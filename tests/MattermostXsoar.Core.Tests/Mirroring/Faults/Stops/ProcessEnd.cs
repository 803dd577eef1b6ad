using MattermostXsoar.Core.State;
using MattermostXsoar.Tests.Support;

namespace MattermostXsoar.Core.Tests.Mirroring.Faults.Stops;

/// <summary>
/// Ends a listener's world when it reaches a step, as SIGKILL does: from that moment on it commits nothing and sends
/// nothing, since each of its later steps fails as well. Only what it had sent before takes effect.
/// </summary>
internal sealed class ProcessEnd
{
    private readonly string _step;
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly object _lock = new();
    private int _left;

    /// <param name="step">The step, such as <c>WarRoomToChat.AfterSend</c>.</param>
    /// <param name="times">How many times it is reached until the world ends.</param>
    public ProcessEnd(string step, int times)
    {
        _step = step;
        _left = times;
        Points = new StopPoints(At);
        PlantedFaults.Watch(() => Reached.IsCompleted ? [] : [$"the end of the process at {step}: not reached"]);
    }

    /// <summary>What the world is given.</summary>
    public StopPoints Points { get; }

    /// <summary>Ends when the world has ended.</summary>
    public Task Reached => _reached.Task;

    private void At(string step)
    {
        lock (_lock)
        {
            if (_left > 0 && step == _step)
                _left--;
            if (_left > 0)
                return;
        }

        _reached.TrySetResult();
        throw new InvalidOperationException($"The process has ended at {_step}.");
    }
}
