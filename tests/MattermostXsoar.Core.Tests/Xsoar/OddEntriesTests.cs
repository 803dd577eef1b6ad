using System.Text.Json;
using MattermostXsoar.Core.Xsoar.Models;
using Xunit;

namespace MattermostXsoar.Core.Tests.Xsoar;

public sealed class OddEntriesTests
{
    [Theory]
    [InlineData("""{"id":"1@1","contents":"odd"}""")]
    [InlineData("""{"id":"1@1","contents":"odd","created":1767225600000}""")]
    [InlineData("""{"id":"1@1","contents":"odd","tags":"a"}""")]
    [InlineData("""{"id":"1@1","contents":"odd","fileMetadata":""}""")]
    [InlineData("""{"id":"1@1","contents":"odd","note":null}""")]
    [InlineData("""{"id":"1@1","contents":"odd","user":"\ud800","type":{"a":[1]}}""")]
    [InlineData("""{"id":"1@1","contents":"odd","\ud800":1,"created":"then"}""")]
    public void What_is_valid_of_an_entry_is_read(string entry)
    {
        var entries = Read(entry);
        Assert.Equal(["1@1", "2@1"], entries.Select(read => read.Id));
        Assert.Equal(["odd", "good"], entries.Select(read => read.Contents));
        Assert.Equal(DateTimeOffset.MinValue, entries[0].Created);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("""[[{"id":"1@1"}]]""")]
    [InlineData("""{"id":{},"contents":"odd"}""")]
    [InlineData("""{"contents":"odd"}""")]
    public void Only_what_cannot_be_named_is_left_out(string entry) =>
        Assert.Equal(["2@1"], Read(entry).Select(read => read.Id));

    [Fact]
    public void A_text_with_half_a_character_is_read_as_it_was_sent() =>
        Assert.Equal("x\\ud800", Read("""{"id":"1@1","contents":"x\ud800"}""")[0].Contents);

    [Theory]
    [InlineData("null")]
    [InlineData("{\"a\":1}")]
    [InlineData("[]")]
    public void No_list_is_an_empty_one(string entries) => Assert.Empty(Investigation(entries).Entries);

    private static IReadOnlyList<XsoarEntry> Read(string entry) =>
        Investigation($$"""[{{entry}},{"id":"2@1","contents":"good","created":"2026-01-01T00:00:00Z"}]""").Entries;

    private static XsoarInvestigation Investigation(string entries) =>
        JsonSerializer.Deserialize(
            $$"""{"id":"1","entries":{{entries}},"status":1}""",
            XsoarJson.Default.XsoarInvestigation
        )!;
}
