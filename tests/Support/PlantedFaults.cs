using System.Runtime.CompilerServices;
using MattermostXsoar.Sandbox;
using Xunit;

namespace MattermostXsoar.Tests.Support;

/// <summary>
/// What a test planned to go wrong, and what of it never did. Every sandbox that is started in a test of this assembly
/// is looked at when the test has ended (<see cref="PlantedFaultsAttribute"/>), so no test has to ask for it. A fault
/// that is right although it may never hit, for instance because it is only there to be removed, states why in
/// <see cref="MattermostXsoar.Sandbox.Faults.Fault.MayNotHappen"/>.
/// </summary>
internal static class PlantedFaults
{
    private static readonly ConditionalWeakTable<object, List<Func<IEnumerable<string>>>> OfTests = [];

    /// <summary>Has the running test fail if something that it planned does not happen.</summary>
    /// <param name="missing">What has not happened until now, each in words.</param>
    /// <exception cref="InvalidOperationException">No test is running that could fail.</exception>
    public static void Watch(Func<IEnumerable<string>> missing)
    {
        var test =
            TestContext.Current.Test
            ?? throw new InvalidOperationException(
                "This is started outside of a test: nobody would notice faults in it that never happen."
            );
        var planned = OfTests.GetValue(test, static _ => []);
        lock (planned)
            planned.Add(missing);
    }

    /// <summary>What a test planned to go wrong and what has not happened until now.</summary>
    public static IReadOnlyList<string> MissingIn(object test)
    {
        if (!OfTests.TryGetValue(test, out var planned))
            return [];
        lock (planned)
            return [.. planned.SelectMany(static missing => missing())];
    }

    // Before any test of the assembly, whichever starts the first sandbox.
    [ModuleInitializer]
    internal static void WatchSandboxes() => SandboxServer.Started += sandbox => Watch(() => sandbox.WithoutEffect);
}
