using System.Globalization;
using System.Text;

namespace MattermostXsoar.Sandbox.Tests.Conformance;

/// <summary>The document made of all sections.</summary>
internal sealed class ConformanceReport(IReadOnlyList<ConformanceSection> sections)
{
    private const string Opening = """
        # How like the real servers the sandbox is

        The sandbox is played against answers that were recorded from a real server (`tests/recorded/mattermost`). This page is
        written by that test: a change of the sandbox that changes a line here fails the build until the page is written anew with
        `SANDBOX_CONFORMANCE_WRITE=1 dotnet test tests/MattermostXsoar.Sandbox.Tests --filter ConformanceTests`.

        ## Where it is not like the real thing

        - Pictures are not drawn alike: avatars are plain squares, thumbnails and previews are grey, of the right size.
        - Answers are packed with gzip only with the option `Compression`, requests are limited only with `RateLimit`; a real server packs
          always. Both are as recorded when they are on.
        - Custom emoji, slash commands, outgoing webhooks and the administration of the server are not there (404). Nobody can flag a post.
        - Permissions are those of a fresh server: members, team administrators and system administrators. Schemes and custom roles are not there.
        - Search knows words, phrases, `-word`, `word*`, `from:` and `in:`; no dates, no stemming.
        - Two recorded frames are never sent: a real server tells somebody who joins a team of it in the team's own channels, or does not, by chance.
        - What was not recorded follows the API's description or the server's source: who may list and join teams, resumed websockets, a message of more than
          8 KiB on a websocket (1009), groups with a license ([sandbox-groups.md](sandbox-groups.md)). A field of a wrong type counts as left out.

        ## Old and new servers

        The recordings are of 5.37.0, which is the default of the option `MattermostVersion`. What newer servers do otherwise is known from
        their source and descriptions, not recorded; the sandbox plays it from the version named:

        | from | what |
        | --- | --- |
        | 6.0 | posts have no `parent_id` |
        | 6.3 | custom groups: their members can be added and removed (option `GroupsLicensed`) |
        | 7.0 | a thread lists its first post once, not twice |
        | any | `hello` carries a connection id, and websockets resume, with the option `ReliableWebSockets`; the program sets it from 6.0 on, and with `--reliable` |
        """;

    public string SummaryLine => Line(sections.SelectMany(static section => section.Rows));

    /// <summary>What differs without an explanation.</summary>
    public IEnumerable<string> Unexplained =>
        sections
            .SelectMany(static section => section.Rows)
            .Where(static row => row.Differs && row.Explanation is null)
            .Select(static row => $"{row.Recording}: {string.Join("; ", row.Differences)}");

    public string Markdown()
    {
        var text = new StringBuilder(Opening).Append("\n\n");
        text.Append("| section | recordings | the same | differ |\n| --- | ---: | ---: | ---: |\n");
        foreach (var section in sections)
        {
            var rows = section.Rows.ToList();
            var differ = rows.Count(static row => row.Differs);
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {section.Title} | {rows.Count} | {rows.Count - differ} | {differ} |\n"
            );
        }
        foreach (var section in sections)
            Write(text, section);
        return text.Append("\n    ").Append(SummaryLine).Append('\n').ToString();
    }

    private static string Line(IEnumerable<ConformanceRow> rows)
    {
        var all = rows.ToList();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"recorded: {all.Count} replayed, {all.Count(static row => row.Differs)} differ"
        );
    }

    private static void Write(StringBuilder text, ConformanceSection section)
    {
        text.Append("\n## ").Append(section.Title).Append("\n\n").Append(section.Introduction.Trim()).Append('\n');
        foreach (var table in section.Tables)
        {
            text.Append("\n### ").Append(table.Title).Append("\n\n");
            text.Append("| recording | ")
                .Append(table.What)
                .Append(" | recorded | sandbox | result |\n| --- | --- | --- | --- | --- |\n");
            foreach (var row in table.Rows)
            {
                var result = !row.Differs
                    ? "same"
                    : Cell(
                        string.Join("; ", row.Differences) + (row.Explanation is null ? "" : " – " + row.Explanation)
                    );
                text.Append("| ")
                    .Append(row.Recording)
                    .Append(" | ")
                    .Append(Cell(row.What))
                    .Append(" | ")
                    .Append(Cell(row.Recorded))
                    .Append(" | ")
                    .Append(Cell(row.Sandbox))
                    .Append(" | ")
                    .Append(result)
                    .Append(" |\n");
            }
        }
        if (section.NotReplayed.Count == 0)
            return;
        text.Append("\n### Not replayed\n\n| recording | why |\n| --- | --- |\n");
        foreach (var (recording, reason) in section.NotReplayed)
            text.Append("| ").Append(recording).Append(" | ").Append(Cell(reason)).Append(" |\n");
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace('\n', ' ');
}
