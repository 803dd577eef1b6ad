using MattermostXsoar.Sandbox;

namespace MattermostXsoar.Module.Tests.Loading;

/// <summary>In processes of their own, since what is loaded is a property of the process.</summary>
public sealed class LoadContextTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mattermost-xsoar-");

    [Fact]
    public async Task Import_loads_no_file_but_the_modules_own_and_no_database()
    {
        var (exitCode, output, errors) = await RunAsync(
            null,
            """
            param($Manifest, $Edition)
            $before = [System.AppDomain]::CurrentDomain.GetAssemblies().Location
            Import-Module $Manifest -ArgumentList $Edition -ErrorAction Stop
            [System.AppDomain]::CurrentDomain.GetAssemblies().Location | Where-Object { $_ -and $before -notcontains $_ }
            """
        );

        Assert.True(exitCode == 0, string.Join('\n', errors));
        string[] ours =
        [
            Path.Combine(StagedModule.Root, "bin", StagedModule.Edition),
            Path.Combine(StagedModule.Root, "bin", StagedModule.Build),
        ];
        Assert.All(
            output.Where(path => path.StartsWith(StagedModule.Root, StringComparison.Ordinal)),
            path => Assert.Contains(Path.GetDirectoryName(path), ours)
        );
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var host = Path.GetDirectoryName(StagedModule.PowerShellHost)!;
        Assert.All(
            output,
            path =>
                Assert.True(
                    path.StartsWith(StagedModule.Root, StringComparison.Ordinal)
                        || path.StartsWith(framework, StringComparison.Ordinal)
                        || path.StartsWith(host, StringComparison.Ordinal),
                    path
                )
        );
    }

    public static TheoryData<string> OtherVersions { get; } =
        StagedModule.Build == "net8.0" ? ["0.0.1.0", "99.0.0.0"] : ["0.0.1.0"];

    /// <summary>
    /// A process that already holds other versions of the same assemblies: older ones are no use to us, and newer ones
    /// must not get in (the netstandard2.0 build runs where the strong name decides, so only PowerShell 7's context is
    /// tried with newer).
    /// </summary>
    [Theory]
    [MemberData(nameof(OtherVersions))]
    public async Task Opens_a_database_beside_other_versions_of_its_assemblies(string version)
    {
        string[] names = ["Polly.Core", "Microsoft.Data.Sqlite", "SQLitePCLRaw.core", "SQLitePCLRaw.batteries_v2"];
        var fakes = _folder.CreateSubdirectory("fakes").FullName;
        foreach (var name in names)
            FakeAssembly.Write(
                Path.Combine(StagedModule.Root, "deps", StagedModule.Build, name + ".dll"),
                new Version(version),
                fakes
            );

        await using var sandbox = await SandboxServer.StartAsync();
        await File.WriteAllTextAsync(
            Path.Combine(_folder.FullName, "config.json"),
            $$"""
            {
              "url": "{{sandbox.MattermostUri}}", "bot_access_token": "{{sandbox.BotToken}}", "personal_access_token": "{{sandbox.PersonalToken}}",
              "team_name": "panw", "xsoar_url": "{{sandbox.XsoarUri}}", "xsoar_api_key": "{{sandbox.XsoarApiKey}}",
              "state_path": "{{Path.Combine(_folder.FullName, "state.db")}}"
            }
            """,
            TestContext.Current.CancellationToken
        );

        var (exitCode, output, errors) = await RunAsync(fakes, OpenDatabase);

        Assert.True(exitCode == 0, string.Join('\n', errors));
        Assert.Equal("ok", output[0]);
        foreach (var name in names)
            Assert.Contains(output, line => line == $"{name} {version}");
        Assert.All(
            output.Where(line => line.StartsWith("provider ", StringComparison.Ordinal)),
            line => Assert.Contains(StagedModule.Root, line, StringComparison.Ordinal)
        );
    }

    // The module's own store: listing the mirrors of a state file that does not exist yet makes it.
    private const string OpenDatabase = """
        param($Manifest, $Edition, $Folder)
        Import-Module $Manifest -ArgumentList $Edition -ErrorAction Stop
        $session = Connect-Mattermost -ConfigurationPath "$Folder/config.json" -ErrorAction Stop
        Get-MattermostMirror -ErrorAction Stop
        if ([System.IO.File]::ReadAllText("$Folder/state.db").StartsWith('SQLite format 3')) { 'ok' }
        [System.AppDomain]::CurrentDomain.GetAssemblies() | ForEach-Object { $_.GetName() } | ForEach-Object { "$($_.Name) $($_.Version)" }
        [System.AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -like 'SQLitePCLRaw.provider*' } | ForEach-Object { "provider $($_.Location)" }
        """;

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task<(int ExitCode, string[] Output, string[] Errors)> RunAsync(string? preload, string script)
    {
        var file = Path.Combine(_folder.FullName, "script.ps1");
        await File.WriteAllTextAsync(file, script, TestContext.Current.CancellationToken);
        string[] first = preload is null ? [] : ["--preload", preload];
        return await HostProcess.RunAsync([
            .. first,
            file,
            StagedModule.Manifest,
            StagedModule.Edition,
            _folder.FullName,
        ]);
    }
}
