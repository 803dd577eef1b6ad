using System.Text.RegularExpressions;

namespace MattermostXsoar.Core.Tests.Conventions;

/// <summary>A Mermaid sequence diagram of docs/architecture.md.</summary>
/// <param name="Participants">What takes part, from left to right: its letter, and its label without line
/// breaks.</param>
/// <param name="Messages">The arrows, from top to bottom.</param>
internal sealed partial record SequenceDiagram(
    IReadOnlyList<(string Id, string Label)> Participants,
    IReadOnlyList<SequenceMessage> Messages
)
{
    /// <summary>The files that take part; others are the servers.</summary>
    public IReadOnlyList<string> Files { get; } =
        Participants.Select(one => one.Label).Where(label => label.EndsWith(".cs", StringComparison.Ordinal)).ToList();

    /// <summary>Reads the first diagram below a heading.</summary>
    public static SequenceDiagram Read(string heading)
    {
        var lines = RepositoryFiles
            .ReadLines(RepositoryFiles.Architecture)
            .SkipWhile(line => line != heading)
            .Skip(1)
            .TakeWhile(line => !line.StartsWith('#'))
            .SkipWhile(line => line != "```mermaid")
            .Skip(1)
            .TakeWhile(line => line != "```")
            .ToList();
        if (lines.FirstOrDefault() != "sequenceDiagram")
            throw new InvalidOperationException($"{RepositoryFiles.Architecture} has no diagram below '{heading}'.");
        var participants = lines
            .Select(line => ParticipantPattern().Match(line))
            .Where(found => found.Success)
            .Select(found => (found.Groups["id"].Value, found.Groups["label"].Value.Replace("<br/>", "")))
            .ToList();
        var labels = participants.ToDictionary(one => one.Item1, one => one.Item2, StringComparer.Ordinal);
        var messages = lines
            .Select(line => MessagePattern().Match(line))
            .Where(found => found.Success)
            .Select(found => new SequenceMessage(
                labels[found.Groups["from"].Value],
                labels[found.Groups["to"].Value],
                found.Groups["arrow"].Value == "-->>"
            ))
            .ToList();
        if (1 + participants.Count + messages.Count != lines.Count)
            throw new InvalidOperationException($"A line of the diagram below '{heading}' cannot be read.");
        return new(participants, messages);
    }

    [GeneratedRegex(@"^    participant (?<id>\w+) as (?<label>.+)$", RegexOptions.CultureInvariant)]
    private static partial Regex ParticipantPattern();

    [GeneratedRegex(@"^    (?<from>\w+)(?<arrow>--?>>)(?<to>\w+): .+$", RegexOptions.CultureInvariant)]
    private static partial Regex MessagePattern();
}
