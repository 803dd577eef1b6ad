using System.Text.Json;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Mirroring.Markup;
using MattermostXsoar.Core.Mirroring.WarRoomToChat;
using MattermostXsoar.Core.Xsoar.Models;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring.WarRoomToChat;

public sealed class PostFormatterTests
{
    [Theory]
    [InlineData("json", """{"a":"\ud800"}""")]
    [InlineData("table", """[{"a":"\ud800"}]""")]
    [InlineData("table", """[{"\ud800":1}]""")]
    public void Half_a_character_in_JSON_is_shown_as_it_was_sent(string format, string contents)
    {
        var posts = Assert.Single(Format(Entry(contents, format)));
        Assert.Contains("\\ud800", posts, StringComparison.OrdinalIgnoreCase);
        Assert.EndsWith("\n```", posts, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_keeps_the_letters_of_every_language() =>
        Assert.Contains(
            "Grüße <b> 'x' + Привет",
            Assert.Single(Format(Entry("""{"a":"Grüße <b> 'x' + Привет"}""", "json"))),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData(1, "chat", false, "jane", "**jane**: x")]
    [InlineData(1, "chat", true, "jane", "**jane** (note): x")]
    [InlineData(1, "commandAndResults", false, "DBot", "**DBot** (command): x")]
    [InlineData(4, "commandAndResults", false, "DBot", "**DBot** (error): x")]
    [InlineData(11, "", false, "", "**XSOAR** (warning): x")]
    [InlineData(1, "playbookTaskResult", false, "", "**XSOAR** (playbook task): x")]
    [InlineData(1, "playbookErrors", false, "", "**XSOAR** (playbook error): x")]
    [InlineData(1, "incidentInfo", false, "", "**XSOAR** (incident): x")]
    public void The_author_and_the_kind_come_first(
        int type,
        string category,
        bool note,
        string user,
        string expected
    ) =>
        Assert.Equal(
            expected,
            Assert.Single(
                Format(
                    JsonSerializer.Deserialize(
                        JsonSerializer.Serialize(
                            new
                            {
                                id = "1@1",
                                type,
                                category,
                                note,
                                contents = "x",
                                user,
                                created = "2026-01-01T00:00:00Z",
                            }
                        ),
                        XsoarJson.Default.XsoarEntry
                    )!
                )
            )
        );

    [Fact]
    public void Html_becomes_its_text() =>
        Assert.Equal(
            "**jane**:\n\n# Head\n\nfirst & last\n\nnext",
            Assert.Single(
                Format(
                    Entry(
                        "<style>p{}</style><h1>Head</h1><p>first &amp; <b>last</b></p><br><script>alert(1)</script><div>next</div>",
                        "html"
                    )
                )
            )
        );

    [Theory]
    [InlineData("emoji 🚀👩‍👩‍👧 :tada:, Ελληνικά, 日本語, עברית, हिन्दी, 𝒳")]
    [InlineData("```powershell\nGet-Item -Path C:\\*  # `quoted` **not bold**\n```")]
    public void Emoji_scripts_and_code_stay_as_they_were_written(string text) =>
        Assert.EndsWith(text, Assert.Single(Format(Entry(text))), StringComparison.Ordinal);

    [Fact]
    public void A_table_that_is_no_JSON_is_text_and_what_is_called_JSON_is_a_block()
    {
        Assert.DoesNotContain("```", Assert.Single(Format(Entry("not json", "table"))), StringComparison.Ordinal);
        Assert.Contains(
            "```\nnot json\n```",
            Assert.Single(Format(Entry("not json", "json"))),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_small_table_is_a_table() =>
        Assert.Equal(
            "**jane**:\n\n| a | b |\n| --- | --- |\n| 1 |  |\n|  | 2 |",
            Assert.Single(Format(Entry("""[{"a":1},{"b":2}]""", "table")))
        );

    [Theory]
    [InlineData(1, 21)]
    [InlineData(101, 20)]
    public void A_table_too_large_to_read_is_shown_as_JSON(int rows, int columns)
    {
        var row =
            "{" + string.Join(",", Enumerable.Range(0, columns).Select(column => $"\"c{column}\":{column}")) + "}";
        var posts = Format(Entry("[" + string.Join(",", Enumerable.Repeat(row, rows)) + "]", "table"));
        Assert.StartsWith("**jane**:\n```json\n", posts[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_sparse_table_does_not_grow()
    {
        var rows = string.Join(",", Enumerable.Range(0, 3000).Select(i => $"{{\"k{i}\":{i}}}"));
        Assert.InRange(Format(Entry("[" + rows + "]", "table")).Sum(part => part.Length), 1, 10 * rows.Length);
    }

    [Fact]
    public void What_is_too_long_for_a_channel_is_cut_with_a_note()
    {
        var posts = Format(Entry(new string('x', 30 * PostSize.Largest)));
        Assert.Equal(20, posts.Count);
        Assert.StartsWith("… the rest, about ", posts[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Nobody_is_notified_by_a_line_that_the_cut_made_a_fence_of()
    {
        var posts = Format(Entry("~~~\n" + new string('a', 16318) + " ~~~\n@all\n" + new string('b', 200) + "\n~~~"));
        Assert.All(posts, part => Assert.DoesNotContain("@all", part, StringComparison.Ordinal));
        Assert.All(posts, part => Assert.InRange(part.Length, 1, PostSize.Largest));
    }

    [Fact]
    public void An_entry_is_split_by_the_limit_of_the_server()
    {
        var posts = new PostFormatter(new MentionGuard()).Format(Entry(new string('x', 6000)), PostSize.Smallest);
        Assert.Equal(2, posts.Count);
        Assert.All(posts, part => Assert.InRange(part.Length, 1, PostSize.Smallest));
        Assert.Equal(6000, posts.Sum(part => part.Count(sign => sign == 'x')));
    }

    [Theory]
    [InlineData(40, "**nn")]
    [InlineData(4000, "*(deleted")]
    public void The_note_of_a_deletion_fits_into_one_post(int name, string begin)
    {
        var entry = Entry("x", user: new string('n', name));
        var note = new PostFormatter(new MentionGuard()).FormatDeletion(entry, PostSize.Smallest);
        Assert.StartsWith(begin, note, StringComparison.Ordinal);
        Assert.EndsWith("*(deleted in the War Room)*", note, StringComparison.Ordinal);
        Assert.InRange(note.Length, 1, PostSize.Smallest);
    }

    [Fact]
    public void A_text_of_at_signs_only_keeps_to_the_limit_with_what_is_put_between_them()
    {
        var posts = Format(Entry(new string('@', 20000)));
        Assert.All(posts, part => Assert.InRange(part.Length, 1, PostSize.Largest));
        Assert.Equal(20000, posts.Sum(part => part.Count(sign => sign == '@')));
    }

    [Fact]
    public void The_authors_name_notifies_nobody() =>
        Assert.Equal(
            "**@\u200Ball &#38;commat&#59;here**: x",
            Assert.Single(Format(Entry("x", user: "@all &commat;here"))).Replace("\\", "", StringComparison.Ordinal)
        );

    private static IReadOnlyList<string> Format(XsoarEntry entry) =>
        new PostFormatter(new MentionGuard()).Format(entry, PostSize.Largest);

    private static XsoarEntry Entry(string contents, string format = "markdown", string user = "jane") =>
        JsonSerializer.Deserialize(
            JsonSerializer.Serialize(
                new
                {
                    id = "1@1",
                    type = 1,
                    category = "chat",
                    contents,
                    format,
                    user,
                    created = "2026-01-01T00:00:00Z",
                }
            ),
            XsoarJson.Default.XsoarEntry
        )!;
}
