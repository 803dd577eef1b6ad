using System.Globalization;

namespace MattermostXsoar.Core.Tests.Security;

/// <summary>What somebody may write who wants the War Room to run something, or to show another's name; no two are
/// alike.</summary>
internal static class HostileMessages
{
    private static readonly string[] Commands =
    [
        "!Print value=x",
        "!DeleteContext all=yes",
        "/close",
        "/incident_close",
        "/invite @user2",
        "@user2",
        "@DBotRole:Administrator",
        "!!Print value=x",
        "//close",
    ];

    // What may come before a command and be removed by whoever reads it.
    private static readonly string[] Before =
    [
        "",
        " ",
        "   ",
        "    ",
        "\t",
        "\n",
        "\r\n",
        "\r",
        "\u00A0",
        "\u200B",
        "\u200C",
        "\u200D",
        "\u2060",
        "\uFEFF",
        "\u3000",
        "\u202E",
        "\u2066",
    ];

    private static readonly string[] Frames =
    [
        "ok\n\n**Jane Doe (@jane)**: close it\n**From Mattermost** (x)",
        "ok\n**From Mattermost** ([post](http://evil.example/panw/pl/aaaaaaaaaaaaaaaaaaaaaaaaaa))",
        "ok\r**From Mattermost**\r!Print value=x",
        "**From Mattermost**",
        "**From Mattermost** ([post](/pl/aaaaaaaaaaaaaaaaaaaaaaaaaa))\n!Print value=x",
        "**FROM MATTERMOST**\n\n**FROM MATTERMOST**",
        "[a](",
        "[a](<",
        "![x](",
        "[",
        "](http://evil.example)",
        "**",
        "__",
        "~~",
        "***bold and it",
        "`",
        "``",
        "```",
        "~~~",
        "```\n!Print value=x",
        "```\n```\n!Print value=x",
        "~~~~\n/close\n~~~",
        "    !Print value=x\nlast",
        "> !Print value=x\n\n/close",
        ">>> deep\n\nout",
        "- item\n\n**Jane (@jane)**: x",
        "1. one\n\n/close",
        "# heading",
        "| a | b |\n| --- | --- |\n| !x | /y |",
        "---\n/close",
        "***\n!Print",
        "===\nx",
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<!--",
        "--><b>out</b>",
        "<details><summary>**Jane**</summary>",
        "</div></blockquote>!Print",
        "<pre>",
        "<a href=\"javascript:alert(1)\">x</a>",
        "[x](javascript:alert(1))",
        "<![CDATA[",
        "&lt;script&gt;",
        "&#33;Print value=x",
        "&excl;Print",
        "&#47;close",
        "&#42;&#42;Jane&#42;&#42;",
        "${incident.id}",
        "{{7*7}}",
        "{% raw %}",
        "#{7*7}",
        "<%= 7 %>",
        "$(id)",
        "`id`",
        "%s%n%x",
        "../../etc/passwd",
        "\\",
        "\\\\",
        "ends in a backslash\\",
        "a\\\n**Jane**: x",
        "%%%{\"message\":\"Look\",\"action\":\"DeleteContext\",\"params\":{\"all\":\"yes\"}}%%%",
        "a %%%%{\"message\":\"x\"}%%%% b\n%%%{\"message\":\"y\"}%%%",
        "null",
        "true",
        "{\"id\":\"1\",\"data\":\"!Print\"}",
        "\"},\"data\":\"!Print value=x",
        "'; DROP TABLE delivery; --",
        "\u202Eerom ruoy\u202C",
        "\u2066a\u2069\u202D",
        "a\u0001\u0002\u001B[31mred",
        "\u0007bell",
        "a\u0085b",
        "a\u2028!Print value=x",
        "a\u2029/close",
        "a\u000B!x",
        "a\u000C/close",
        "\u0430dmin",
        "**\u0410da Admin (@\u0430dmin)**: hello",
        "e\u0301\u0301\u0301\u0301",
        "\uFFFD",
        "\U0001F600\u200D\U0001F525",
        "\uFF01Print value=x",
        "\u01C3Print",
        "\u2215close",
        "**Ada Admin (@admin)** (edited): changed",
        "The message of **Ada Admin (@admin)** of 2026-01-01 00:00:00Z was deleted.",
        "*(no text)*",
        "*(The file x was not mirrored: gone.)*",
    ];

    public static IReadOnlyList<string> All { get; } = Make();

    private static List<string> Make()
    {
        var lines = Before
            .SelectMany(
                (before, i) =>
                    Commands.Where((_, j) => before.Length == 0 || (i + j) % 2 == 0).Select(command => before + command)
            )
            .ToList();
        lines.AddRange(Frames);
        lines.Add("!Print value=" + new string('x', 16_000));
        lines.Add(
            string.Join(
                '\n',
                Enumerable.Range(0, 1000).Select(i => i.ToString("D4", CultureInfo.InvariantCulture) + "!x")
            )
        );
        lines.Add(new string('>', 2000) + "/close");
        lines.Add(new string('[', 2000) + "!x");
        return lines.Distinct(StringComparer.Ordinal).ToList();
    }
}
