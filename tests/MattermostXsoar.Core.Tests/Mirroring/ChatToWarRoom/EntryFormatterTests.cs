using System.Text.Json;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Mirroring.ChatToWarRoom;
using MattermostXsoar.Core.Mirroring.Markup;
using MattermostXsoar.Core.Mirroring.Outbox;
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
