#if NET
using System.Globalization;
using System.Net.Sockets;
using System.Text;
#endif

namespace MattermostXsoar.Core.Platform;

/// <summary>
/// Tells systemd how the service fares (sd_notify(3)): a datagram to the socket that <c>NOTIFY_SOCKET</c> names. Where
/// nothing is named there, and in Windows PowerShell, it tells nobody.
/// </summary>
internal sealed class ServiceNotification : IDisposable
{
#if NET
    private readonly string? _socket;
    private readonly TimeProvider _time;
    private ITimer? _watchdog;

    /// <param name="socket"><c>NOTIFY_SOCKET</c>: a path, or a name behind <c>@</c>; null for none.</param>
    /// <param name="watchdogMicroseconds"><c>WATCHDOG_USEC</c>: how soon a sign of life is expected; null for
    /// never.</param>
    /// <param name="time">The clock of the signs of life.</param>
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

    /// <summary>Half of what is allowed, as sd_watchdog_enabled(3) advises; null when no sign of life is
    /// expected.</summary>
    public TimeSpan? WatchdogInterval { get; }

    public static ServiceNotification FromEnvironment() =>
        new(
            Environment.GetEnvironmentVariable("NOTIFY_SOCKET"),
            Environment.GetEnvironmentVariable("WATCHDOG_USEC"),
            TimeProvider.System
        );

    /// <summary>The service works; signs of life follow for as long as it is alive.</summary>
    public void Ready(Func<bool> isAlive)
    {
        Tell("READY=1");
        if (WatchdogInterval is { } interval && _socket is not null)
        {
            _watchdog = _time.CreateTimer(
                _ =>
                {
                    if (isAlive())
                        Tell("WATCHDOG=1");
                },
                null,
                interval,
                interval
            );
        }
    }

    /// <summary>A line for <c>systemctl status</c>.</summary>
    public void Status(string text) => Tell("STATUS=" + text.Replace('\n', ' '));

    public void Stopping() => Tell("STOPPING=1");

    public void Dispose() => _watchdog?.Dispose();

    private void Tell(string message)
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
            // Nobody hears it: the work goes on all the same.
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
