using System.Reflection;
using System.Text.RegularExpressions;
using MattermostXsoar.Sandbox.Tests.Support;
using MattermostXsoar.Sandbox.Xsoar;

namespace MattermostXsoar.Sandbox.Tests.Xsoar;

/// <summary>The page about the evidence names every option, and only existing tests.</summary>
public sealed partial class EvidencePageTests
{
    private static readonly string Page = File.ReadAllText(
        Path.Combine(Recorded.Repository, "docs", "sandbox-xsoar.md")
    );

    public static TheoryData<string> Options =>
        [
            .. typeof(XsoarBehaviour)
                .GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Select(static it => it.Name),
        ];

    [Theory]
    [MemberData(nameof(Options))]
    public void Every_option_is_on_the_page(string option) =>
        Assert.Contains($"`{option}`", Page, StringComparison.Ordinal);

    [Fact]
    public void Every_test_on_the_page_is_there()
    {
        var named = TestName()
            .Matches(Page)
            .Select(static it => (Class: it.Groups[1].Value, Method: it.Groups[2].Value))
            .Distinct()
            .ToList();
        Assert.NotEmpty(named);
        Assert.All(
            named,
            static it =>
                Assert.True(
                    typeof(EvidencePageTests)
                        .Assembly.GetTypes()
                        .Any(type => type.Name == it.Class && type.GetMethod(it.Method) is not null),
                    $"{it.Class}.{it.Method} is on the page, but not in the tests"
                )
        );
    }

    [GeneratedRegex(@"`(\w+Tests)\.(\w+)`")]
    private static partial Regex TestName();
}
