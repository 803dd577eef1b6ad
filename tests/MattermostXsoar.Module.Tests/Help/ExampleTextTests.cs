namespace MattermostXsoar.Module.Tests.Help;

/// <summary>What the comparison of examples takes for the same, and what not.</summary>
public sealed class ExampleTextTests
{
    private const string Id = "ksss4fxektnnuzdjzmwp17bxxr";
    private const string Other = "fnk9rdoak69y4giike7f8uefse";

    [Theory]
    [InlineData("a " + Id, "a " + Other, true)]
    [InlineData(Id + " " + Id, Id + " " + Other, false)]
    [InlineData(Id + " " + Other, Other + " " + Id, true)]
    [InlineData("at 11/23/2026 22:43:44 +00:00", "at 12/01/2026 01:02:03 +00:00", true)]
    [InlineData("2026-11-23T22:43:45.255Z x", "2026-12-01T00:00:00.1Z x", true)]
    [InlineData("1795473823526", "1796049291803", true)]
    [InlineData("1 ms       ok", "17 ms      ok", true)]
    [InlineData("row\n\nrow", "row\nrow", true)]
    [InlineData("Delivered : 4", "Delivered : 1", false)]
    [InlineData("Name  Id", "Name Id", false)]
    [InlineData("", "text", false)]
    [InlineData("text", "", false)]
    [InlineData("{\"id\":\"…,\"name\":\"b\"}", "{\"id\":\"x\",\"at\":0,\"name\":\"b\"}", true)]
    [InlineData("{\"id\":\"…,\"name\":\"b\"}", "{\"id\":\"x\",\"at\":0,\"name\":\"c\"}", false)]
    public void Only_ids_times_durations_and_blank_lines_may_differ(string page, string shown, bool same) =>
        Assert.Equal(same, ExampleText.IsSame(page, shown));

    [Theory]
    [InlineData("", "new", "# P\n\n### A\n\n```powershell\nx\n```\n\n```output\nnew\n```\n\ntext\n")]
    [InlineData(
        "\n```output\nold\nold\n```\n",
        "new",
        "# P\n\n### A\n\n```powershell\nx\n```\n\n```output\nnew\n```\n\ntext\n"
    )]
    [InlineData("\n```output\nold\n```\n", "", "# P\n\n### A\n\n```powershell\nx\n```\n\ntext\n")]
    [InlineData("\n```output\n```\n", "new", "# P\n\n### A\n\n```powershell\nx\n```\n\n```output\nnew\n```\n\ntext\n")]
    public void An_output_is_written_replaced_and_removed(string before, string output, string expected) =>
        Assert.Equal(
            expected,
            ExampleText.WithOutput($"# P\n\n### A\n\n```powershell\nx\n```\n{before}\ntext\n", "A", output)
        );
}
