namespace MattermostXsoar.Core.Http;

/// <summary>What ends one read of a download: the exchange's own token, and the reader's where it is another.</summary>
internal readonly struct ReadCancellation : IDisposable
{
    private readonly CancellationTokenSource? _source;
#if !NET8_0_OR_GREATER
    private readonly CancellationTokenRegistration _closing;
#endif

    public ReadCancellation(HttpExchange exchange, CancellationToken other)
    {
        _source =
            other.CanBeCanceled && other != exchange.CancellationToken
                ? CancellationTokenSource.CreateLinkedTokenSource(exchange.Token, other)
                : null;
        Token = _source?.Token ?? exchange.Token;
#if !NET8_0_OR_GREATER
        // .NET Framework's response stream does not listen to the token: closing it is what wakes the read.
        _closing = Token.Register(static state => ((HttpExchange)state!).Abort(), exchange);
#endif
    }

    public CancellationToken Token { get; }

    public void Dispose()
    {
#if !NET8_0_OR_GREATER
        _closing.Dispose();
#endif
        _source?.Dispose();
    }
}
