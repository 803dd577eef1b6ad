using System.Globalization;
using System.Runtime.InteropServices;

namespace MattermostXsoar.Benchmarks.Measuring;

/// <summary>What a benchmark prints: what is measured, a table of repetitions, and last the ratios.</summary>
internal sealed class Report(string name, TextWriter output)
{
    public void Describe(params string[] lines)
    {
        output.WriteLine($"{name}");
        foreach (var line in lines)
            output.WriteLine($"  {line}");
        Say(
            "machine",
            $"{Environment.ProcessorCount} processors, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}{Load()}"
        );
        output.WriteLine();
    }

    public void Say(string what, string text) => output.WriteLine($"  {what}: {text}");

    /// <summary>A row per repetition, then minimum and median of each column.</summary>
    public void Table(string unit, params (string Title, Samples Values)[] columns)
    {
        output.WriteLine($"  {$"[{unit}]", -12}{Cells(columns, it => it.Title)}");
        for (var i = 0; i < columns[0].Values.Count; i++)
            output.WriteLine($"  {$"run {i + 1}", -12}{Cells(columns, it => Number(it.Values[i]))}");
        output.WriteLine($"  {"minimum", -12}{Cells(columns, it => Number(it.Values.Minimum))}");
        output.WriteLine($"  {"median", -12}{Cells(columns, it => Number(it.Values.Median))}");
        output.WriteLine();
    }

    /// <summary>A result; <paramref name="part"/> tells several of one benchmark apart.</summary>
    public void Ratio(double ratio, double target, bool moreIsBetter, string? part = null)
    {
        var title = part is null ? name : $"{name} {part}";
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{title}: ratio {ratio:0.00} (target {(moreIsBetter ? ">=" : "<=")} {target:0.00})"
            )
        );
    }

    private static string Cells(
        (string Title, Samples Values)[] columns,
        Func<(string Title, Samples Values), string> cell
    ) => string.Concat(columns.Select(column => cell(column).PadLeft(Math.Max(column.Title.Length, 8) + 3)));

    private static string Number(double value) =>
        value.ToString(value < 10 ? "0.000" : "0.0", CultureInfo.InvariantCulture);

    // Other work on the machine shows in every figure: say how much there was.
    private static string Load()
    {
        const string File = "/proc/loadavg";
        return System.IO.File.Exists(File) ? ", load average " + System.IO.File.ReadAllText(File).Split(' ')[0] : "";
    }
}
