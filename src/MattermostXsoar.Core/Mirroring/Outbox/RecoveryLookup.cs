using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Platform;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring.Outbox;

/// <summary>
/// Which lines may have arrived before a pump began, and which of them have. Those are the ones that an earlier pump
/// left, and all that the first reading of their side finds: the store may be a copy that was restored, or have lost
/// its last writes, and so know nothing of what was delivered since.
/// </summary>
internal sealed class RecoveryLookup
{
    private readonly MirrorContext _context;
    private readonly IDeliverySink _target;
    private readonly long _mirrorId;
    private readonly DeliveryDirection _direction;
    private readonly long _leftUpTo;
    private long _upTo = long.MaxValue;
    private bool _settled;
    private Func<DeliveryRecord, string?>? _find;

    public RecoveryLookup(
        MirrorContext context,
        IDeliverySink target,
        long mirrorId,
        DeliveryDirection direction,
        long newestId
    )
    {
        _context = context;
        _target = target;
        _mirrorId = mirrorId;
        _direction = direction;
        _leftUpTo = newestId;
    }

    /// <summary>True until the side that lines come from has been read once.</summary>
    public bool IsOpen => Volatile.Read(ref _upTo) == long.MaxValue;

    /// <summary>The side that lines come from was read: what is recorded from now on was said since.</summary>
    public void Close()
    {
        if (!IsOpen)
            return;
        try
        {
            Volatile.Write(ref _upTo, Math.Max(_leftUpTo, _context.Store.NewestPendingId(_mirrorId, _direction)));
        }
        catch (MattermostXsoarException)
        {
            // It stays open until the next reading, which costs look-ups only.
        }
    }

    /// <summary>Whether a line may have arrived before.</summary>
    public bool Covers(DeliveryRecord line)
    {
        if (line.Id <= Volatile.Read(ref _upTo))
            return true;
        _find = null;
        return false;
    }

    /// <summary>Reads once what stands on the other side: again for each handful of a long backlog would take ever
    /// longer.</summary>
    public async Task<Func<DeliveryRecord, string?>> FindAsync(
        IReadOnlyList<DeliveryRecord> lines,
        CancellationToken stopping,
        CancellationToken abort
    )
    {
        // What the process or loop before this one sent last may not have taken effect yet; nor may what it sent to a
        // server that has been silent since.
        if (!_settled && lines[0].Id <= _leftUpTo)
            await _context.Time.Delay(_context.Options.SettleTime, stopping).ConfigureAwait(false);
        _settled = true;
        return _find ??= await _target.FindAsync(lines, abort).ConfigureAwait(false);
    }

    /// <summary>The look-up failed: it begins anew.</summary>
    public void Unsettle() => (_settled, _find) = (false, null);
}
