using System.Text;
using MattermostXsoar.Sandbox.Mattermost.Model;

namespace MattermostXsoar.Core.Tests.Mirroring.Faults.Stops;

/// <summary>What one person does in the War Room beside talking, and how the channel shows it.</summary>
internal sealed class ChangesInWarRoom(MirrorHarness harness)
{
    private const string Person = "zoe";
    private string _edited = "?";
    private string _deleted = "?";
    private string _long = "?";
    private string _first = "?";
    private string _second = "?";

    /// <summary>What the channel has to show, in this order.</summary>
    public IReadOnlyList<string> Expected { get; } =
    ["an edit", "a deletion", "part 0", "part 1", "part 2", "1.txt", "2.txt", "3.txt"];

    /// <summary>An entry that is edited and one that is deleted, once they have arrived; a text of three parts and two
    /// files, of which one gets another in its place.</summary>
    public async Task MakeAsync()
    {
        var xsoar = harness.Sandbox.Xsoar;
        _edited = xsoar.AddEntry("1", Person, "to be edited").Id;
        _deleted = xsoar.AddEntry("1", Person, "to be deleted").Id;
        _long = xsoar
            .AddEntry(
                "1",
                Person,
                string.Join('\n', Enumerable.Range(0, 400).Select(i => $"{i} {new string('x', 100)}"))
            )
            .Id;
        _first = xsoar.AddFile("1", Person, "1.txt", Encoding.UTF8.GetBytes("one"), "the first").Id;
        _second = xsoar.AddFile("1", Person, "2.txt", Encoding.UTF8.GetBytes("two"), "the second").Id;
        // Not before three posts have arrived. An edit changes a post and leaves no mark by which the next process could
        // find it: a process that is to end after its third delivery, for the next one to find it, must not end after
        // an edit. That happened when the listener read the first two entries before the others were written.
        await harness.ChatAsync(
            "incident-1",
            lines => lines.Contains("to be edited") && lines.Contains("to be deleted") && Shown().Contains("part 0")
        );
        xsoar.EditEntry(_edited, "edited");
        harness.Tick();
        xsoar.DeleteEntry(_deleted);
        await harness.ChatAsync("incident-1", _ => Shown().Contains("2.txt"));
        harness.Tick();
        xsoar.ChangeFile(_second, "3.txt", Encoding.UTF8.GetBytes("three"));
    }

    /// <summary>What it shows.</summary>
    public List<string> Shown() =>
        [
            .. harness
                .Sandbox.Mattermost.Messages("incident-1")
                .Where(post => post.DeleteAt == 0 && post.Props.ContainsKey("xsoar_entry_id"))
                .Select(Label),
        ];

    private string Label(SandboxPost post)
    {
        var entry = post.Props["xsoar_entry_id"].ToString();
        if (entry == _edited)
            return post.Message.EndsWith(": edited", StringComparison.Ordinal) ? "an edit" : "what was edited";
        if (entry == _deleted)
            return post.Message.Contains("deleted in the War Room", StringComparison.Ordinal)
                ? "a deletion"
                : "what was deleted";
        if (entry == _long)
            return $"part {post.Props["xsoar_part"]}";
        return entry == _first && post.FileIds.Count == 1 ? "1.txt"
            : entry == _second && post.FileIds.Count == 1
                ? post.RootId.Length > 0 ? "3.txt"
                    : "2.txt"
            : "a line";
    }
}
