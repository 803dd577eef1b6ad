using System.Collections;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Xunit;

namespace MattermostXsoar.Core.Tests.Conventions;

/// <summary>The guards see every way in which one type can use another.</summary>
public sealed class AssemblyUsesTests
{
    private static readonly AssemblyUses Uses = new(typeof(AssemblyUsesTests).Assembly);

    [Theory]
    [InlineData(typeof(EventArgs), "as its base")]
    [InlineData(typeof(IComparable<>), "as an interface")]
    [InlineData(typeof(Version), "as an argument of an interface")]
    [InlineData(typeof(StringComparer), "as a constraint")]
    [InlineData(typeof(TypeConverterAttribute), "as an attribute")]
    [InlineData(typeof(GuidConverter), "as an argument of an attribute")]
    [InlineData(typeof(DescriptionAttribute), "as an attribute of a property")]
    [InlineData(typeof(Stopwatch), "as a field")]
    [InlineData(typeof(Rune), "as an argument of an argument of a field")]
    [InlineData(typeof(TimeZoneInfo), "as a property")]
    [InlineData(typeof(TimeoutException), "as an exception thrown")]
    [InlineData(typeof(Path), "by a static call")]
    [InlineData(typeof(StringComparison), "as a parameter of a method called")]
    [InlineData(typeof(IEnumerator), "as the result of a method called")]
    [InlineData(typeof(Uri), "in a pattern")]
    [InlineData(typeof(Random), "in a typeof")]
    [InlineData(typeof(BitArray), "as an argument of a method")]
    [InlineData(typeof(DivideByZeroException), "in a catch clause")]
    [InlineData(typeof(FormatException), "in an exception filter")]
    [InlineData(typeof(CultureInfo), "in a lambda")]
    [InlineData(typeof(Environment), "after an await")]
    [InlineData(typeof(Convert), "in an iterator")]
    [InlineData(typeof(StringBuilder), "in a nested type")]
    public void A_use_is_seen(Type used, string how) =>
        Assert.True(
            Uses.Of(NameOf(typeof(UseProbe<>))).Contains(NameOf(used)),
            $"{used.Name}, which UseProbe uses {how}, is not seen."
        );

    [Fact]
    public void What_is_not_used_is_not_seen()
    {
        var seen = Uses.Of(NameOf(typeof(UseProbe<>)));

        Assert.DoesNotContain(NameOf(typeof(Barrier)), seen);
        Assert.DoesNotContain(NameOf(typeof(UseProbe<>)), seen);
        Assert.DoesNotContain(NameOf(typeof(AssemblyUses)), seen);
    }

    [Fact]
    public void A_types_bases_are_its_own()
    {
        Assert.Equal(
            [NameOf(typeof(EventArgs)), NameOf(typeof(IComparable<>))],
            Uses.BasesOf(NameOf(typeof(UseProbe<>))).Order(StringComparer.Ordinal)
        );
    }

    private static string NameOf(Type type) => type.FullName!.Split('`')[0];
}
