using Xunit;

namespace MattermostXsoar.Core.Tests.Mattermost.Realtime;

/// <summary>Waits that end: the deadline is only reached when a test fails.</summary>
internal static class Deadlines
{
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    public static Task InTime(this Task task) => task.WaitAsync(Longest, TestContext.Current.CancellationToken);

    public static Task<T> InTime<T>(this Task<T> task) =>
        task.WaitAsync(Longest, TestContext.Current.CancellationToken);

    public static Task<T> InTime<T>(this ValueTask<T> task) => task.AsTask().InTime();
}
