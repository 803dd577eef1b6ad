using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Mattermost.Posting;
using MattermostXsoar.Tests.Support;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mattermost.Posting;

public sealed class MessageSplitterTests
{
    [Fact]
    public void A_text_at_the_limit_stays_whole() =>
        Assert.Single(MessageSplitter.Split(new string('x', PostSize.Largest), PostSize.Largest));

    [Fact]
    public void Lines_come_back_complete_and_in_order_and_no_part_is_too_long()
    {
        var lines = Enumerable.Range(0, 5000).Select(i => $"line {i} {new string('y', i % 37)}").ToList();
        var parts = MessageSplitter.Split(string.Join("\n", lines), PostSize.Largest);

        Assert.True(parts.Count > 1);
        Assert.All(parts, part => Assert.InRange(part.Length, 1, PostSize.Largest));
        Assert.Equal(lines, parts.SelectMany(part => part.Split('\n')));
    }

    [Fact]
    public void A_fence_is_closed_at_the_end_of_a_part_and_opened_again_in_the_next()
    {
        var code = Enumerable.Range(0, 400).Select(i => $"row {i}").ToList();
        var parts = MessageSplitter.Split("before\n```json\n" + string.Join("\n", code) + "\n```\nafter", 500);

        Assert.All(parts, part => Assert.InRange(part.Length, 1, 500));
        Assert.All(
            parts.Skip(1).Take(parts.Count - 2),
            part =>
            {
                Assert.StartsWith("```json\n", part, StringComparison.Ordinal);
                Assert.EndsWith("\n```", part, StringComparison.Ordinal);
            }
        );
        Assert.Equal(
            code,
            parts.SelectMany(part => part.Split('\n')).Where(line => line.StartsWith("row", StringComparison.Ordinal))
        );
    }

    /// <summary>A part that is too long is refused with 400, and its text is lost.</summary>
    [Theory]
    [InlineData("```")]
    [InlineData("```````````````python")]
    [InlineData("~~~~~~~~~~~~~~~~~~~~")]
    public void No_part_is_too_long_whatever_fences_the_text_opens_and_leaves_open(string fence)
    {
        const int Limit = 500;
        TestSeed.Each(
            Enumerable.Range(0, 200),
            seed =>
            {
                var random = new Random(seed);
                var lines = Enumerable
                    .Range(0, 60)
                    .Select(i =>
                        random.Next(6) switch
                        {
                            0 => fence,
                            1 => new string('`', random.Next(1, 80)) + (random.Next(2) == 0 ? "py" : ""),
                            2 => "```" + new string('i', random.Next(0, 900)),
                            3 => new string('x', random.Next(0, 1200)),
                            4 => string.Concat(Enumerable.Repeat("\U0001F600 ", random.Next(0, 300))),
                            _ => $"line {i}",
                        }
                    )
                    .ToList();

                var parts = MessageSplitter.Split(string.Join('\n', lines), Limit);

                Assert.All(parts, part => Assert.InRange(part.EnumerateRunes().Count(), 1, Limit));
                Assert.Equal(
                    lines.Where(line => line.StartsWith("line", StringComparison.Ordinal)),
                    parts
                        .SelectMany(part => part.Split('\n'))
                        .Where(line => line.StartsWith("line", StringComparison.Ordinal))
                );
                Assert.Equal(
                    lines.Sum(line => line.Count(sign => sign == 'x')),
                    parts.Sum(part => part.Count(sign => sign == 'x'))
                );
            }
        );
    }

    [Fact]
    public void A_tables_head_is_repeated_in_each_part_and_not_behind_the_table()
    {
        const string Head = "| a | b |\n| - | - |";
        var rows = Enumerable.Range(0, 60).Select(i => $"| {i} | x |").ToList();
        var parts = MessageSplitter.Split(
            $"{new string('y', 85)}\n\n{Head}\n{string.Join('\n', rows)}\n\n{string.Join('\n', Enumerable.Repeat("after", 40))}",
            100
        );

        Assert.All(parts, part => Assert.InRange(part.Length, 1, 100));
        Assert.DoesNotContain("|", parts[0], StringComparison.Ordinal);
        var tables = parts.Where(part => part.Contains('|', StringComparison.Ordinal)).ToList();
        Assert.All(tables, part => Assert.StartsWith(Head + "\n|", part, StringComparison.Ordinal));
        Assert.Equal(rows, tables.SelectMany(part => part.Split('\n').Skip(2)).Where(line => line.StartsWith('|')));
    }

    [Fact]
    public void No_part_is_blank()
    {
        var parts = MessageSplitter.Split("a" + new string('\n', 40000) + "b", PostSize.Largest);

        Assert.Equal(["a", "b"], parts.Select(part => part.Trim()));
    }

    [Fact]
    public void One_endless_line_is_cut_without_breaking_a_character()
    {
        var text = string.Concat(Enumerable.Repeat("\U0001F600", 20000));
        var parts = MessageSplitter.Split(text, PostSize.Largest);

        Assert.Equal(text, string.Concat(parts));
        Assert.All(parts, part => Assert.False(char.IsLowSurrogate(part[0])));
        // The limit counts code points, of which each of these signs is one.
        Assert.Equal(2, parts.Count);
    }
}
