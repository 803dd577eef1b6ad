using System.Globalization;
using System.Text.RegularExpressions;
using MattermostXsoar.Sandbox.Hosting;
using MattermostXsoar.Sandbox.Recording;

namespace MattermostXsoar.Sandbox.Admin;

/// <summary><c>/sandbox/calls</c>: the recorded calls, and waiting for calls.</summary>
internal static class CallsAdmin
{
    public static void Map(RouteTable routes, SandboxServer sandbox)
    {
        routes.Map("GET", "/sandbox/calls", call => Answer(sandbox.Calls.Where(Filter(call))));
        routes.Map("DELETE", "/sandbox/calls", _ => AdminAnswers.Do(sandbox.Calls.Clear));
        routes.MapAsync("GET", "/sandbox/calls/wait", call => WaitAsync(sandbox, call));
    }

    private static Answer Answer(IEnumerable<CallRecord> calls) =>
        AdminAnswers.Of(
            calls.Select(static it => new
            {
                it.Number,
                it.Server,
                it.Method,
                it.Path,
                it.Query,
                it.Status,
                it.Body,
                it.TokenUser,
                it.At,
            })
        );

    /// <summary>Answers as soon as enough calls match; 408 if that does not happen in time.</summary>
    private static async ValueTask<Answer> WaitAsync(SandboxServer sandbox, ApiCall call)
    {
        var filter = Filter(call);
        var count = (int)(AdminAnswers.Number(call, "count", 1, int.MaxValue) ?? 1);
        var seconds = AdminAnswers.Number(call, "seconds", 0, 3600) ?? 30;
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(seconds), sandbox.Options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, call.Aborted);
        try
        {
            return Answer(await sandbox.Calls.WaitForAsync(filter, count, either.Token));
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            return AdminAnswers.Failed(
                408,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"within {seconds} s only {sandbox.Calls.CountOf(filter)} of {count} matching calls were received"
                )
            );
        }
    }

    private static Func<CallRecord, bool> Filter(ApiCall call)
    {
        string? server = call.Query("server"),
            method = call.Query("method"),
            user = call.Query("user");
        var path = Pattern(call);
        var status = AdminAnswers.Number(call, "status", 0, 999);
        var after = AdminAnswers.Number(call, "after", 0, long.MaxValue) ?? 0;
        var since = Since(call);
        return it =>
            (server is null || it.Server == server)
            && (method is null || it.Method.Equals(method, StringComparison.OrdinalIgnoreCase))
            && (user is null || it.TokenUser == user)
            && (path is null || path.IsMatch(it.Path))
            && (status is null || it.Status == status)
            && it.Number > after
            && it.At >= since;
    }

    private static Regex? Pattern(ApiCall call)
    {
        try
        {
            return call.Query("path") is { } pattern ? new Regex(pattern) : null;
        }
        catch (ArgumentException error)
        {
            throw new JsonFieldException(
                "path",
                $"it is not a regular expression ({error.Message}); put a backslash before literal . ? + * ( ) [ ]"
            );
        }
    }

    private static DateTimeOffset Since(ApiCall call)
    {
        if (call.Query("since") is not { } text)
            return DateTimeOffset.MinValue;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw new JsonFieldException(
                "since",
                $"expected a time such as 2026-01-31T12:00:00Z, found \"{text}\"; "
                    + "to get the calls after a certain one use after=NUMBER"
            );
    }
}
