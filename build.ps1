<#
.SYNOPSIS
Builds, tests and packs the module.
.DESCRIPTION
Needs the .NET SDK; what else a task uses (PowerShell, Pester, the tool for the SBOM) comes from NuGet with the versions that
.config/dotnet-tools.json and tests/Pester/Pester.csproj name. Works in Windows PowerShell 5.1 and in PowerShell 7.
.EXAMPLE
./build.ps1
Builds and lays out the module under out/MattermostXsoar/<version>.
.EXAMPLE
./build.ps1 -Task Test
Builds, then runs the tests of the solution. The Pester suite is a task of its own.
.EXAMPLE
./build.ps1 -Task Pack
Makes out/packages: the nupkg for the PowerShell Gallery, a zip whose root is the module's folder, the sandbox as a dotnet tool, the SBOM and SHA256SUMS. Two runs on the same build give the same files.
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Test', 'Pester', 'Pack', 'Clean')]
    [string[]] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Release'
)

$ErrorActionPreference = 'Stop'
$root = $PSScriptRoot
$manifest = Import-PowerShellDataFile -Path "$root/MattermostXsoar.psd1"
$version = $manifest.ModuleVersion
$staged = "$root/out/MattermostXsoar/$version"
$packages = "$root/out/packages"

function Invoke-DotNet {
    & dotnet @args | Out-Host
    if ($LASTEXITCODE -ne 0) { throw "dotnet $($args -join ' ') ended with exit code $LASTEXITCODE" }
}

# The commit's time, so that a package does not show when it was made; NuGet and zip files know no time before 1980.
function Get-SourceTime {
    $epoch = if ($env:SOURCE_DATE_EPOCH) { $env:SOURCE_DATE_EPOCH } else { & git -C $root log -1 --format=%ct 2>$null }
    $time = if ($epoch) { [DateTimeOffset]::FromUnixTimeSeconds([long] $epoch) } else { [DateTimeOffset]::MinValue }
    $first = [DateTimeOffset]::new(1980, 1, 1, 0, 0, 0, [TimeSpan]::Zero)
    if ($time -gt $first) { $time } else { $first }
}

function Get-PackedFile([string] $Folder) {
    $names = [string[]] (Get-ChildItem -Path $Folder -Recurse -File | ForEach-Object { $_.FullName.Substring($Folder.Length + 1).Replace('\', '/') })
    [Array]::Sort($names, [StringComparer]::Ordinal)
    $names
}

# The same bytes for the same files: in the order of their names, with the commit's time.
function Write-Zip([string] $Folder, [string] $Path, [string] $Prefix, [DateTimeOffset] $Time) {
    Add-Type -AssemblyName System.IO.Compression
    $file = [IO.File]::Create($Path)
    try {
        $zip = [IO.Compression.ZipArchive]::new($file, [IO.Compression.ZipArchiveMode]::Create)
        foreach ($name in Get-PackedFile $Folder) {
            $entry = $zip.CreateEntry("$Prefix$name", [IO.Compression.CompressionLevel]::Optimal)
            $entry.LastWriteTime = $Time
            $from = [IO.File]::OpenRead("$Folder/$name")
            $to = $entry.Open()
            try { $from.CopyTo($to) } finally { $to.Dispose(); $from.Dispose() }
        }
        $zip.Dispose()
    }
    finally { $file.Dispose() }
}

# Every assembly under deps comes from one of the packages that it lists.
function Write-Sbom([string] $Path, [DateTimeOffset] $Time) {
    Invoke-DotNet tool run dotnet-CycloneDX -- "$root/src/MattermostXsoar/MattermostXsoar.csproj" --output $packages --filename bom.json --output-format Json `
        --no-serial-number --disable-package-restore --set-name MattermostXsoar --set-version $version --set-type Library --spec-version 1.6
    $text = [IO.File]::ReadAllText("$packages/bom.json") -replace '("timestamp": ")[^"]*', ('${1}' + $Time.ToString('yyyy-MM-ddTHH:mm:ssZ', [cultureinfo]::InvariantCulture))
    [IO.File]::WriteAllText($Path, $text)
    Remove-Item -Path "$packages/bom.json"
}

# What the gallery shows of the package is what the manifest says.
function Write-Nuspec([string] $Path) {
    $data = $manifest.PrivateData.PSData
    $tags = @('PSModule', 'PSIncludes_Cmdlet') + $data.Tags + ($manifest.CmdletsToExport | ForEach-Object { "PSCmdlet_$_", "PSCommand_$_" })
    $escape = { param($Text) [Security.SecurityElement]::Escape($Text) }
    [IO.File]::WriteAllText($Path, @"
<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
  <metadata>
    <id>MattermostXsoar</id>
    <version>$version</version>
    <authors>$(& $escape $manifest.Author)</authors>
    <owners>$(& $escape $manifest.CompanyName)</owners>
    <requireLicenseAcceptance>false</requireLicenseAcceptance>
    <license type="expression">MIT</license>
    <projectUrl>$(& $escape $data.ProjectUri)</projectUrl>
    <icon>icon.png</icon>
    <description>$(& $escape $manifest.Description)</description>
    <releaseNotes>$(& $escape $data.ReleaseNotes)</releaseNotes>
    <copyright>$(& $escape $manifest.Copyright)</copyright>
    <tags>$(& $escape ($tags -join ' '))</tags>
  </metadata>
  <files>
    <file src="**" target="" />
  </files>
</package>
"@)
}

# NuGet packs a project; the archive is written once more, since NuGet gives one of its parts a random name and all of them the present time.
function Write-NuGetPackage([string] $Id, [string] $Project, [DateTimeOffset] $Time, [scriptblock] $Option = { }) {
    $work = Join-Path ([IO.Path]::GetTempPath()) ([Guid]::NewGuid().ToString('N'))
    try {
        $null = New-Item -ItemType Directory -Path $work
        $options = @(& $Option $work)
        Invoke-DotNet pack "$root/src/$Project/$Project.csproj" --no-build --configuration Release --verbosity quiet --output $work '-p:IsPackable=true' @options
        Add-Type -AssemblyName System.IO.Compression.FileSystem
        [IO.Compression.ZipFile]::ExtractToDirectory("$work/$Id.$version.nupkg", "$work/parts")
        $core = Get-ChildItem -Path "$work/parts/package/services/metadata/core-properties" -Filter *.psmdcp
        $relations = [IO.File]::ReadAllText("$work/parts/_rels/.rels").Replace($core.Name, "$Id.psmdcp")
        $script:relation = 0
        $relations = [regex]::Replace($relations, 'Id="[^"]*"', { $script:relation++; 'Id="R{0}"' -f $script:relation })
        [IO.File]::WriteAllText("$work/parts/_rels/.rels", $relations)
        Rename-Item -Path $core.FullName -NewName "$Id.psmdcp"
        Write-Zip "$work/parts" "$packages/$Id.$version.nupkg" '' $Time
    }
    finally { if (Test-Path -Path $work) { Remove-Item -Path $work -Recurse -Force } }
}

function Write-Package {
    $time = Get-SourceTime
    Invoke-DotNet tool restore
    if (Test-Path -Path $staged) { Remove-Item -Path $staged -Recurse -Force }
    Invoke-DotNet build "$root/src/MattermostXsoar" --configuration Release --verbosity quiet "-p:ContinuousIntegrationBuild=true" "-p:RunAnalyzers=false"
    if (Test-Path -Path $packages) { Remove-Item -Path $packages -Recurse -Force }
    $null = New-Item -ItemType Directory -Path $packages
    Copy-Item -Path "$root/src/MattermostXsoar/Module/icon.png" -Destination $staged
    Write-Sbom "$staged/MattermostXsoar.cdx.json" $time
    Copy-Item -Path "$staged/MattermostXsoar.cdx.json" -Destination "$packages/MattermostXsoar.$version.cdx.json"
    Write-Zip $staged "$packages/MattermostXsoar-$version.zip" "MattermostXsoar/$version/" $time
    Write-NuGetPackage MattermostXsoar MattermostXsoar $time {
        param($Work)
        Write-Nuspec "$Work/MattermostXsoar.nuspec"
        "-p:NuspecFile=$Work/MattermostXsoar.nuspec"
        "-p:NuspecBasePath=$staged"
        '-p:NoWarn=NU5128%3BNU5100%3BNU5131'
    }
    Invoke-DotNet build "$root/src/MattermostXsoar.Sandbox" --configuration Release --verbosity quiet "-p:ContinuousIntegrationBuild=true" "-p:RunAnalyzers=false"
    Write-NuGetPackage mattermost-xsoar-sandbox MattermostXsoar.Sandbox $time
    $sums = foreach ($name in Get-PackedFile $packages) { "$((Get-FileHash -Algorithm SHA256 -Path "$packages/$name").Hash.ToLowerInvariant())  $name" }
    [IO.File]::WriteAllText("$packages/SHA256SUMS", ($sums -join "`n") + "`n")
    $sums
}

switch ($Task) {
    'Clean' {
        foreach ($folder in "$root/out", (Get-ChildItem -Path "$root/src", "$root/tests" -Directory | ForEach-Object { "$($_.FullName)/bin", "$($_.FullName)/obj" })) {
            $folder | Where-Object { Test-Path -Path $_ } | Remove-Item -Recurse -Force
        }
    }
    'Build' {
        Invoke-DotNet build "$root/Module.sln" --configuration $Configuration
        "The module is in $staged"
    }
    'Test' {
        Invoke-DotNet test "$root/Module.sln" --configuration $Configuration
    }
    'Pester' {
        & "$root/tests/Pester/Run.ps1"
    }
    'Pack' {
        Write-Package
        "The packages are in $packages"
    }
}
