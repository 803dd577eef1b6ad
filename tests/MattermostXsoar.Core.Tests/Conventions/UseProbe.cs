using System.Collections;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace MattermostXsoar.Core.Tests.Conventions;

/// <summary>Uses one type in each way in which code can: <see cref="AssemblyUsesTests"/> lists them.</summary>
[TypeConverter(typeof(GuidConverter))]
internal sealed class UseProbe<T> : EventArgs, IComparable<Version>
    where T : StringComparer
{
    private readonly Stopwatch _field = new();
    private readonly Dictionary<string, List<Rune[]>> _argumentOfAnArgument = [];

    [Description]
    public TimeZoneInfo Property => throw new TimeoutException(_field.ToString() + _argumentOfAnArgument.Count);

    public int CompareTo(Version? other) => 0;

    public static string StaticCall() => Path.PathSeparator.ToString() + Path.GetTempPath();

    public static bool ParameterOfAMethodCalled(string text) => text.Equals("", StringComparison.Ordinal);

    public static bool ResultOfAMethodCalled(IEnumerable all) => all.GetEnumerator() is null;

    public static bool Pattern(object value) => value is Uri;

    public static Type TypeOf() => typeof(Random);

    public static int ArgumentOfAMethod() => Array.Empty<BitArray>().Length;

    public static int Caught(Func<int> work)
    {
        try
        {
            return work();
        }
        catch (DivideByZeroException)
        {
            return 0;
        }
        catch (Exception exception) when (exception is FormatException)
        {
            return 1;
        }
    }

    public static Func<string> InALambda(int value) => () => value.ToString(CultureInfo.InvariantCulture);

    public static async Task<int> AfterAnAwaitAsync(Task first)
    {
        await first;
        return Environment.ProcessorCount;
    }

    public static IEnumerable<bool> InAnIterator(byte[] value)
    {
        yield return true;
        yield return Convert.ToBase64String(value).Length > 0;
    }

    private sealed class Nested
    {
        public StringBuilder? OfANestedType { get; init; }
    }
}
