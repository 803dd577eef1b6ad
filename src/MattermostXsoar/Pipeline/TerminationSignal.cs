#if NET
using System.Runtime.InteropServices;
#endif

namespace MattermostXsoar.Pipeline;

/// <summary>
/// Hears that the process is told to end (SIGTERM, as service managers and containers send it; on Windows
/// CTRL_SHUTDOWN_EVENT, which services and containers get), so that what runs in the foreground can end by itself, and
/// the script and the process with it.
/// </summary>
internal sealed class TerminationSignal : IDisposable
{
#if NET
    // What Windows leaves a process after CTRL_SHUTDOWN_EVENT (HandlerRoutine, Timeouts).
    private static readonly TimeSpan WindowsLimit = TimeSpan.FromSeconds(5);

    private readonly PosixSignalRegistration _registration;

    public TerminationSignal(Func<Task> heard) =>
        _registration = PosixSignalRegistration.Create(
            PosixSignal.SIGTERM,
            context =>
            {
                context.Cancel = true;
                var ending = heard();
                // There the process ends when its handlers have returned, whatever they answer.
                if (OperatingSystem.IsWindows())
                    Task.WaitAny([ending], WindowsLimit);
            }
        );

    public void Dispose() => _registration.Dispose();
#else
    // Windows PowerShell's process is not asked, it is told; the store forgives that.
    public TerminationSignal(Func<Task> heard) => _ = heard;

    public void Dispose() { }
#endif
}
