#if NET8_0_OR_GREATER
namespace MattermostXsoar.Core.Platform;

/// <summary>
/// The names that Microsoft.Bcl.TimeProvider has on netstandard2.0, for the framework that includes them.
/// </summary>
internal static class TimeProviderExtensions
{
    public static Task Delay(
        this TimeProvider timeProvider,
        TimeSpan delay,
        CancellationToken cancellationToken = default
    ) => Task.Delay(delay, timeProvider, cancellationToken);

    public static CancellationTokenSource CreateCancellationTokenSource(
        this TimeProvider timeProvider,
        TimeSpan delay
    ) => new(delay, timeProvider);
}
#endif
