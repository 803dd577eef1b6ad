using System.Globalization;
using System.Security.Cryptography;
using Xunit;

namespace MattermostXsoar.Tests.Support;

/// <summary>
/// The seeds of tests that leave something to chance. Each such test writes its seed to its output. To have it run with
/// that one again, set the environment variable <c>MATTERMOSTXSOAR_TEST_SEED</c>; then all of them take it, and a test
/// that tries many seeds tries only this one:
/// <code>MATTERMOSTXSOAR_TEST_SEED=1940603871 dotnet test tests/MattermostXsoar.Core.Tests --filter ChaosTests</code>
/// The same seed gives the same choices. What the threads of a test and the servers do at the same time is not among
/// them.
/// </summary>
internal static class TestSeed
{
    /// <summary>The environment variable's name.</summary>
    public const string Variable = "MATTERMOSTXSOAR_TEST_SEED";

    /// <summary>The seed that was asked for; null to choose one.</summary>
    /// <exception cref="FormatException">The variable holds something else than a seed.</exception>
    public static int? Given => Parse(Environment.GetEnvironmentVariable(Variable));

    /// <summary>The seed for the running test, written to its output.</summary>
    public static int Take()
    {
        var seed = Given ?? Any();
        Write(seed);
        return seed;
    }

    /// <summary>Seeds for a theory: so many by chance, or the one that was asked for.</summary>
    public static TheoryData<int> Several(int count) => Among(Enumerable.Range(0, count).Select(static _ => Any()));

    /// <summary>Seeds for a theory: these, or the one that was asked for.</summary>
    public static TheoryData<int> Among(IEnumerable<int> seeds) => [.. Given is { } given ? [given] : seeds];

    /// <summary>Tries each of these seeds, or the one that was asked for; writes the one that fails.</summary>
    public static void Each(IEnumerable<int> seeds, Action<int> test)
    {
        foreach (var seed in Given is { } given ? [given] : seeds)
        {
            try
            {
                test(seed);
            }
            catch
            {
                Write(seed);
                throw;
            }
        }
    }

    /// <summary>Writes a seed to the running test's output, with the way to give it again.</summary>
    public static void Write(int seed) =>
        TestContext.Current.TestOutputHelper?.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"seed {seed} ({Variable}={seed} gives it again)")
        );

    /// <summary>What the variable's text means.</summary>
    internal static int? Parse(string? text) =>
        string.IsNullOrWhiteSpace(text) ? null
        : int.TryParse(
            text,
            NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite,
            CultureInfo.InvariantCulture,
            out var seed
        )
            ? seed
        : throw new FormatException($"{Variable} is \"{text}\"; write a whole number from 0 to {int.MaxValue}.");

    private static int Any() => RandomNumberGenerator.GetInt32(int.MaxValue);
}
