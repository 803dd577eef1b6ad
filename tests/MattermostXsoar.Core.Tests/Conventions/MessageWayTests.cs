using Xunit;

namespace MattermostXsoar.Core.Tests.Conventions;

/// <summary>
/// Both ways of a message, as docs/architecture.md draws them, are the ways that the code takes: Source, Recorder,
/// Outbox, Sink.
/// </summary>
public sealed class MessageWayTests
{
    private const string Folder = "src/MattermostXsoar.Core/";
    private const int MostFiles = 12;

    /// <summary>The heading above each diagram, and the folder of the way.</summary>
    public static TheoryData<string, string> Ways =>
        new()
        {
            { "## The way of a message from the chat into the War Room", "Mirroring/ChatToWarRoom/" },
            { "## The way of an entry from the War Room into the chat", "Mirroring/WarRoomToChat/" },
        };

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_way_passes_at_most_twelve_files_all_of_which_exist(string heading, string folder)
    {
        var files = SequenceDiagram.Read(heading).Files;

        Assert.InRange(files.Count, 1, MostFiles);
        Assert.Equal(files.Distinct(), files);
        Assert.All(files, file => Assert.True(RepositoryFiles.Exists(Folder + file), $"{file} does not exist."));
        Assert.Contains(files, file => file.StartsWith(folder, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void The_files_are_listed_in_the_order_of_source_recorder_outbox_and_sink(string heading, string folder)
    {
        var files = SequenceDiagram.Read(heading).Files.ToList();
        var source = files.FindIndex(file => Is(file, "Source.cs"));
        var recorder = files.FindIndex(file => Is(file, "Recorder.cs"));
        var sink = files.FindIndex(file => Is(file, "Sink.cs"));
        var outbox = files.Where(file => file.StartsWith("Mirroring/Outbox/", StringComparison.Ordinal)).ToList();

        Assert.True(0 <= source && source < recorder && recorder < sink, string.Join("\n", files));
        Assert.NotEmpty(outbox);
        Assert.All(outbox, file => Assert.InRange(files.IndexOf(file), recorder + 1, sink - 1));

        bool Is(string file, string end) =>
            file.StartsWith(folder, StringComparison.Ordinal) && file.EndsWith(end, StringComparison.Ordinal);
    }

    /// <summary>From left to right, each file is first reached from one that was reached before.</summary>
    [Theory]
    [MemberData(nameof(Ways))]
    public void The_files_are_reached_in_the_order_in_which_they_are_listed(string heading, string _)
    {
        var diagram = SequenceDiagram.Read(heading);
        var reached = new List<string> { diagram.Files[0] };
        foreach (var message in diagram.Messages.Where(message => IsFile(message.From)))
        {
            Assert.True(reached.Contains(message.From), $"{message.From} acts before it is reached.");
            if (IsFile(message.To) && !reached.Contains(message.To))
                reached.Add(message.To);
        }

        Assert.Equal(diagram.Files, reached);
    }

    /// <summary>
    /// A solid arrow goes to a type that is used, be it through an interface which that type implements; a dashed one
    /// back from it, or to a type that waits for what comes.
    /// </summary>
    [Theory]
    [MemberData(nameof(Ways))]
    public void The_code_takes_each_step(string heading, string _)
    {
        var steps = SequenceDiagram
            .Read(heading)
            .Messages.Where(message => IsFile(message.From) && IsFile(message.To) && message.From != message.To)
            .ToList();
        var missing = steps
            .Where(step => !Uses(step.From, step.To) && !(step.IsAnswer && Uses(step.To, step.From)))
            .Select(step => $"{step.From} does not use {step.To}.")
            .ToList();

        Assert.NotEmpty(steps);
        Assert.True(missing.Count == 0, string.Join("\n", missing));
    }

    private static bool Uses(string file, string other)
    {
        var used = AssemblyUses.Core.Of(TypeOf(file));
        return used.Contains(TypeOf(other))
            || AssemblyUses.Core.BasesOf(TypeOf(other)).Any(type => IsOurs(type) && used.Contains(type));
    }

    private static bool IsFile(string label) => label.EndsWith(".cs", StringComparison.Ordinal);

    private static bool IsOurs(string type) => type.StartsWith("MattermostXsoar.", StringComparison.Ordinal);

    // FileLayoutTests: a file is named after its type, and its folder is the namespace.
    private static string TypeOf(string file) =>
        "MattermostXsoar.Core." + Path.ChangeExtension(file, null).Replace('/', '.');
}
