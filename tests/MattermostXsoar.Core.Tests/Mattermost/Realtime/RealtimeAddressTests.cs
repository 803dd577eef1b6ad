using MattermostXsoar.Core.Mattermost.Realtime;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mattermost.Realtime;

public sealed class RealtimeAddressTests
{
    [Theory]
    [InlineData("http://chat.example:8065", "ws://chat.example:8065/api/v4/websocket")]
    [InlineData("https://chat.example", "wss://chat.example/api/v4/websocket")]
    [InlineData("https://chat.example/", "wss://chat.example/api/v4/websocket")]
    [InlineData("https://example.com/chat/mattermost/", "wss://example.com/chat/mattermost/api/v4/websocket")]
    [InlineData("https://example.com:8443/chat?x=1#y", "wss://example.com:8443/chat/api/v4/websocket")]
    [InlineData("http://user:secret@chat.example", "ws://chat.example/api/v4/websocket")]
    [InlineData("https://[::1]:8065", "wss://[::1]:8065/api/v4/websocket")]
    public void Keeps_host_port_and_path(string server, string expected) =>
        Assert.Equal(expected, RealtimeAddress.Of(new Uri(server)).AbsoluteUri);

    [Fact]
    public void Names_connection_and_next_number_to_resume() =>
        Assert.Equal(
            "wss://chat.example/api/v4/websocket?connection_id=1sqj7j7pdtdtmxe7gwish13p6c&sequence_number=42",
            RealtimeAddress.Of(new Uri("https://chat.example"), "1sqj7j7pdtdtmxe7gwish13p6c", 42).AbsoluteUri
        );

    [Fact]
    public void A_strange_connection_name_cannot_add_parameters() =>
        Assert.Equal(
            "?connection_id=a%26b%3Dc%23d&sequence_number=1",
            RealtimeAddress.Of(new Uri("https://chat.example"), "a&b=c#d", 1).Query
        );
}
