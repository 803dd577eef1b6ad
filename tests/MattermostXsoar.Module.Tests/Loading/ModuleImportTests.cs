namespace MattermostXsoar.Module.Tests.Loading;

public sealed class ModuleImportTests
{
    [Fact]
    public async Task Exports_exactly_what_the_manifest_names()
    {
        await using var engine = await Engine.StartAsync();

        var commands = await engine.InvokeAsync(
            "Get-Command -Module MattermostXsoar | ForEach-Object { \"$($_.CommandType) $($_.Name)\" }"
        );
        var named = await engine.InvokeAsync(
            """
            $data = Import-PowerShellDataFile $manifest -ErrorAction SilentlyContinue
            if (-not $data) { $data = & ([scriptblock]::Create([System.IO.File]::ReadAllText($manifest))) }
            $data.CmdletsToExport | ForEach-Object { "Cmdlet $_" }
            $data.AliasesToExport | ForEach-Object { "Alias $_" }
            """
        );

        Assert.Equal(
            named.Output.Select(o => o.ToString()).Order(StringComparer.Ordinal),
            commands.Succeeded().Select(o => o.ToString()).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task Can_be_removed_and_imported_again()
    {
        await using var engine = await Engine.StartAsync();

        (await engine.InvokeAsync("Remove-Module MattermostXsoar -ErrorAction Stop")).Succeeded();
        Assert.Empty((await engine.InvokeAsync("Get-Module -All | Where-Object Name -like '*Mattermost*'")).Output);

        await engine.ImportAsync();
        Assert.Empty((await engine.InvokeAsync("Get-MattermostSession")).Succeeded());
    }

    [Fact]
    public async Task Can_be_imported_twice_over_itself()
    {
        await using var engine = await Engine.StartAsync();

        (
            await engine.InvokeAsync("Import-Module $manifest -ArgumentList $edition -Force -ErrorAction Stop")
        ).Succeeded();

        Assert.Empty((await engine.InvokeAsync("Get-MattermostSession")).Succeeded());
    }

    [Fact]
    public async Task Works_in_two_runspaces_at_the_same_time()
    {
        var starting = Enumerable.Range(0, 4).Select(_ => Engine.StartAsync()).ToList();
        var engines = await Task.WhenAll(starting);
        try
        {
            foreach (var engine in engines)
                Assert.Empty((await engine.InvokeAsync("Get-MattermostSession")).Succeeded());

            (await engines[0].InvokeAsync("Remove-Module MattermostXsoar -ErrorAction Stop")).Succeeded();
            Assert.Empty((await engines[1].InvokeAsync("Get-MattermostSession")).Succeeded());
        }
        finally
        {
            foreach (var engine in engines)
                await engine.DisposeAsync();
        }
    }
}
