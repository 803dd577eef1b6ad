using System.Management.Automation;
using System.Reflection;
using System.Runtime.Loader;
using System.Xml.Linq;

namespace MattermostXsoar.Module.Tests.Display;

/// <summary>Every column of every view, with hostile texts in every property.</summary>
public sealed class ViewTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mmxs-views-");

    private static readonly XElement Views = XElement.Load(
        Path.Combine(StagedModule.Root, "views", "MattermostXsoar.Format.ps1xml")
    );

    public void Dispose() => _folder.Delete(recursive: true);

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
        // As much as fits in a row of the column.
        Assert.Contains(
            HostileText.Shown[..24],
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

    // The engine of the tests has neither Format-List nor Out-String: each view is made the only one of a type.
    [Theory]
    [InlineData(80)]
    [InlineData(4000)]
    public async Task Nothing_hostile_is_shown_in_any_table_or_list(int width)
    {
        await using var scene = await Scene.StartAsync();
        var ours = ((PSObject)scene.Engine.Get("session")!).BaseObject.GetType().Assembly;
        await ImportOneTypePerViewAsync(scene);
        await SetWidthAsync(scene, width);

        foreach (var view in Views.Descendants("View"))
        {
            var type = Find(ours, view.Descendants("TypeName").Single().Value);
            var item = PSObject.AsPSObject(FilledObject.Create(type, HostileText.Value));
            item.TypeNames.Insert(0, TypeOf(view));
            scene.Engine.Set("object", item);

            var screen = await scene.Engine.ShowAsync("$object");

            HostileText.AssertNotIn(screen);
            var name = view.Element("Name")!.Value;
            Assert.True(screen.Contains(@"\u{1B}", StringComparison.Ordinal), $"{name} shows no text:\n{screen}");
            Assert.All(screen.Split('\n'), line => Assert.InRange(line.TrimEnd().Length, 0, width));
            foreach (var label in view.Descendants("Label"))
                Assert.Contains(label.Value, screen, StringComparison.Ordinal);
        }
    }

    // PowerShell uses no view for an object behind one of another type, as in a script that is run as a whole.
    [Fact]
    public async Task Nothing_hostile_is_shown_behind_an_object_of_another_type()
    {
        await using var scene = await Scene.StartAsync();
        var ours = ((PSObject)scene.Engine.Get("session")!).BaseObject.GetType().Assembly;
        await WidenAsync(scene);
        var types = Views.Descendants("TypeName").Select(name => name.Value).Distinct().ToList();

        foreach (var (first, second) in types.Zip(types.Skip(1).Append(types[0])))
        {
            scene.Engine.Set("first", FilledObject.Create(Find(ours, first), "content"));
            scene.Engine.Set("second", FilledObject.Create(Find(ours, second), HostileText.Value));

            var screen = await scene.Engine.ShowAsync("$first; $second");

            HostileText.AssertNotIn(screen);
            Assert.True(screen.Contains(@"\u{202E}", StringComparison.Ordinal), $"{second} shows no text:\n{screen}");
        }
    }

    [Fact]
    public void Every_type_has_a_table_and_a_list()
    {
        var types = Views.Descendants("View").ToLookup(view => view.Descendants("TypeName").Single().Value);

        Assert.InRange(types.Count, 14, int.MaxValue);
        Assert.All(
            types,
            views =>
                Assert.Equal(
                    ["ListControl", "TableControl"],
                    views
                        .SelectMany(view => view.Elements().Select(element => element.Name.LocalName))
                        .Where(name => name.EndsWith("Control", StringComparison.Ordinal))
                        .Order(StringComparer.Ordinal)
                )
        );
    }

    [Fact]
    public async Task Every_type_that_a_cmdlet_writes_has_a_view()
    {
        await using var engine = await Engine.StartAsync();
        var shown = Views.Descendants("TypeName").Select(type => type.Value).ToHashSet();

        var written = (await Help.HelpPages.CmdletsAsync(engine))
            .SelectMany(cmdlet => cmdlet.OutputType)
            .Select(type => type.Name)
            .Where(type => type.StartsWith("MattermostXsoar", StringComparison.Ordinal))
            .Distinct();

        Assert.Empty(written.Except(shown));
    }

    [Theory]
    [InlineData("Get-MattermostTeam", "panw PANW O <id>")]
    [InlineData("Get-MattermostChannel town-square", "town-square Town_Square O <id>")]
    [InlineData("Get-MattermostChannel incident-response-2026", "incident-response-2026 Incident_response_2026 O <id>")]
    [InlineData("Get-MattermostUser admin", "admin admin@example.com system_admin <id>", "system_user")]
    [InlineData("Get-MattermostUser xsoarbot", "xsoarbot xsoarbot@localhost system_user <id>")]
    [InlineData("Get-MattermostGroup tier1", "tier1 SOC_Tier_1 <id>")]
    [InlineData("Get-MattermostGroupMember tier1", "user1 user1@example.com <id>", "user2 user2@example.com <id>")]
    [InlineData("Add-MattermostChannelMember test user1 -PassThru", "<id> <id> channel_user")]
    [InlineData(
        "$null = Add-MattermostChannelMember test user1; Set-MattermostChannelRole test user1 Admin -PassThru",
        "<id> <id> channel_user",
        "channel_admin"
    )]
    [InlineData("Get-MattermostUserChannel user1", "Channels_for_user1:", "secret Secret P <id>")]
    [InlineData(
        "Send-MattermostNotification 'Two hosts are isolated.' -Channel test -PassThru",
        "xsoarbot <id> Two_hosts_are"
    )]
    [InlineData("Get-MattermostSession", @"127.0.0.1:<port> panw xsoarbot admin True 127.0.0.1:<port>")]
    [InlineData("Start-MattermostMirror 1", "1 incident-1 private,_2 Active 0 0")]
    [InlineData(
        "Start-MattermostMirror 1; Stop-MattermostMirror 1",
        "1 incident-1 private,_2 Stopped 0 0 Stopped_by_a"
    )]
    [InlineData("Get-XsoarIncident 1", "1 Low Active Unclassified admin Phishing_mail")]
    [InlineData("Get-MattermostListener", "State : Stopped", "Failed : 0")]
    [InlineData("Test-MattermostConnection -WhatIf", "BotToken True", "The_bot_is_@xsoarbot.")]
    public async Task What_matters_is_seen_whole_at_80_columns(string command, params string[] rows)
    {
        await using var scene = await Scene.StartAsync(Groups.GroupScene.Licensed);
        await scene.InvokeAsync("$session = " + Scene.Connect + " -NoListener");
        scene.Sandbox.Mattermost.CreateChannel("admin", "incident-response-2026", "Incident response 2026");
        await SetWidthAsync(scene, 80);

        var screen = await scene.Engine.ShowAsync(command);

        Assert.All(screen.Split('\n'), line => Assert.InRange(line.TrimEnd().Length, 0, 80));
        foreach (var row in rows)
        {
            var pattern = System
                .Text.RegularExpressions.Regex.Escape(row)
                .Replace("\\ ", " +", StringComparison.Ordinal)
                .Replace("_", "[ _]", StringComparison.Ordinal)
                .Replace("<id>", "[a-z0-9]{26}", StringComparison.Ordinal)
                .Replace("<port>", "[0-9]+", StringComparison.Ordinal);
            Assert.True(
                System.Text.RegularExpressions.Regex.IsMatch(screen, pattern),
                $"{pattern} is not in:\n{screen}"
            );
        }
    }

    [Theory]
    [InlineData("Team", "Name", "DisplayName", "Type", "Id")]
    [InlineData("Channel", "Name", "DisplayName", "Type", "Id")]
    [InlineData("User", "Username", "Email", "Role", "Id")]
    [InlineData("Group", "Name", "DisplayName", "Description", "Id")]
    [InlineData("GroupMember", "Username", "Email", "Id")]
    [InlineData("ChannelMember", "ChannelId", "UserId", "Roles")]
    [InlineData("UserChannel", "Channels for", "Name", "DisplayName", "Type", "Id")]
    [InlineData("Post", "CreateAt", "Author", "Id", "Message")]
    [InlineData("Entry", "Created", "Author", "Category", "Id", "Contents")]
    [InlineData("Acknowledgement", "AcknowledgedAt", "PostId", "Username")]
    [InlineData("Session", "Id", "Uri", "Team", "Bot", "User", "Connected", "Xsoar")]
    [InlineData("Listener", "State", "Mirrors", "Pending", "Delivered", "Failed", "Reconnects", "Reason")]
    [InlineData("Mirror", "State", "Failed", "Note")]
    [InlineData("FailedDelivery", "Kind", "Reason")]
    [InlineData("ListenerLog", "Level", "Message")]
    [InlineData("Check", "Ok", "Message")]
    [InlineData("Incident", "Id", "Severity", "Status", "Type", "Owner", "Name")]
    public async Task A_row_is_shown_at_once_with_all_columns_at_80(string view, params string[] columns)
    {
        await using var scene = await Scene.StartAsync();
        var ours = ((PSObject)scene.Engine.Get("session")!).BaseObject.GetType().Assembly;
        var definition = Views.Descendants("View").Single(item => item.Element("Name")!.Value == view);
        var shown = PSObject.AsPSObject(
            FilledObject.Create(Find(ours, definition.Descendants("TypeName").Single().Value), "content")
        );
        shown.TypeNames.Insert(0, TypeOf(definition));
        scene.Engine.Set("object", shown);
        await ImportOneTypePerViewAsync(scene);
        await SetWidthAsync(scene, 80);

        var screen = await scene.Engine.ShowAsync("& { $object; $Host.UI.WriteLine('SECOND'); $object }");

        var beforeSecond = screen[..screen.IndexOf("SECOND", StringComparison.Ordinal)];
        Assert.Contains("content", beforeSecond, StringComparison.Ordinal);
        foreach (var column in columns)
            Assert.Contains(column, beforeSecond, StringComparison.Ordinal);
        Assert.All(screen.Split('\n'), line => Assert.InRange(line.TrimEnd().Length, 0, 80));
    }

    // So that no text is wrapped or cut.
    private static Task<EngineResult> WidenAsync(Scene scene) => SetWidthAsync(scene, 4000);

    private static Task<EngineResult> SetWidthAsync(Scene scene, int width) =>
        scene.InvokeAsync(
            $"$Host.UI.RawUI.BufferSize = $Host.UI.RawUI.WindowSize = [Management.Automation.Host.Size]::new({width}, 60)"
        );

    private static string TypeOf(XElement view) => "Test." + view.Element("Name")!.Value;

    private async Task ImportOneTypePerViewAsync(Scene scene)
    {
        var views = new XElement(Views);
        foreach (var view in views.Descendants("View"))
            view.Descendants("TypeName").Single().Value = TypeOf(view);
        views.Save(Path.Combine(_folder.FullName, "Test.Format.ps1xml"));
        var module = Path.Combine(_folder.FullName, "TestViews.psd1");
        await File.WriteAllTextAsync(
            module,
            "@{ ModuleVersion = '1.0'; FormatsToProcess = @('Test.Format.ps1xml') }",
            TestContext.Current.CancellationToken
        );
        scene.Engine.Set("views", module);
        (await scene.InvokeAsync("Import-Module $views -Global")).Succeeded();
    }

    private static Type Find(Assembly ours, string name)
    {
        if (ours.GetType(name) is { } type)
            return type;
        var core = ours.GetReferencedAssemblies().Single(reference => reference.Name == "MattermostXsoar.Core");
        return AssemblyLoadContext.GetLoadContext(ours)!.LoadFromAssemblyName(core).GetType(name, throwOnError: true)!;
    }
}
