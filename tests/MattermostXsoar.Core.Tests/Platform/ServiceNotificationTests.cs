using System.Net.Sockets;
using System.Text;
using MattermostXsoar.Core.Platform;
using MattermostXsoar.Core.Tests.State;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace MattermostXsoar.Core.Tests.Platform;

public sealed class ServiceNotificationTests
{
    [Fact]
    public void Systemd_is_notified_that_the_service_is_ready_alive_and_stopping()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "systemd and datagrams over Unix sockets are not on Windows.");
        using var folder = new TemporaryFolder();
        var path = folder.File("notify");
        using var systemd = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified)
        {
            ReceiveTimeout = 10_000,
        };
        systemd.Bind(new UnixDomainSocketEndPoint(path));
        var time = new FakeTimeProvider();
        var alive = true;
        using var service = new ServiceNotification(path, "20000000", time);

        service.Ready(() => alive);
        Assert.Equal("READY=1", Heard(systemd));
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("WATCHDOG=1", Heard(systemd));
        // One that does not work any more gives no sign of life, and systemd starts it again.
        alive = false;
        time.Advance(TimeSpan.FromSeconds(10));
        service.Status("connected\nto nothing");
        Assert.Equal("STATUS=connected to nothing", Heard(systemd));
        service.Stopping();
        Assert.Equal("STOPPING=1", Heard(systemd));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/nosuch/socket")]
    public void Without_systemd_nothing_is_sent(string? socket)
    {
        using var service = new ServiceNotification(socket, null, TimeProvider.System);
        service.Ready(() => true);
        service.Stopping();
        Assert.Null(service.WatchdogInterval);
    }

    private static string Heard(Socket systemd)
    {
        var buffer = new byte[1000];
        return Encoding.UTF8.GetString(buffer, 0, systemd.Receive(buffer));
    }
}
