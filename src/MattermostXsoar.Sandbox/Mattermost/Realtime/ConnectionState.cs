using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace MattermostXsoar.Sandbox.Mattermost.Realtime;

/// <summary>The state that outlives a socket: sequence number, pending frames and the frames sent last.</summary>
internal sealed class ConnectionState(string userId)
{
    /// <summary>How many frames the server holds for a disconnected client; with more, it drops the
    /// connection.</summary>
    public const int AwayCapacity = 256;

    private readonly Lock _taking = new();

    public string UserId => userId;

    /// <summary>The token that authenticated it last.</summary>
    public string Token { get; set; } = "";

    /// <summary>Its token was found invalid: it gets no events until it is authenticated again
    /// (<see cref="SocketVersion.MutesWithoutToken"/>).</summary>
    public bool IsMuted { get; set; }

    /// <summary>When its user was active last, as known when it was lost.</summary>
    public DateTimeOffset ActiveAt { get; set; }

    public string ConnectionId { get; set; } = "";

    public long Sequence { get; set; }

    public DeadQueue Sent { get; } = new();

    /// <summary>Events (as <see cref="ServerEvent"/>) and replies (as bytes) in the order in which they are to be
    /// sent.</summary>
    public Channel<object> Outgoing { get; } = Channel.CreateUnbounded<object>();

    /// <summary>The socket that serves it now; null while the client is disconnected.</summary>
    public SocketSession? Session { get; private set; }

    public DateTimeOffset AwaySince { get; set; }

    /// <summary>Hands the connection to another socket, or to none. From then on the previous socket takes nothing
    /// more.</summary>
    public void ServeBy(SocketSession? session)
    {
        lock (_taking)
            Session = session;
    }

    /// <summary>
    /// Takes the next frame to send, an event with its number, unless <paramref name="session"/> no longer serves the
    /// connection: a frame that it took after another socket has resumed would not be sent by either.
    /// </summary>
    public bool TryTake(SocketSession session, [NotNullWhen(true)] out object? item, out long sequence)
    {
        lock (_taking)
        {
            item = null;
            sequence = 0;
            if (Session != session || !Outgoing.Reader.TryRead(out item))
                return false;
            if (item is ServerEvent sent)
                Sent.Add(sequence = Sequence++, sent);
            return true;
        }
    }
}
