using System.Management.Automation;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Http;
using MattermostXsoar.Errors;
using MattermostXsoar.Pipeline;

namespace MattermostXsoar.Cmdlets;

/// <summary>
/// A cmdlet whose work is asynchronous. It owns cancellation (Ctrl+C), and everything that the work writes goes through
/// the pipeline's own thread.
/// </summary>
public abstract partial class AsyncCmdlet : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private PipelineQueue _queue = new();

    private protected AsyncCmdlet() { }

    /// <summary>Takes tokens out of whatever is shown; null as long as there is no session.</summary>
    private protected virtual SecretRedactor? Redactor => null;

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected sealed override void StopProcessing() => _stop.Cancel();

    /// <summary>Does the work; an error that it ends with is passed to <see cref="Fail"/>.</summary>
    private protected void Run(Func<CancellationToken, Task> work, object? target)
    {
        var queue = _queue = new PipelineQueue();
        using var trace = new CallTrace(call => queue.Post(() => WriteVerbose(CallTrace.Describe(call))));
        try
        {
            queue.Run(
                token =>
                {
                    trace.Enter();
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

    /// <summary>Ends what has to end before the pipeline is left early: by Ctrl+C, or because nobody downstream wants
    /// more.</summary>
    private protected virtual void LeaveEarly() { }

    /// <summary>What an error means that the work ends with: by default it is this input's, and the next one is
    /// tried.</summary>
    private protected virtual void Fail(ErrorRecord record) => WriteError(record);

    /// <summary>Writes an object, or each of a list, and waits until the pipeline has taken it.</summary>
    private protected Task WriteAsync(object? value, bool enumerate = false) =>
        _queue.InvokeAsync(() =>
        {
            WriteObject(value, enumerate);
            return true;
        });

    /// <summary>Asks PowerShell's -WhatIf and -Confirm.</summary>
    private protected Task<bool> ShouldProcessAsync(string target, string action) =>
        _queue.InvokeAsync(() => ShouldProcess(Redact(target), action));

    /// <summary>
    /// Does something that only the pipeline's thread may, such as asking PowerShell's providers for paths. An error of
    /// ours is the caller's to report: it does not end the pipeline.
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

    private protected void Show(ProgressRecord progress) => _queue.Post(() => WriteProgress(progress));

    /// <summary>Reports an error of one item; the others go on.</summary>
    private protected void Report(MattermostXsoarException error, object? target) =>
        _queue.Post(() => WriteError(RecordOf(error, target)));

    /// <summary>PowerShell's record of an error, without any token.</summary>
    private protected ErrorRecord RecordOf(MattermostXsoarException error, object? target) =>
        ErrorRecords.Create(error, target, Redactor);

    private protected void Warn(string message) => _queue.Post(() => WriteWarning(Redact(message)));

    private protected void Explain(string message) => _queue.Post(() => WriteVerbose(Redact(message)));

    private string Redact(string text) => Redactor?.Redact(text) ?? text;
}
