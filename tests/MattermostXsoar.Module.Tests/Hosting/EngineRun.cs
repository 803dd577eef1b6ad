using System.Management.Automation;

namespace MattermostXsoar.Module.Tests.Hosting;

/// <summary>A pipeline that is running.</summary>
internal sealed class EngineRun(
    PowerShell powerShell,
    CapturingUI screen,
    Task<bool> finished,
    PSDataCollection<PSObject> output
) : IDisposable
{
    /// <summary>What has come out so far; grows while the pipeline runs.</summary>
    public PSDataCollection<PSObject> Output { get; } = output;

    public PSDataStreams Streams => powerShell.Streams;

    public bool IsCompleted => finished.IsCompleted;

    /// <summary>Waits until the pipeline has written something.</summary>
    public Task FirstOutputAsync() => OutputAsync(_ => true);

    /// <summary>Waits until the pipeline has written an object of this kind.</summary>
    public async Task OutputAsync(Func<PSObject, bool> isWanted)
    {
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Output.DataAdded += (_, added) => Look(Output[added.Index]);
        // By index: the collection grows meanwhile, and a copy of it would be of yesterday's length.
        for (var i = 0; i < Output.Count; i++)
            Look(Output[i]);
        await written.Task.WaitAsync(Engine.Deadline, TestContext.Current.CancellationToken);

        void Look(PSObject item)
        {
            if (isWanted(item))
                written.TrySetResult();
        }
    }

    /// <summary>
    /// Ctrl+C; comes back when the pipeline has ended. A pipeline that waits for an answer that never comes, or for
    /// what does not happen, ends by nothing else: a call's time limit is longer than the deadline here.
    /// </summary>
    public async Task<EngineResult> StopAsync()
    {
        await Task
            .Factory.FromAsync(powerShell.BeginStop, powerShell.EndStop, null)
            .WaitAsync(Engine.Deadline, TestContext.Current.CancellationToken);
        return await ResultAsync();
    }

    public async Task<EngineResult> ResultAsync(TimeSpan? deadline = null)
    {
        var errors = new List<ErrorRecord>();
        var stopped = false;
        try
        {
            await finished.WaitAsync(deadline ?? Engine.Deadline, TestContext.Current.CancellationToken);
        }
        catch (PipelineStoppedException)
        {
            stopped = true;
        }
        catch (RuntimeException exception)
        {
            errors.Add(exception.ErrorRecord);
        }
        catch (TimeoutException exception)
        {
            powerShell.BeginStop(null, null);
            throw new TimeoutException(
                "The pipeline did not end in time. It wrote: " + string.Join('\n', Streams.Verbose),
                exception
            );
        }

        errors.InsertRange(0, Streams.Error);
        return new EngineResult
        {
            Output = [.. Output],
            Errors = errors,
            Warnings = [.. Streams.Warning.Select(r => r.Message)],
            Verbose = [.. Streams.Verbose.Select(r => r.Message)],
            Debug = [.. Streams.Debug.Select(r => r.Message)],
            Information = [.. Streams.Information.Select(r => r.ToString())],
            Progress = [.. Streams.Progress],
            Screen = screen.TakeText(),
            WasStopped = stopped,
        };
    }

    public void Dispose()
    {
        powerShell.Dispose();
        Output.Dispose();
    }
}
