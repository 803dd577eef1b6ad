using System.Reflection;
using System.Text.RegularExpressions;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring;

/// <summary>Each row of docs/mirroring.md that describes what the mirror does names a test that proves it.</summary>
public sealed class DocumentedEventsTests
{
    private static readonly Regex Named = new(@"\| `(\w+)\.(\w+)` \|$", RegexOptions.CultureInvariant);

    [Fact]
    public void Each_documented_event_names_a_test_that_is_there()
    {
        var tests = typeof(DocumentedEventsTests)
            .Assembly.GetTypes()
            .SelectMany(type =>
                type.GetMethods()
                    .Where(method => method.GetCustomAttributes<FactAttribute>().Any())
                    .Select(method => $"{type.Name}.{method.Name}")
            )
            .ToHashSet(StringComparer.Ordinal);
        var rows = Rows();

        Assert.True(rows.Count >= 60, $"Only {rows.Count} rows were found.");
        Assert.Equal(
            [],
            rows.Where(row =>
                    !(
                        Named.Match(row) is { Success: true } named
                        && tests.Contains($"{named.Groups[1].Value}.{named.Groups[2].Value}")
                    )
                )
                .ToList()
        );
    }

    // The rows of the tables whose last column is headed "test".
    private static List<string> Rows()
    {
        var rows = new List<string>();
        var isRow = false;
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "docs", "mirroring.md")))
        {
            if (!line.StartsWith('|'))
                isRow = false;
            else if (line.EndsWith("| test |", StringComparison.Ordinal))
                isRow = true;
            else if (isRow && !line.StartsWith("| ---", StringComparison.Ordinal))
                rows.Add(line);
        }

        return rows;
    }
}
