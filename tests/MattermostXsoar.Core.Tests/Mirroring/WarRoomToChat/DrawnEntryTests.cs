using System.Text.Json;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Mirroring.Markup;
using MattermostXsoar.Core.Mirroring.WarRoomToChat;
using MattermostXsoar.Core.Tests.Mirroring.Markup;
using MattermostXsoar.Core.Xsoar.Models;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring.WarRoomToChat;

/// <summary>What people see in the channel of what was written in the War Room.</summary>
public sealed class DrawnEntryTests
{
    private const string Author = "⟦b jane⟧:";

    public static TheoryData<string> HostileTexts { get; } =
    [
        @"HKCR\CLSID\{53BE-11}\_shell\!x",
        @"\\server\share\_new\*.exe and C:\Users\bob\",
        "# no heading",
        "#!/bin/sh",
        "see #phishing and ticket #12",
        "- no list",
        "+ no list",
        "1. no list\n2. no list",
        "7) no list",
        "> no quote",
        "*/5 * * * * root /usr/bin/x",
        "MAILTO=root\n*/5 * * * * root /usr/bin/x\n0 3 * * 1 root /y",
        "def __init__(self): pass",
        "snake_case and _private_ and a_b_c_",
        "Host isolated\n-----\nnext",
        "Host isolated\n=====",
        "first\nsecond\n---",
        "a | b\n--- | ---\n1 | 2",
        "| a | b |\n| - | - |\n| 1 | 2 |",
        "**bold** *italic* ~~gone~~ ***",
        "`code` and ``more` `` and ```",
        "`",
        "```\nfence\n```",
        "````\n```\n~~~\n````\n~~~~~\nx",
        "~~~\nfence\n~~~",
        "    indented",
        "\tindented",
        "columns   are    kept",
        "[label](http://evil.example)",
        "[jane]: http://evil.example\n[jane]",
        "![picture](http://evil.example/x.png)",
        "[ ] todo",
        "<http://evil.example/x>",
        "<b>bold</b> <script>alert(1)</script>",
        "seen <!-- a > b --> twice",
        "a < b > c <= d",
        "&lt;script&gt; &amp; &#35; AT&T &copy",
        ":key: and 10:100:20 and 12:30:45 and :+1:",
        "fine :) or :-( or ;) or :D or <3",
        "costs $5 and $6",
        "~town-square",
        "@all @channel @user1, mail jane@corp.example",
        "a\rb\r\nc",
        "a\n\n\n\nb",
        "trailing  \nspaces",
        "http://example.com/a_b/?x=1&y=2#part",
        "http://example.com/_x_/*y*/~z",
        "plain words, in (two) lines:\nall \"good\"; isn't it? 50% - yes!",
        @"line\",
        "%%%{\"a\":1}%%%",
        "a\u2424b",
        "emoji 🚀👩‍👩‍👧, Ελληνικά, 日本語, 𝒳",
    ];

    [Theory]
    [MemberData(nameof(HostileTexts))]
    public void A_text_reaches_the_eye_as_it_was_written(string text)
    {
        foreach (var (format, category, type, note) in Kinds)
        {
            var blocks = DrawnPost.Of(Assert.Single(Posts(text, format, category, type, note)));
            Assert.StartsWith("p: " + Author[..^1], blocks[0], StringComparison.Ordinal);
            Assert.All(blocks.Skip(1), block => Assert.Matches("^(p|code): ", block));
            var drawn = DrawnPost.TextOf(blocks);
            var body = drawn[(drawn.IndexOf(':', StringComparison.Ordinal) + 1)..];
            Assert.Equal(
                Lines(text),
                body.Length > 0 && body[0] is ' ' or '\n' && blocks.Count == 1 ? body[1..]
                    : body.StartsWith('\n') ? body[1..]
                    : body
            );
        }
    }

    [Theory]
    [MemberData(nameof(HostileTexts))]
    public void A_cell_reaches_the_eye_as_it_was_written(string text)
    {
        var json = JsonSerializer.Serialize(
            new[]
            {
                new Dictionary<string, object> { ["name"] = text, ["n"] = 1 },
                new() { ["name"] = "x", [text] = new { v = "é|" } },
            }
        );
        var blocks = DrawnPost.Of(Assert.Single(Posts(json, "table")));
        Assert.Equal(4, blocks.Count);
        Assert.Equal("p: " + Author, blocks[0]);
        Assert.Equal($"head: name¦n¦{OnOneLine(text)}", Unguarded(blocks[1]));
        Assert.Equal($"row: {OnOneLine(text)}¦1¦", Unguarded(blocks[2]));
        Assert.Equal("row: x¦¦{\"v\":\"é|\"}", Unguarded(blocks[3]));
    }

    [Theory]
    [MemberData(nameof(HostileTexts))]
    public void The_text_of_HTML_reaches_the_eye_as_it_was_written(string text)
    {
        var encoded = System.Net.WebUtility.HtmlEncode(text);
        var words = string.Join(
            ' ',
            text.Split([' ', '\t', '\n', '\r', '\u2424'], StringSplitOptions.RemoveEmptyEntries)
        );
        Assert.Equal(
            words,
            DrawnPost
                .TextOf(DrawnPost.Of(Assert.Single(Posts($"<p>{encoded}</p>", "html"))))[(Author.Length)..]
                .TrimStart(' ', '\n')
                .Replace('\n', ' ')
        );
        Assert.Equal(
            ["p: " + Author, "head: a¦b", $"row: {words}¦7"],
            DrawnPost
                .Of(
                    Assert.Single(
                        Posts(
                            $"<table><tr><th>a</th><th>b</th></tr><tr><td>{encoded}</td><td>7</td></tr></table>",
                            "html"
                        )
                    )
                )
                .Select(Unguarded)
        );
    }

    [Theory]
    [MemberData(nameof(HostileTexts))]
    [InlineData("text\n\n```\nopen")]
    [InlineData("**open and __open and `open")]
    [InlineData("- a\n- b")]
    [InlineData("2. two")]
    [InlineData("===")]
    [InlineData(": - :\n---")]
    public void No_Markdown_changes_the_line_of_its_author(string text)
    {
        var blocks = DrawnPost.Of(Assert.Single(Posts(text, "markdown")) + "\n\n*(note)*");
        Assert.StartsWith("p: " + Author, blocks[0], StringComparison.Ordinal);
        Assert.Equal("p: ⟦i (note)⟧", blocks[^1]);
    }

    [Theory]
    [InlineData("**bold** and [link](http://x.example/)", "p: ⟦b jane⟧: ⟦b bold⟧ and ⟦a link http://x.example/⟧")]
    [InlineData("# Title\ntext", "p: ⟦b jane⟧:", "h1: Title", "p: text")]
    [InlineData("- a\n- b", "p: ⟦b jane⟧:", "li p: a", "li p: b")]
    [InlineData("```json\n{}\n```", "p: ⟦b jane⟧:", "code: {}")]
    [InlineData("```\nopen", "p: ⟦b jane⟧:", "code: open")]
    [InlineData("  ```\n  in\n  ```", "p: ⟦b jane⟧:", "code: in")]
    [InlineData("```span``` and more", "p: ⟦b jane⟧: span and more")]
    [InlineData("Title\n---", "p: ⟦b jane⟧:", "h2: Title")]
    [InlineData("|a|b|\n|---|---|\n|1|2|", "p: ⟦b jane⟧:", "head: a¦b", "row: 1¦2")]
    [InlineData("### Results\n|a|b|\n|---|---|\n|1|2|", "p: ⟦b jane⟧:", "h3: Results", "head: a¦b", "row: 1¦2")]
    [InlineData("Results\n|a|b|\n|---|---|\n|1|2|", "p: ⟦b jane⟧: Results", "head: a¦b", "row: 1¦2")]
    [InlineData("```\n|a|\n|-|\n```", "p: ⟦b jane⟧:", "code: |a|\n|-|")]
    [InlineData("```\nx\n|a|\n|-|\n```", "p: ⟦b jane⟧:", "code: x\n|a|\n|-|")]
    public void Markdown_keeps_its_formatting(string text, params string[] drawn) =>
        Assert.Equal(drawn, DrawnPost.Of(Assert.Single(Posts(text, "markdown"))));

    [Theory]
    [InlineData(
        "<table><tr><th>IP</th><th>Port</th></tr><tr><td>198.51.100.7</td><td>443</td></tr></table>",
        "p: ⟦b jane⟧:",
        "head: IP¦Port",
        "row: 198.51.100.7¦443"
    )]
    [InlineData("<table><tr><td>a</td><td>b</td></tr></table>", "p: ⟦b jane⟧:", "head: ¦", "row: a¦b")]
    [InlineData(
        "<table><tr><td colspan=2>a</td></tr><tr><td>b</td><td><p>c</p><p>d</p></td></tr></table>",
        "p: ⟦b jane⟧:",
        "head: ¦",
        "row: a¦",
        "row: b¦c d"
    )]
    [InlineData("<table><tr><td>a</td></tr><tr><td>b</td></tr></table>", "p: ⟦b jane⟧: a\nb")]
    [InlineData(
        "<table><tr><td>x</td><td><table><tr><td>1</td><td>2</td></tr></table></td></tr></table>",
        "p: ⟦b jane⟧: x",
        "head: ¦",
        "row: 1¦2"
    )]
    [InlineData(
        "<p>See the <a href=\"https://vt.example/file/9f86\">report</a></p>",
        "p: ⟦b jane⟧: See the ⟦a report https://vt.example/file/9f86⟧"
    )]
    [InlineData("<a href='https://a.example/x'>https://a.example/x</a>", "p: ⟦b jane⟧: https://a.example/x")]
    [InlineData("<a href='https://a.example/(x) y'>a]b</a>", "p: ⟦b jane⟧: ⟦a a]b https://a.example/%28x%29%20y⟧")]
    [InlineData("<a href='javascript:alert(1)'>x</a>", "p: ⟦b jane⟧: x (javascript:alert(1))")]
    [InlineData(
        "<a href='https://bank.example@evil.example/'>x</a>",
        "p: ⟦b jane⟧: x (https://bank.example@evil.example/)"
    )]
    [InlineData("<a href='https://a.example/@joe'>x</a>", "p: ⟦b jane⟧: ⟦a x https://a.example/%40joe⟧")]
    [InlineData("<a href='#top'>x</a>", "p: ⟦b jane⟧: x")]
    [InlineData("<img src='https://a.example/t.gif' alt='logo'>", "p: ⟦b jane⟧: ⟦a logo https://a.example/t.gif⟧")]
    [InlineData("seen <!-- a > b --> twice", "p: ⟦b jane⟧: seen twice")]
    [InlineData("1 &lt; 2 &amp;&amp; 3 &gt; 2", "p: ⟦b jane⟧: 1 < 2 && 3 > 2")]
    [InlineData("<ul><li>a<li>b<ul><li>c</ul></ul>", "p: ⟦b jane⟧:", "li p: a", "li p: b", "li li p: c")]
    [InlineData("<ol><li>a<li>b</ol>", "p: ⟦b jane⟧:", "li p: a", "li p: b")]
    [InlineData("<h2>Head</h2>text<hr>end", "p: ⟦b jane⟧:", "h2: Head", "p: text", "hr: ", "p: end")]
    [InlineData("<pre>a  b\n  *c*</pre>", "p: ⟦b jane⟧:", "code: a  b\n  *c*")]
    [InlineData("run <code>rm -rf *</code>_<code>x</code>", "p: ⟦b jane⟧: run rm -rf *_x")]
    [InlineData("<blockquote><p>a</p><p>b</p></blockquote>c", "p: ⟦b jane⟧:", "quote p: a", "quote p: b", "p: c")]
    [InlineData("x<br>- y<br>-----", "p: ⟦b jane⟧: x\n- y\n-----")]
    [InlineData(":k<b>e</b>y: _<i>_init_</i>_", "p: ⟦b jane⟧: :key: __init__")]
    [InlineData("<style>p{}</style><p>a<script>alert(1)</script></p><title>t</title>", "p: ⟦b jane⟧: a")]
    [InlineData("<p>a</p><div>b</div><div>c</div>", "p: ⟦b jane⟧: a", "p: b\nc")]
    public void Html_keeps_its_text_cells_and_addresses(string html, params string[] drawn) =>
        Assert.Equal(drawn, DrawnPost.Of(Assert.Single(Posts(html, "html"))).Select(Unguarded));

    [Theory]
    [InlineData("div")]
    [InlineData("b")]
    [InlineData("table><tr><td")]
    [InlineData("ul><li")]
    [InlineData("blockquote")]
    [InlineData("a href='x'")]
    public void Html_of_any_depth_is_drawn(string element) =>
        Assert.Contains(
            "inside",
            string.Join('\n', Posts(string.Concat(Enumerable.Repeat($"<{element}>", 5000)) + "inside", "html")),
            StringComparison.Ordinal
        );

    [Fact]
    public void Each_part_of_a_long_table_is_a_table_with_its_head()
    {
        var rows = Enumerable
            .Range(0, 600)
            .Select(i => new
            {
                Host = $"host_{i}",
                Note = new string('x', 60),
                Path = $@"C:\_{i}|y",
            });
        var parts = Posts(JsonSerializer.Serialize(rows), "table");
        Assert.True(parts.Count > 2);
        var drawn = parts.Select(DrawnPost.Of).ToList();
        Assert.Equal("p: " + Author, drawn[0][0]);
        drawn[0] = [.. drawn[0].Skip(1)];
        Assert.All(drawn, part => Assert.Equal("head: Host¦Note¦Path", part[0]));
        Assert.Equal(
            rows.Select(row => $"row: {row.Host}¦{row.Note}¦{row.Path}"),
            drawn.SelectMany(part => part.Skip(1))
        );
        Assert.All(parts, part => Assert.InRange(part.Length, 1, PostSize.Largest));
    }

    [Fact]
    public void Each_part_of_a_long_text_is_drawn_as_it_was_written()
    {
        var lines = Enumerable.Range(0, 2000).Select(i => $"{i} * * * * _root_ /usr/bin/x").ToList();
        var parts = Posts(string.Join('\n', lines), "text").Select(DrawnPost.Of).ToList();
        Assert.True(parts.Count > 2);
        Assert.Equal(lines, parts.SelectMany(part => DrawnPost.TextOf([part[^1]]).Split('\n')));
    }

    [Theory]
    [InlineData("json", """{"a":"```\n# x"}""", "code: {\n  \"a\": \"```\\n# x\"\n}")]
    [InlineData("json", "no JSON, *but* this", "code: no JSON, *but* this")]
    [InlineData("table", "no table, *but* this", "p: ⟦b jane⟧: no table, *but* this")]
    public void Json_is_code_and_what_is_none_is_text(string format, string contents, string last) =>
        Assert.Equal(last, DrawnPost.Of(Assert.Single(Posts(contents, format)))[^1]);

    [Theory]
    [InlineData("jane_doe", "jane_doe")]
    [InlineData("__x__ :key: <b> &lt; $a$ ~b", "__x__ :key: <b> &lt; $a$ ~b")]
    [InlineData(@"corp\jane \_x", @"corp\jane \_x")]
    [InlineData("**x** [a](b) `c`", "**x** [a](b) `c`")]
    public void A_name_is_drawn_as_it_is(string name, string drawn) =>
        Assert.Equal([$"p: ⟦b {drawn}⟧: x"], DrawnPost.Of(Assert.Single(Posts("x", "text", user: name))));

    /// <summary>
    /// The web app draws these signs with the backslash that should escape them, so there must be none outside of code.
    /// </summary>
    [Theory]
    [MemberData(nameof(HostileTexts))]
    public void Nothing_is_escaped_that_only_some_clients_escape(string text)
    {
        var json = JsonSerializer.Serialize(new[] { new Dictionary<string, object> { [text] = text } });
        var posts = Posts(text, "text").Concat(Posts(json, "table")).Select(DrawnPost.Source);
        Assert.All(
            posts.Concat(Posts("x", "text", user: text)),
            post => Assert.DoesNotMatch(@"\\[<:$&@""'%,;/=?^\\]", post)
        );
    }

    private static (string Format, string Category, int Type, bool Note)[] Kinds =>
        [
            ("text", "chat", 1, false),
            ("", "chat", 1, false),
            ("text", "commandAndResults", 1, false),
            ("text", "commandAndResults", 4, false),
            ("text", "chat", 1, true),
            ("dbotCommandResponse", "", 11, false),
        ];

    private static string Lines(string text) =>
        text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Replace('\u2424', '\n').TrimEnd();

    private static string OnOneLine(string text) => Lines(text).Replace('\n', ' ').Replace('\t', ' ').Trim();

    private static string Unguarded(string drawn) =>
        drawn.Replace("@\u200B", "@", StringComparison.Ordinal).Replace("&\u200B", "&", StringComparison.Ordinal);

    private static IReadOnlyList<string> Posts(
        string contents,
        string format,
        string category = "chat",
        int type = 1,
        bool note = false,
        string user = "jane"
    ) =>
        new PostFormatter(new MentionGuard()).Format(
            JsonSerializer.Deserialize(
                JsonSerializer.Serialize(
                    new
                    {
                        id = "1@1",
                        type,
                        category,
                        note,
                        contents,
                        format,
                        user,
                        created = "2026-01-01T00:00:00Z",
                    }
                ),
                XsoarJson.Default.XsoarEntry
            )!,
            PostSize.Largest
        );
}
