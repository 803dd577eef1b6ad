using MattermostXsoar.Benchmarks.Measuring;

namespace MattermostXsoar.Benchmarks;

/// <summary>Measures one thing against a floor in the same run.</summary>
internal interface IBenchmark
{
    /// <summary>The name on the command line.</summary>
    string Name { get; }

    /// <summary>What it measures, in a line.</summary>
    string Summary { get; }

    /// <summary>Measures, and says what came out; it judges nothing and has no time limit.</summary>
    Task RunAsync(Report report);
}
