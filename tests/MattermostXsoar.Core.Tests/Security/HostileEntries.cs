using System.Text.Json;

namespace MattermostXsoar.Core.Tests.Security;

/// <summary>An entry that tries to call people in the chat.</summary>
/// <param name="User">Who writes it.</param>
/// <param name="Contents">Its text.</param>
/// <param name="Format">As what.</param>
internal sealed record HostileEntries(string User, string Contents, string Format)
{
    private static readonly string[] Names =
    [
        "@all",
        "@channel",
        "@here",
        "@user1",
        "@USER1",
        "@All",
        "@user1.",
        "@user2:",
        "@user3_",
    ];

    // How a name may appear in a text; {0} is the name.
    private static readonly string[] Places =
    [
        "{0}",
        "hey {0}, look",
        "({0})",
        "[{0}]",
        "**{0}**",
        "*{0}*",
        "~~{0}~~",
        "# {0}",
        "> {0}",
        "- {0}",
        "| a |\n| --- |\n| {0} |",
        "`{0}`",
        "```\n{0}\n```",
        "```\n{0}",
        "~~~\n{0}\n~~~",
        "    {0}",
        "x.{0}",
        "x-{0}",
        "x:{0}",
        ":{0}",
        "_{0}_",
        "-{0}",
        ".{0}",
        "\\{0}",
        "\u200B{0}",
        "\u2060{0}",
        "\u202E{0}",
        "\uFEFF{0}",
        "<!-- {0} -->",
        "<b>{0}</b>",
        "<{0}>",
        "[x]({0})",
        "[{0}](http://example.com)",
        "![{0}](x)",
        "http://example.com/{0}",
        "{0}{0}",
        "@{0}",
        "a\u0000{0}",
        "a\u2028{0}",
        "a\r{0}",
    ];

    // The sign itself in disguise; {0} is the name without it.
    private static readonly string[] Disguises =
    [
        "&#64;{0}",
        "&#064;{0}",
        "&#x40;{0}",
        "&#X40;{0}",
        "&commat;{0}",
        "&#64{0}",
        "&amp;#64;{0}",
        "&amp;commat;{0}",
        "\\@{0}",
        "@\\{0}",
        "@<b></b>{0}",
        "<b>@</b>{0}",
        "@&#8203;{0}",
        "@<!-- -->{0}",
        "\uFF20{0}",
        "\uFE6B{0}",
        "@&nbsp;{0}",
        "@\u00AD{0}",
    ];

    private static readonly string[] Formats = ["text", "markdown", "html"];

    public static IReadOnlyList<HostileEntries> All { get; } = Make();

    private static List<HostileEntries> Make()
    {
        var entries = Places
            .SelectMany(
                (place, i) =>
                    Names
                        .Where((_, j) => (i + j) % 3 == 0)
                        .Select(
                            (name, j) =>
                                new HostileEntries(
                                    "jane",
                                    place.Replace("{0}", name, StringComparison.Ordinal),
                                    Formats[(i + j) % 3]
                                )
                        )
            )
            .ToList();
        entries.AddRange(
            Disguises.SelectMany(
                (sign, i) =>
                    new[] { "all", "user1" }.Select(
                        (name, j) =>
                            new HostileEntries(
                                "jane",
                                sign.Replace("{0}", name, StringComparison.Ordinal),
                                Formats[(i + j) % 3]
                            )
                    )
            )
        );
        foreach (var name in Names.Take(5))
        {
            entries.Add(
                new HostileEntries(
                    "jane",
                    JsonSerializer.Serialize(new Dictionary<string, object> { ["to"] = name, [name] = 1 }),
                    "json"
                )
            );
            entries.Add(
                new HostileEntries(
                    "jane",
                    JsonSerializer.Serialize(
                        new[]
                        {
                            new Dictionary<string, object> { ["to"] = name, [name] = "x|" + name },
                        }
                    ),
                    "table"
                )
            );
            entries.Add(new HostileEntries("jane", $$"""{"a":"\u0040{{name[1..]}}"}""", "json"));
            // The author notifies as little as the text does.
            entries.Add(new HostileEntries(name, "hello", "text"));
            entries.Add(new HostileEntries($"jane ({name})", "hello again", "markdown"));
        }

        // Cut into parts: a part may begin in the middle of what was made harmless.
        entries.Add(new HostileEntries("jane", string.Concat(Enumerable.Repeat("@user1 @all ", 4000)), "text"));
        entries.Add(new HostileEntries("jane", string.Concat(Enumerable.Repeat("x@all\n", 8000)), "text"));
        entries.Add(new HostileEntries("jane", string.Concat(Enumerable.Repeat("@all", 12_000)), "text"));
        return entries.Distinct().ToList();
    }
}
