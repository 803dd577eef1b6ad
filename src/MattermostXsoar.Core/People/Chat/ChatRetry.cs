using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mirroring.Diagnostics;
using MattermostXsoar.Core.Mirroring.Engine;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.Mirroring.Resilience;

namespace MattermostXsoar.Core.People.Chat;

/// <summary>
/// Repeats the calls for one message: somebody waits for the answer, so that it gives up after a few tries, and at once
/// where trying again cannot help.
/// </summary>
internal sealed class ChatRetry(MirrorContext context, string what)
{
    /// <summary>Tries of a call that somebody waits for.</summary>
    public const int FewTries = 5;

    /// <summary>Tries of a call whose outcome has to be known, or whose answer has to arrive: some minutes.</summary>
    public const int ManyTries = 25;

    private readonly RecurringErrorLog _errors = new(
        context.Runtime.Log,
        context.Runtime.Time,
        what,
        ListenerLogLevel.Warning
    );

    /// <summary>Makes a call until it succeeds.</summary>
    /// <exception cref="AttemptsExhaustedException">It cannot succeed, or did not; the cause is within.</exception>
    public Task<T> RunAsync<T>(Func<Task<T>> call, int tries, CancellationToken stopping) =>
        new RetryLoop(context.Runtime, _errors, tries).RunAsync(call, stopping, Judge);

    private static FailureAction Judge(Exception exception) =>
        exception is MattermostXsoarException and not ApiException and not { Kind: ErrorKind.Store }
            ? FailureAction.Pause
            : FailurePolicy.Judge(exception) switch
            {
                // A refusal is no reason to try again.
                FailureAction.Fail or FailureAction.Close => FailureAction.Pause,
                var action => action,
            };
}
