using MattermostXsoar.Benchmarks.Measuring;

namespace MattermostXsoar.Benchmarks;

/// <summary>Measures one thing against a floor in the same run.</summary>
internal interface IBenchmark
{
    /// <summary>The name on the command line.</summary>
    string Name { get; }

    /// <summary>What it measures, as one line of text.</summary>
    string Summary { get; }

    /// <summary>Measures and reports the result; it neither judges it nor has a time limit.</summary>
    Task RunAsync(Report report);
}
