namespace MattermostXsoar.Core.Http;

/// <summary>
/// The token for one read of a download: that of the exchange, linked with the reader's if that is another.
/// </summary>
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
        // .NET Framework's response stream ignores the token: only closing it ends the read.
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
