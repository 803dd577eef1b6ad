using System.Management.Automation;

namespace MattermostXsoar.Module.Tests.Display;

/// <summary>How a text is cut so that it fits a column of a table.</summary>
public sealed class ShortTextTests
{
    private const string Reason =
        "The channel is archived, so nothing can be posted in it. Restore it in Mattermost, or stop the mirror with "
        + "Stop-MattermostMirror; it goes on by itself within 20 seconds.";

    [Theory]
    [InlineData(80, "The channel", "is archived…")]
    [InlineData(
        120,
        "The channel is archived, so nothing can be posted in",
        "it. Restore it in Mattermost, or stop the mirror…"
    )]
    [InlineData(400, Reason)]
    public async Task A_note_takes_two_lines_at_most_and_is_cut_at_a_word(int width, params string[] lines)
    {
        await using var scene = await Scene.StartAsync();
        var mirror = new PSObject();
        mirror.TypeNames.Insert(0, "MattermostXsoar.Core.Mirroring.Models.MattermostMirror");
        foreach (
            var (name, value) in new[] { ("InvestigationId", "1"), ("ChannelName", "incident-1"), ("Note", Reason) }
        )
            mirror.Properties.Add(new PSNoteProperty(name, value));
        scene.Engine.Set("mirror", mirror);
        await scene.InvokeAsync(
            $"$Host.UI.RawUI.BufferSize = $Host.UI.RawUI.WindowSize = [Management.Automation.Host.Size]::new({width}, 60)"
        );

        var screen = await scene.Engine.ShowAsync("$mirror");

        var shown = screen.Split('\n').Where(line => line.Length > 66).Select(line => line[66..].Trim());
        Assert.Equal(["Note", "----", .. lines], shown.Where(line => line.Length > 0));
    }

    [Theory]
    [InlineData("incident-1", "incident-1")]
    [InlineData("muller-gmbh-fall-5", "muller-…-fall-5")]
    [InlineData("muller-gmbh-fall-5-10", "muller-…ll-5-10")]
    public async Task A_name_is_cut_in_the_middle_since_names_often_differ_in_their_end(string name, string shown)
    {
        await using var scene = await Scene.StartAsync();
        scene.Engine.Set("name", name);

        Assert.Equal(
            shown,
            (await scene.InvokeAsync("[MattermostXsoar.Display.ViewText]::Name($name, 15)")).Single().ToString()
        );
    }
}
