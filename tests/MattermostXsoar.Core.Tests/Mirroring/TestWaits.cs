using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring;

/// <summary>Waits that end: the deadline is only reached when a test fails.</summary>
internal static class TestWaits
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    public static Task InTime(this Task task) => task.WaitAsync(Deadline, TestContext.Current.CancellationToken);

    public static Task<T> InTime<T>(this Task<T> task) =>
        task.WaitAsync(Deadline, TestContext.Current.CancellationToken);

    public static Task<T> InTime<T>(this ValueTask<T> task) => task.AsTask().InTime();
}
