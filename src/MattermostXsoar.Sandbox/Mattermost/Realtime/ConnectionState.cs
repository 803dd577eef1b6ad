using System.Threading.Channels;

namespace MattermostXsoar.Sandbox.Mattermost.Realtime;

/// <summary>What outlives a socket: sequence, what waits to be sent, and what was sent last.</summary>
internal sealed class ConnectionState(string userId)
{
    /// <summary>What the server holds for a client that is away; with more, it gives the connection up.</summary>
    public const int AwayCapacity = 256;

    public string UserId => userId;

    public string ConnectionId { get; set; } = "";

    public long Sequence { get; set; }

    public DeadQueue Sent { get; } = new();

    /// <summary>Events (as <see cref="ServerEvent"/>) and replies (as bytes) in the order in which they are to be sent.</summary>
    public Channel<object> Outgoing { get; } = Channel.CreateUnbounded<object>();

    /// <summary>The socket that serves it now; null while the client is away.</summary>
    public SocketSession? Session { get; set; }

    public DateTimeOffset AwaySince { get; set; }
}
