using System.Management.Automation;

namespace MattermostXsoar.Module.Tests.Incidents;

/// <summary>Reading War Rooms.</summary>
public sealed class GetXsoarEntryTests
{
    [Theory]
    [InlineData("Get-XsoarEntry 1", "hello", "a note", "the mail", "out")]
    [InlineData("Get-XsoarIncident 1 | Get-XsoarEntry -Last 2", "the mail", "out")]
    [InlineData("Get-XsoarEntry 1 -Category notes", "a note")]
    [InlineData("Get-XsoarEntry 1 -Category attachments, commandAndResults", "the mail", "out")]
    [InlineData("Get-XsoarEntry 1 -Tag Evidence", "a note")]
    [InlineData("Get-XsoarEntry 1 -Since ([DateTimeOffset]::UtcNow.AddDays(1))")]
    public async Task Finds_entries_oldest_first(string command, params string[] contents)
    {
        await using var scene = await StartAsync();

        var found = (await scene.InvokeAsync(command)).Succeeded();

        Assert.Equal(contents, found.All("Contents"));
    }

    [Fact]
    public async Task An_entry_is_read_whole()
    {
        await using var scene = await StartAsync();

        var file = (await scene.InvokeAsync("Get-XsoarEntry 1 -Category attachments")).Single();

        Assert.Equal(
            ("admin", "mail.eml", 4L, "1"),
            (file.Get("Author"), file.Get("File"), file.Get("FileSize"), file.Get("InvestigationId"))
        );
        Assert.EndsWith($"WarRoom/1/{file.Get("Id")}", file.Get("Uri")!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_investigation_is_an_error()
    {
        await using var scene = await StartAsync();

        (await scene.InvokeAsync("Get-XsoarEntry 99")).AssertError(
            "InvestigationNotFound",
            ErrorCategory.ObjectNotFound
        );
    }

    [Fact]
    public async Task More_than_fifty_are_cut_with_a_warning()
    {
        await using var scene = await StartAsync();
        for (var i = 0; i < 60; i++)
            scene.Sandbox.Xsoar.AddEntry("2", "admin", $"e{i}");

        var few = await scene.InvokeAsync("Get-XsoarEntry 2");
        var all = await scene.InvokeAsync("Get-XsoarEntry 2 -All");

        Assert.Equal("e59", few.Succeeded()[^1].Get("Contents"));
        Assert.Equal((50, 60), (few.Output.Count, all.Succeeded().Count));
        Assert.Single(few.Warnings);
        Assert.Empty(all.Warnings);
    }

    private static async Task<Scene> StartAsync()
    {
        var scene = await Scene.StartAsync();
        var xsoar = scene.Sandbox.Xsoar;
        xsoar.AddEntry("1", "admin", "hello");
        xsoar.AddEntry("1", "admin", "a note", note: true, tags: ["evidence"]);
        xsoar.AddFile("1", "admin", "mail.eml", "mail"u8.ToArray(), "the mail");
        xsoar.AddEntry("1", "", "out", category: "commandAndResults");
        return scene;
    }
}
