#if NET
using System.Runtime.InteropServices;
#endif

namespace MattermostXsoar.Pipeline;

/// <summary>
/// Reports that the process is requested to end (SIGTERM, which service managers and containers send; on Windows
/// CTRL_SHUTDOWN_EVENT, which services and containers get), so that a command in the foreground can end regularly, and
/// the script and the process with it.
/// </summary>
internal sealed class TerminationSignal : IDisposable
{
#if NET
    // The time that Windows allows a process after CTRL_SHUTDOWN_EVENT (HandlerRoutine, Timeouts).
    private static readonly TimeSpan WindowsLimit = TimeSpan.FromSeconds(5);

    private readonly PosixSignalRegistration _registration;

    public TerminationSignal(Func<Task> heard) =>
        _registration = PosixSignalRegistration.Create(
            PosixSignal.SIGTERM,
            context =>
            {
                context.Cancel = true;
                var ending = heard();
                // On Windows the process ends when its handlers have returned, whatever they return.
                if (OperatingSystem.IsWindows())
                    Task.WaitAny([ending], WindowsLimit);
            }
        );

    public void Dispose() => _registration.Dispose();
#else
    // The process of Windows PowerShell cannot delay its end; the store is not damaged by that.
    public TerminationSignal(Func<Task> heard) => _ = heard;

    public void Dispose() { }
#endif
}
