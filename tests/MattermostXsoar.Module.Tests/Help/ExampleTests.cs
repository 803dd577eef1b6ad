namespace MattermostXsoar.Module.Tests.Help;

/// <summary>Every example of every page is run against the sandbox, and shows what the page says.</summary>
public sealed class ExampleTests : IDisposable
{
    /// <summary>Set to 1, it has the pages rewritten with what the examples show.</summary>
    private const string Write = "EXAMPLES_WRITE";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mmxs-examples-");

    public static TheoryData<string> Pages => [.. HelpPages.Read().Keys.Order(StringComparer.Ordinal)];

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Examples_show_what_their_page_says(string page)
    {
        var needs = ExampleScenes.Of(page);
        await using var scene = await Scene.StartAsync(needs.Options, connect: false);
        await SetUpAsync(scene, needs);
        var faults = new List<string>();
        var number = 0;

        foreach (var example in HelpPages.Read()[page].Examples)
        {
            if (needs.NotRun.ContainsKey(++number))
                continue;
            if (needs.Before.TryGetValue(number, out var before))
                (await scene.InvokeAsync(before)).Succeeded();
            var code = ExampleText.Runnable(example.Code, scene, needs.Ids);
            var shown = ExampleText.OnPage(await scene.Engine.ShowAsync(code), scene);
            if (ExampleText.IsSame(example.Output, shown))
                continue;
            if (Environment.GetEnvironmentVariable(Write) == "1")
                await WriteAsync(page, example.Title, shown);
            faults.Add($"{example.Title}\n{ExampleText.Difference(example.Output, shown)}");
        }

        Assert.True(
            faults.Count == 0,
            $"{page}.md: {string.Join("\n\n", faults)}\n\nWrite what the examples show into the page with {Write}=1 and "
                + "check the changes."
        );
    }

    [Fact]
    public void Only_examples_that_exist_are_left_out_or_prepared()
    {
        var pages = HelpPages.Read();

        Assert.Empty(ExampleScenes.All.Keys.Except(pages.Keys));
        Assert.All(
            ExampleScenes.All,
            scene =>
                Assert.All(
                    scene.Value.NotRun.Keys.Concat(scene.Value.Before.Keys),
                    number => Assert.InRange(number, 1, pages[scene.Key].Examples.Count)
                )
        );
        Assert.InRange(ExampleScenes.All.Values.Sum(scene => scene.NotRun.Count), 0, 3);
    }

    private async Task SetUpAsync(Scene scene, ExampleScene needs)
    {
        // Nothing is wrapped: a page is as wide as its longest line.
        await scene.InvokeAsync(
            "$Host.UI.RawUI.BufferSize = $Host.UI.RawUI.WindowSize = [Management.Automation.Host.Size]::new(4000, 60)"
        );
        scene.Engine.Set("sandbox", scene.Sandbox);
        scene.Engine.Set("folder", _folder.FullName);
        scene.Engine.Set("state", Path.Combine(_folder.FullName, "state.db"));
        await File.WriteAllTextAsync(
            Path.Combine(_folder.FullName, "mattermost.json"),
            System.Text.Json.JsonSerializer.Serialize(
                new
                {
                    url = scene.Sandbox.MattermostUri,
                    team_name = scene.Sandbox.TeamName,
                    bot_access_token = scene.Sandbox.BotToken,
                    personal_access_token = scene.Sandbox.PersonalToken,
                    xsoar_url = scene.Sandbox.XsoarUri,
                    xsoar_api_key = scene.Sandbox.XsoarApiKey,
                    state_path = Path.Combine(_folder.FullName, "state.db"),
                }
            ),
            TestContext.Current.CancellationToken
        );
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(
                Path.Combine(_folder.FullName, "mattermost.json"),
                UnixFileMode.UserRead | UnixFileMode.UserWrite
            );
        (await scene.InvokeAsync(StandIns.Script)).Succeeded();
        (await scene.InvokeAsync("$null = $ExecutionContext.SessionState.Path.SetLocation($folder)")).Succeeded();
        if (needs.Connect.Length > 0)
            (await scene.InvokeAsync($"$session = {needs.Connect} -StatePath $state")).Succeeded();
        if (needs.Setup.Length > 0)
            (await scene.InvokeAsync(needs.Setup)).Succeeded();
    }

    private static async Task WriteAsync(string page, string title, string shown)
    {
        var path = Path.Combine(StagedModule.HelpPages, page + ".md");
        var text = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            path,
            ExampleText.WithOutput(text, title, shown),
            TestContext.Current.CancellationToken
        );
    }
}
