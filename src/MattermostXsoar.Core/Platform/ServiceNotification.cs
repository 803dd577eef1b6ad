#if NET
using System.Globalization;
using System.Net.Sockets;
using System.Text;
#endif

namespace MattermostXsoar.Core.Platform;

/// <summary>
/// Notifies systemd of the state of the service (sd_notify(3)): a datagram to the socket that <c>NOTIFY_SOCKET</c>
/// names. Without that variable, and in Windows PowerShell, it does nothing.
/// </summary>
internal sealed class ServiceNotification : IDisposable
{
#if NET
    private readonly string? _socket;
    private readonly TimeProvider _time;
    private ITimer? _watchdog;

    /// <param name="socket"><c>NOTIFY_SOCKET</c>: a path, or a name after <c>@</c>; null for none.</param>
    /// <param name="watchdogMicroseconds"><c>WATCHDOG_USEC</c>: the longest time between two watchdog notifications;
    /// null for none.</param>
    /// <param name="time">The clock of the watchdog notifications.</param>
    public ServiceNotification(string? socket, string? watchdogMicroseconds, TimeProvider time)
    {
        _socket =
            string.IsNullOrEmpty(socket) ? null
            : socket[0] == '@' ? "\0" + socket[1..]
            : socket;
        _time = time;
        WatchdogInterval =
            long.TryParse(watchdogMicroseconds, NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds)
            && microseconds > 0
                ? TimeSpan.FromMilliseconds(microseconds / 1000.0 / 2)
                : null;
    }

    /// <summary>
    /// The interval of watchdog notifications: half of what is allowed, as sd_watchdog_enabled(3) advises; null for
    /// none.
    /// </summary>
    public TimeSpan? WatchdogInterval { get; }

    public static ServiceNotification FromEnvironment() =>
        new(
            Environment.GetEnvironmentVariable("NOTIFY_SOCKET"),
            Environment.GetEnvironmentVariable("WATCHDOG_USEC"),
            TimeProvider.System
        );

    /// <summary>The service is ready; watchdog notifications follow as long as it runs.</summary>
    public void Ready(Func<bool> isAlive)
    {
        Notify("READY=1");
        if (WatchdogInterval is { } interval && _socket is not null)
        {
            _watchdog = _time.CreateTimer(
                _ =>
                {
                    if (isAlive())
                        Notify("WATCHDOG=1");
                },
                null,
                interval,
                interval
            );
        }
    }

    /// <summary>The text for <c>systemctl status</c>.</summary>
    public void Status(string text) => Notify("STATUS=" + text.Replace('\n', ' '));

    public void Stopping() => Notify("STOPPING=1");

    public void Dispose() => _watchdog?.Dispose();

    private void Notify(string message)
    {
        if (_socket is null)
            return;
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
            socket.SendTo(Encoding.UTF8.GetBytes(message), new UnixDomainSocketEndPoint(_socket));
        }
        catch (SocketException)
        {
            // Nobody receives it: the service goes on.
        }
    }
#else
#pragma warning disable CA1822 // The same members as in the other build.
    public static ServiceNotification FromEnvironment() => new();

    public void Ready(Func<bool> isAlive) => _ = isAlive;

    public void Status(string text) => _ = text;

    public void Stopping() { }

    public void Dispose() { }
#endif
}
