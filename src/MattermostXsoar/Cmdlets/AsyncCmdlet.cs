using System.Management.Automation;
using MattermostXsoar.Core.Display;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Http;
using MattermostXsoar.Errors;
using MattermostXsoar.Pipeline;

namespace MattermostXsoar.Cmdlets;

/// <summary>
/// A cmdlet with asynchronous work. It handles cancellation (Ctrl+C), and everything that the work writes is written by
/// the pipeline's thread.
/// </summary>
public abstract partial class AsyncCmdlet : ModuleCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private PipelineQueue _queue = new();
    private Task _written = Task.CompletedTask;

    private protected AsyncCmdlet() { }

    /// <summary>Masks tokens in all that is shown; null if there is no session yet.</summary>
    private protected virtual SecretRedactor? Redactor => null;

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected sealed override void StopProcessing() => _stop.Cancel();

    /// <summary>Does the work. If it throws, the error is passed to <see cref="Fail"/>.</summary>
    private protected void Run(Func<CancellationToken, Task> work, object? target)
    {
        var queue = _queue = new PipelineQueue();
        _written = Task.CompletedTask;
        // Each line wakes the pipeline's thread, so none is written that nobody reads.
        using var trace = IsVerbose
            ? new CallTrace(call => queue.Post(() => WriteVerbose(CallTrace.Describe(call))))
            : null;
        try
        {
            queue.Run(
                token =>
                {
                    trace?.Enter();
                    return work(token);
                },
                _stop
            );
        }
        catch (MattermostXsoarException error)
        {
            Fail(RecordOf(error, target));
        }
        catch
        {
            LeaveEarly();
            throw;
        }
    }

    /// <summary>
    /// Ends the work when the pipeline is stopped early: by Ctrl+C, or by a later command.
    /// </summary>
    private protected virtual void LeaveEarly() { }

    /// <summary>
    /// Handles an error of the work: by default it is reported for this input, and the next one is processed.
    /// </summary>
    private protected virtual void Fail(ErrorRecord record) => WriteError(record);

    /// <summary>
    /// Writes an object, or each one of a list, and waits until the pipeline has processed the one before it: after the
    /// last one nobody has to wait.
    /// </summary>
    private protected Task WriteAsync(object? value, bool enumerate = false)
    {
        var before = _written;
        _written = _queue.InvokeAsync(() =>
        {
            WriteObject(value, enumerate);
            return true;
        });
        return before;
    }

    /// <summary>Ends when the pipeline has processed all that was written.</summary>
    private protected Task Written => _written;

    /// <summary>Asks ShouldProcess, for -WhatIf and -Confirm.</summary>
    private protected Task<bool> ShouldProcessAsync(string target, string action) =>
        _queue.InvokeAsync(() => ShouldProcess(target, action));

    /// <summary>
    /// Runs something on the pipeline's thread, such as resolving paths with PowerShell's providers. One of the
    /// module's errors is thrown to the caller and does not end the pipeline.
    /// </summary>
    private protected async Task<T> OnPipelineAsync<T>(Func<T> function)
    {
        var (value, error) = await _queue.InvokeAsync<(T?, MattermostXsoarException?)>(() =>
        {
            try
            {
                return (function(), null);
            }
            catch (MattermostXsoarException failure)
            {
                return (default, failure);
            }
        });
        return error is null ? value! : throw error;
    }

    private protected void Show(ProgressRecord progress)
    {
        progress.Activity = Shown(progress.Activity);
        progress.StatusDescription = Shown(progress.StatusDescription);
        _queue.Post(() => WriteProgress(progress));
    }

    /// <summary>Reports the error of one item; the others are still processed.</summary>
    private protected void Report(MattermostXsoarException error, object? target) =>
        _queue.Post(() => WriteError(RecordOf(error, target)));

    /// <summary>The error record of PowerShell, without any token.</summary>
    private protected ErrorRecord RecordOf(MattermostXsoarException error, object? target) =>
        ErrorRecords.Create(error, target, Redactor);

    private protected void Warn(string message) => _queue.Post(() => WriteWarning(message));

    private protected void Explain(string message) => _queue.Post(() => WriteVerbose(message));

    private protected void Explain(IEnumerable<string> lines) =>
        _queue.Post(() => base.WriteVerbose(string.Join("\n", lines.Select(Shown))));

    // These hide PowerShell's own, so that no cmdlet writes a token, or a name that a terminal obeys.
    internal new void WriteVerbose(string text) => base.WriteVerbose(Shown(text));

    internal new void WriteWarning(string text) => base.WriteWarning(Shown(text));

    internal new bool ShouldProcess(string target, string action) => base.ShouldProcess(Shown(target), Shown(action));

    // As PowerShell decides itself whether it shows verbose lines (MshCommandRuntime.VerbosePreference).
    private bool IsVerbose =>
        MyInvocation.BoundParameters.TryGetValue("Verbose", out var given)
            ? given is SwitchParameter { IsPresent: true }
            : GetVariableValue("VerbosePreference")
                is not (ActionPreference.SilentlyContinue or ActionPreference.Ignore);

    private string Shown(string text) => VisibleText.Of(Redactor?.Redact(text) ?? text);
}
