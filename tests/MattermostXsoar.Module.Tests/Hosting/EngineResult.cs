using System.Management.Automation;

namespace MattermostXsoar.Module.Tests.Hosting;

/// <summary>Everything one pipeline gave.</summary>
internal sealed record EngineResult
{
    public required IReadOnlyList<PSObject> Output { get; init; }

    /// <summary>Non-terminating errors, then the terminating one if the pipeline ended with one.</summary>
    public required IReadOnlyList<ErrorRecord> Errors { get; init; }

    public required IReadOnlyList<string> Warnings { get; init; }

    public required IReadOnlyList<string> Verbose { get; init; }

    public required IReadOnlyList<string> Debug { get; init; }

    public required IReadOnlyList<string> Information { get; init; }

    public required IReadOnlyList<ProgressRecord> Progress { get; init; }

    /// <summary>What the host showed.</summary>
    public required string Screen { get; init; }

    public required bool WasStopped { get; init; }

    /// <summary>The error's own id: PowerShell appends a comma and the command.</summary>
    public string ErrorId => Errors.Count == 0 ? "" : Errors[0].FullyQualifiedErrorId.Split(',')[0];

    /// <summary>The output, after making sure that nothing went wrong.</summary>
    public IReadOnlyList<PSObject> Succeeded()
    {
        if (Errors.Count > 0)
            throw new InvalidOperationException(
                $"The pipeline failed: {Errors[0].FullyQualifiedErrorId}: {Errors[0]}\n{Errors[0].Exception}"
            );
        return Output;
    }

    /// <summary>The single object, after making sure that nothing went wrong.</summary>
    public PSObject Single() => Succeeded().Single();

    /// <summary>The single error, as it is.</summary>
    public ErrorRecord Error() => Errors.Single();

    /// <summary>Every text that left the pipeline in any stream, for looking whether a secret did.</summary>
    public string AllText() =>
        string.Join(
            '\n',
            [
                .. Output
                    .Where(o => o is not null)
                    .Select(o =>
                        o.ToString() + " " + string.Join(' ', o.Properties.Select(p => p.Name + "=" + Value(p)))
                    ),
                .. Errors.Select(e => e + " " + e.ErrorDetails + " " + e.TargetObject + " " + e.Exception),
                .. Warnings,
                .. Verbose,
                .. Debug,
                .. Information,
                .. Progress.Select(p => p.ToString()),
                Screen,
            ]
        );

    private static string? Value(PSPropertyInfo property)
    {
        try
        {
            return property.Value?.ToString();
        }
        catch (GetValueException)
        {
            return null;
        }
    }
}
