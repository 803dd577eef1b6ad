using System.Globalization;
using System.Text;

namespace MattermostXsoar.Sandbox.Tests.Conformance;

/// <summary>The document that consists of all sections.</summary>
internal sealed class ConformanceReport(IReadOnlyList<ConformanceSection> sections)
{
    private const int MostDifferences = 3;

    private const string Opening = """
        # How closely the sandbox matches the real servers

        The sandbox is compared with answers that were recorded from a real server (`tests/recorded/mattermost`). This page
        is written by that test: if a change of the sandbox changes this page, the build fails until the page is written
        again with `SANDBOX_CONFORMANCE_WRITE=1 dotnet test tests/MattermostXsoar.Sandbox.Tests --filter ConformanceTests`.

        ## Differences from the real servers

        - Images are not identical: avatars are plain squares, thumbnails and previews are grey, in the right size.
        - Answers are compressed with gzip only with the option `Compression`, and requests are limited only with
          `RateLimit`; a real server always compresses. With the options both are as recorded.
        - Custom emoji, slash commands, outgoing webhooks and the administration of the server do not exist (404), nor do
          flagged posts. A reaction may have any emoji name; a server of 11.6 refuses unknown ones.
        - Permissions are those of a fresh server: members, team administrators and system administrators. There are no
          schemes and custom roles.
        - Search supports words, phrases, `-word`, `word*`, `from:` and `in:`, but neither dates nor stemming.
        - Two recorded frames are never sent: whether a real server tells a user who joins a team about it in the team's own
          channels is a matter of timing.
        - What was not recorded follows the API's description or the server's source: who may list and join teams, who may
          pin and react in which channel, resumed websockets, a message of more than 8 KiB on a websocket (1009), groups with
          a license ([sandbox-groups.md](sandbox-groups.md)). A field of a wrong type counts as left out.

        ## Old and new servers

        The recordings are of 5.37.0, which is the default of the option `MattermostVersion`. The differences of newer
        servers are known from their source, their descriptions and a recording of 11.6; the sandbox applies them from these
        versions on:

        | from | what |
        | --- | --- |
        | 6.0 | posts have no `parent_id` |
        | 6.3 | custom groups: their members can be added and removed (option `GroupsLicensed`) |
        | 7.0 | a thread lists its first post once, not twice |
        | 8.0 | reactions have a `channel_id`, and the list of a post without reactions is `null` (recorded of 11.6; the first such version is not known) |
        | any | `hello` has a connection id, and websockets resume, with the option `ReliableWebSockets`; the program sets it from 6.0 on, and with `--reliable` |
        """;

    /// <summary>A line for each recorded version.</summary>
    public IEnumerable<string> SummaryLines =>
        sections
            .GroupBy(static section => section.Version)
            .Select(static sections => Line(sections.Key, sections.SelectMany(static section => section.Rows)));

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
        text.Append('\n');
        foreach (var line in SummaryLines)
            text.Append("    ").Append(line).Append('\n');
        return text.ToString();
    }

    private static string Line(string version, IEnumerable<ConformanceRow> rows)
    {
        var all = rows.ToList();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"recorded {version}: {all.Count} replayed, {all.Count(static row => row.Differs)} differ"
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
                        string.Join("; ", row.Differences.Take(MostDifferences))
                            + (row.Explanation is null ? "" : " – " + row.Explanation)
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
