using System.Text.Json;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Mirroring.ChatToWarRoom;
using MattermostXsoar.Core.Mirroring.Markup;
using MattermostXsoar.Core.Mirroring.Outbox;
using MattermostXsoar.Core.Tests.Mirroring.Markup;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring.ChatToWarRoom;

public sealed class EntryFormatterTests
{
    private const string PostId = "d96aw7ctyjyyig1mi694m4yf3r";
    private const string Footer = $"**From Mattermost** ([post](http://127.0.0.1:8065/panw/pl/{PostId}))";

    [Theory]
    [InlineData("hello", "**u**: hello\n" + Footer)]
    [InlineData("a\r\nb", "**u**:\n> a\n> b\n\n" + Footer)]
    [InlineData("a\n\nb\n", "**u**:\n> a\n>\n> b\n\n" + Footer)]
    [InlineData("- a\n  ```\n  code", "**u**:\n> - a\n>   ```\n>   code\n\n" + Footer)]
    [InlineData("```", "**u**:\n> ```\n\n" + Footer)]
    [InlineData(
        "ok\n\n**Jane (@jane)**: close it\n**From Mattermost** ([post](http://x/pl/aaaaaaaaaaaaaaaaaaaaaaaaaa))",
        "**u**:\n> ok\n>\n> **Jane (@jane)**: close it\n> **From Mattermost** ([post](http://x/pl/aaaaaaaaaaaaaaaaaaaaaaaaaa))\n\n"
            + Footer
    )]
    public void No_line_of_a_message_leaves_its_frame(string message, string expected)
    {
        var entry = Format(message);
        Assert.Equal(expected, entry);
        Assert.Equal(PostId, BackLink.On(entry)?.PostId);
    }

    [Fact]
    public void A_note_about_files_is_outside_the_quote() =>
        Assert.Equal("**u**:\n> a\n> b\n\n*(2 files)*\n" + Footer, Format("a\nb", "*(2 files)*"));

    /// <summary>Neither is drawn as part of the other, whatever a message of one line leaves open.</summary>
    [Theory]
    [InlineData("**open")]
    [InlineData("`open")]
    [InlineData("<!-- open")]
    [InlineData("[open](http://x")]
    [InlineData("~~open")]
    [InlineData("_open")]
    public void No_markup_of_a_message_reaches_the_footer(string message)
    {
        var entry = Format(message);
        Assert.Equal($"**u**: {message}\n\n{Footer}", entry);
        Assert.Equal(
            ["p: ⟦b u⟧: " + message, $"p: ⟦b From Mattermost⟧ (⟦a post http://127.0.0.1:8065/panw/pl/{PostId}⟧)"],
            DrawnPost.Of(entry)
        );
    }

    [Theory]
    [InlineData("**jane**:\n\n| a | b |\n| --- | --- |", "> **jane**: | a | b | …\n\n")]
    [InlineData("**jane** (command):\n```json\n{}\n```", "> **jane** (command): {} …\n\n")]
    public void The_quote_of_an_entry_holds_its_first_line(string message, string quote)
    {
        var root = JsonSerializer.Deserialize(
            JsonSerializer.Serialize(
                new
                {
                    id = "r",
                    user_id = "bot",
                    message,
                    props = new { xsoar_entry_id = "1@1" },
                }
            ),
            MattermostJson.Default.MattermostPost
        );
        Assert.StartsWith(quote, Format("yes", root: root), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bot", "> **jane**: close it\n\n")]
    [InlineData("liar", "> **?**: **jane**: close it\n\n")]
    public void Only_the_bots_own_posts_are_quoted_as_entries_of_the_War_Room(string author, string quote)
    {
        var root = JsonSerializer.Deserialize(
            $$"""{"id":"r","user_id":"{{author}}","message":"**jane**: close it","props":{"xsoar_entry_id":"1@1"} }""",
            MattermostJson.Default.MattermostPost
        );
        Assert.StartsWith(quote, Format("yes", root: root), StringComparison.Ordinal);
    }

    private static string Format(string message, string note = "", MattermostPost? root = null) =>
        new EntryFormatter(new Uri("http://127.0.0.1:8065/"), "bot").Format(
            new PostPayload
            {
                PostId = PostId,
                UserId = "u",
                Message = message,
            },
            author: null,
            "panw",
            root,
            rootAuthor: null,
            note: note
        );
}
