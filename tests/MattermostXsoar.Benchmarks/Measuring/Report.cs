using System.Globalization;
using System.Runtime.InteropServices;

namespace MattermostXsoar.Benchmarks.Measuring;

/// <summary>The output of a benchmark: a description, a table of repetitions, and at the end the ratios.</summary>
internal sealed class Report(string name, TextWriter output)
{
    private const int Width = 118;

    public void Describe(params string[] paragraphs)
    {
        output.WriteLine(name);
        foreach (var line in paragraphs.SelectMany(Wrap))
            output.WriteLine($"  {line}");
        Print(
            "machine",
            $"{Environment.ProcessorCount} processors, {RuntimeInformation.OSDescription}, "
                + $"{RuntimeInformation.FrameworkDescription}{Load()}"
        );
        output.WriteLine();
    }

    public void Print(string what, string text) => output.WriteLine($"  {what}: {text}");

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

    /// <summary>A result; <paramref name="part"/> distinguishes several of one benchmark.</summary>
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

    private static IEnumerable<string> Wrap(string paragraph)
    {
        var line = "";
        foreach (var word in paragraph.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > Width)
            {
                yield return line;
                line = "";
            }
            line += line.Length > 0 ? " " + word : word;
        }
        yield return line;
    }

    private static string Cells(
        (string Title, Samples Values)[] columns,
        Func<(string Title, Samples Values), string> cell
    ) => string.Concat(columns.Select(column => cell(column).PadLeft(Math.Max(column.Title.Length, 8) + 3)));

    private static string Number(double value) =>
        value.ToString(value < 10 ? "0.000" : "0.0", CultureInfo.InvariantCulture);

    // Other load of the machine affects every figure, so it is printed.
    private static string Load()
    {
        const string File = "/proc/loadavg";
        return System.IO.File.Exists(File) ? ", load average " + System.IO.File.ReadAllText(File).Split(' ')[0] : "";
    }
}
