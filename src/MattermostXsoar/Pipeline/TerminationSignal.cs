#if NET
using System.Runtime.InteropServices;
#endif

namespace MattermostXsoar.Pipeline;

/// <summary>
/// Hears that the process is told to end (SIGTERM, as service managers and containers send it), so that what runs in the
/// foreground can end by itself, and the script and the process with it.
/// </summary>
internal sealed class TerminationSignal : IDisposable
{
#if NET
    private readonly PosixSignalRegistration _registration;

    public TerminationSignal(Action heard) =>
        _registration = PosixSignalRegistration.Create(
            PosixSignal.SIGTERM,
            context =>
            {
                context.Cancel = true;
                heard();
            });

    public void Dispose() => _registration.Dispose();
#else
    // Windows PowerShell's process is not asked, it is told; the store forgives that.
    public TerminationSignal(Action heard) => _ = heard;

    public void Dispose()
    {
    }
#endif
}
