using System.Management.Automation;
using System.Reflection;
using System.Runtime.Loader;
using System.Xml.Linq;

namespace MattermostXsoar.Module.Tests.Display;

/// <summary>Every column of every view, with hostile texts in every property.</summary>
public sealed class ViewTests
{
    private static readonly XElement Views = XElement.Load(
        Path.Combine(StagedModule.Root, "MattermostXsoar.Format.ps1xml")
    );

    [Fact]
    public async Task Every_text_is_shown_visibly_in_every_view()
    {
        await using var scene = await Scene.StartAsync();
        var ours = ((PSObject)scene.Engine.Get("session")!).BaseObject.GetType().Assembly;
        var shown = 0;
        await WidenAsync(scene);

        foreach (var view in Views.Descendants("View"))
        {
            var type = Find(ours, view.Descendants("TypeName").Single().Value);
            scene.Engine.Set("object", FilledObject.Create(type, HostileText.Value));
            foreach (var column in view.Descendants("TableColumnItem").Concat(view.Descendants("ListItem")))
            {
                var content = column.Element("PropertyName") is { } property
                    ? $"$_.{property.Value}"
                    : column.Element("ScriptBlock")!.Value;
                var cell = (await scene.InvokeAsync($"$object | ForEach-Object {{ {content} }}")).Succeeded();
                foreach (var value in cell)
                    HostileText.AssertNotIn(value?.ToString());
                shown += cell.Count(value =>
                    value?.ToString().Contains(HostileText.Shown, StringComparison.Ordinal) == true
                );
            }

            var screen = await scene.Engine.ShowAsync("$object");
            HostileText.AssertNotIn(screen);
            Assert.True(
                screen.Contains(@"\u{202E}", StringComparison.Ordinal),
                $"{type.Name} shows no text:\n{screen}"
            );
        }

        // The test would also pass if the columns were empty.
        Assert.InRange(shown, 30, int.MaxValue);
    }

    [Fact]
    public async Task Properties_keep_what_the_server_sent()
    {
        await using var scene = await Scene.StartAsync();
        await WidenAsync(scene);
        scene.Sandbox.Mattermost.CreateChannel("admin", "hostile", "x").DisplayName = HostileText.Value;

        var name = (await scene.InvokeAsync("(Get-MattermostChannel hostile).DisplayName")).Single();

        Assert.Equal(HostileText.Value, name.ToString());
        Assert.Contains(
            HostileText.Shown,
            await scene.Engine.ShowAsync("Get-MattermostChannel hostile"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Posts_are_shown_with_their_lines()
    {
        await using var scene = await Scene.StartAsync();
        scene.Engine.Set("text", "first\e[2J\nsecond");

        var screen = await scene.Engine.ShowAsync(
            "Send-MattermostNotification $text -Channel test -IgnoreAddUrl -PassThru"
        );

        Assert.Contains(@"first\u{1B}[2J", screen, StringComparison.Ordinal);
        Assert.DoesNotContain(@"\u{A}", screen, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Mirror", "State", "Failed", "Note")]
    [InlineData("FailedDelivery", "Kind", "Reason")]
    [InlineData("ListenerLog", "Level", "Message")]
    [InlineData("Check", "Ok", "Message")]
    public async Task A_row_is_shown_at_once_with_all_columns_at_80(string view, params string[] columns)
    {
        await using var scene = await Scene.StartAsync();
        var ours = ((PSObject)scene.Engine.Get("session")!).BaseObject.GetType().Assembly;
        var name = Views.Descendants("View").Single(item => item.Element("Name")!.Value == view);
        scene.Engine.Set(
            "object",
            FilledObject.Create(Find(ours, name.Descendants("TypeName").Single().Value), "content")
        );
        await scene.InvokeAsync(
            "$Host.UI.RawUI.BufferSize = $Host.UI.RawUI.WindowSize = [Management.Automation.Host.Size]::new(80, 60)"
        );

        var screen = await scene.Engine.ShowAsync("& { $object; $Host.UI.WriteLine('SECOND'); $object }");

        var beforeSecond = screen[..screen.IndexOf("SECOND", StringComparison.Ordinal)];
        Assert.Contains("content", beforeSecond, StringComparison.Ordinal);
        foreach (var column in columns)
            Assert.Contains(column, beforeSecond, StringComparison.Ordinal);
        Assert.All(screen.Split('\n'), line => Assert.InRange(line.TrimEnd().Length, 0, 80));
    }

    // So that no text is wrapped or cut.
    private static Task<EngineResult> WidenAsync(Scene scene) =>
        scene.InvokeAsync(
            "$Host.UI.RawUI.BufferSize = $Host.UI.RawUI.WindowSize = [Management.Automation.Host.Size]::new(4000, 60)"
        );

    private static Type Find(Assembly ours, string name)
    {
        if (ours.GetType(name) is { } type)
            return type;
        var core = ours.GetReferencedAssemblies().Single(reference => reference.Name == "MattermostXsoar.Core");
        return AssemblyLoadContext.GetLoadContext(ours)!.LoadFromAssemblyName(core).GetType(name, throwOnError: true)!;
    }
}
