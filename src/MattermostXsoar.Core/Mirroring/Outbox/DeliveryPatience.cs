using MattermostXsoar.Core.Mirroring.Resilience;
using MattermostXsoar.Core.Platform;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring.Outbox;

/// <summary>
/// Decides when a delivery that keeps failing is set aside, so that it does not hold up those behind it for ever. It has
/// to fail for <see cref="Models.MirrorOptions.SetAsideAfter"/>, and then
/// <see cref="Models.MirrorOptions.SetAsideTries"/> times in a row while other calls to both servers succeed after each
/// of these tries. An outage that ends meanwhile therefore sets nothing aside: the first try after it succeeds.
/// </summary>
/// <param name="runtime">Clock and limits.</param>
/// <param name="sink">Where it is delivered.</param>
/// <param name="isPass">For a single pass, which ends after a few tries: each of them counts.</param>
internal sealed class DeliveryPatience(MirrorRuntime runtime, IDeliverySink sink, bool isPass)
{
    private DeliveryRecord? _delivery;
    private long _since;
    private int _proven;

    /// <summary>The error of the last try.</summary>
    public Exception? Cause { get; private set; }

    /// <summary>Whether the delivery, with the text that it has now, has failed often enough.</summary>
    public bool IsExhausted(DeliveryRecord delivery) =>
        _proven >= runtime.Options.SetAsideTries && delivery.Payload == _delivery?.Payload;

    /// <summary>The tries so far do not count.</summary>
    public void Reset() => (_delivery, _proven, Cause) = (null, 0, null);

    /// <summary>A try failed.</summary>
    /// <param name="delivery">What was tried.</param>
    /// <param name="action">What the error means.</param>
    /// <param name="cause">The error.</param>
    /// <param name="stopping">Ends the calls that are made to judge it.</param>
    public async Task NoteFailureAsync(
        DeliveryRecord delivery,
        FailureAction action,
        Exception cause,
        CancellationToken stopping
    )
    {
        // A pass ends with the first error of this kind.
        var endsPass = isPass && action is (FailureAction.Pause or FailureAction.Close);
        if (endsPass || !FailurePolicy.MayConcernOneDelivery(cause))
        {
            Reset();
            return;
        }

        if (_delivery?.Payload != delivery.Payload)
            (_delivery, _since, _proven) = (delivery, runtime.Time.GetTimestamp(), 0);
        Cause = cause;
        if (!isPass && runtime.Time.GetElapsedTime(_since) < runtime.Options.SetAsideAfter)
            return;
        if (await AnswersAsync(stopping).ConfigureAwait(false))
            _proven++;
        else
            Reset();
    }

    private async Task<bool> AnswersAsync(CancellationToken stopping)
    {
        try
        {
            await sink.ProbeAsync(stopping).ConfigureAwait(false);
            return true;
        }
        catch (Exception exception) when (!RetryLoop.IsStop(exception, stopping))
        {
            return false;
        }
    }
}
