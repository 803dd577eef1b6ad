using System.Text.Json;

namespace MattermostXsoar.Sandbox.Tests.Conformance.Rest;

/// <summary>Checks that the replay finds differences.</summary>
public sealed class BodyComparisonTests
{
    private const string Ada = "aaaaaaaaaaaaaaaaaaaaaaaaaa";
    private const string Bob = "bbbbbbbbbbbbbbbbbbbbbbbbbb";
    private const string SandboxAda = "cccccccccccccccccccccccccc";
    private const string SandboxBob = "dddddddddddddddddddddddddd";

    private readonly IdMap _ids = new();

    [Theory]
    [InlineData("""{"a":1}""", """{}""", "$.a: recorded, not in the sandbox's answer")]
    [InlineData("""{}""", """{"a":1}""", "$.a: only in the sandbox's answer")]
    [InlineData("""{"a":null}""", """{"a":""}""", "$.a: recorded Null, sandbox String")]
    [InlineData("""{"a":[]}""", """{"a":null}""", "$.a: recorded Array, sandbox Null")]
    [InlineData("""{"a":"1"}""", """{"a":1}""", "$.a: recorded String, sandbox Number")]
    [InlineData("""{"a":1}""", """{"a":2}""", "$.a: recorded 1, sandbox 2")]
    [InlineData("""{"a":true}""", """{"a":false}""", "$.a: recorded True, sandbox False")]
    [InlineData("""{"a":"x"}""", """{"a":"y"}""", "$.a: recorded “x”, sandbox “y”")]
    [InlineData("""[1,2]""", """[1]""", "$: recorded 2 items, sandbox 1")]
    [InlineData("""[1,2]""", """[2,1]""", "$[0]: recorded 1, sandbox 2")]
    [InlineData(
        """{"delete_at":0}""",
        """{"delete_at":1795444593836}""",
        "$.delete_at: recorded 0, sandbox 1795444593836"
    )]
    public void A_difference_is_named(string recorded, string sandbox, string expected) =>
        Assert.Contains(expected, Compare(recorded, sandbox));

    [Fact]
    public void Times_may_differ_but_not_what_came_first() =>
        Assert.Multiple(
            () =>
                Assert.Empty(
                    Compare(
                        """{"create_at":1795444593836,"update_at":1795444593836}""",
                        """{"create_at":1795000000001,"update_at":1795000000001}"""
                    )
                ),
            () =>
                Assert.Empty(
                    Compare(
                        """{"create_at":1795444593836,"update_at":1795444593840}""",
                        """{"create_at":1795000000001,"update_at":1795000000009}"""
                    )
                ),
            () =>
                Assert.Equal(
                    ["$: recorded create_at with update_at, sandbox before"],
                    Compare(
                        """{"create_at":1795444593836,"update_at":1795444593836}""",
                        """{"create_at":1795000000001,"update_at":1795000000002}"""
                    )
                )
        );

    [Fact]
    public void An_id_is_the_same_one_everywhere()
    {
        Assert.Empty(Compare($$"""{"id":"{{Ada}}"}""", $$"""{"id":"{{SandboxAda}}"}"""));
        Assert.Empty(
            Compare(
                $$"""{"text":"userId={{Ada}}, permission=x,"}""",
                $$"""{"text":"userId={{SandboxAda}}, permission=x,"}"""
            )
        );
        Assert.NotEmpty(Compare($$"""{"id":"{{Ada}}"}""", $$"""{"id":"{{SandboxBob}}"}"""));
        Assert.NotEmpty(Compare($$"""{"id":"{{Bob}}"}""", $$"""{"id":"{{SandboxAda}}"}"""));
        Assert.NotEmpty(Compare($$"""{"id":"{{Bob}}"}""", """{"id":"not an id"}"""));
    }

    [Fact]
    public void Objects_by_id_are_compared_by_their_id()
    {
        _ids.Bind(Ada, SandboxAda);
        _ids.Bind(Bob, SandboxBob);
        Assert.Empty(Compare($$"""{"{{Ada}}":1,"{{Bob}}":2}""", $$"""{"{{SandboxBob}}":2,"{{SandboxAda}}":1}"""));
        Assert.NotEmpty(Compare($$"""{"{{Ada}}":1,"{{Bob}}":2}""", $$"""{"{{SandboxBob}}":1,"{{SandboxAda}}":2}"""));
        Assert.Empty(Compare($$"""{"name":"{{Ada}}__{{Bob}}"}""", $$"""{"name":"{{SandboxBob}}__{{SandboxAda}}"}"""));
    }

    [Fact]
    public void A_list_ordered_by_ids_is_compared_as_a_set()
    {
        _ids.Bind(Ada, SandboxAda);
        Assert.Empty(
            Compare(
                $$"""[{"id":"{{Ada}}","n":1},{"id":"{{Bob}}","n":2}]""",
                $$"""[{"id":"{{SandboxBob}}","n":2},{"id":"{{SandboxAda}}","n":1}]""",
                unordered: true
            )
        );
        Assert.NotEmpty(
            Compare(
                $$"""[{"id":"{{Ada}}","n":1},{"id":"{{Bob}}","n":2}]""",
                $$"""[{"id":"{{SandboxBob}}","n":1},{"id":"{{SandboxAda}}","n":2}]""",
                unordered: true
            )
        );
    }

    private IReadOnlyList<string> Compare(string recorded, string sandbox, bool unordered = false)
    {
        var comparison = new BodyComparison(_ids, new Uri("http://127.0.0.1:1/"));
        comparison.Compare(
            "$",
            JsonDocument.Parse(recorded).RootElement,
            JsonDocument.Parse(sandbox).RootElement,
            unordered
        );
        return comparison.Differences;
    }
}
