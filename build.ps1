<#
.SYNOPSIS
Builds, tests and packs the module.
.DESCRIPTION
Everything but Pester needs the .NET SDK alone; where it is not installed, its run is left out and said so. Get-Help's files
are part of every build. Works in Windows PowerShell 5.1 and in PowerShell 7.
.EXAMPLE
./build.ps1
Builds and lays out the module under out/MattermostXsoar/<version>.
.EXAMPLE
./build.ps1 -Task Test
Builds, then runs every test.
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Test', 'Pack', 'Clean')]
    [string[]] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Release'
)

$ErrorActionPreference = 'Stop'
$root = $PSScriptRoot
$version = (Import-PowerShellDataFile -Path "$root/MattermostXsoar.psd1").ModuleVersion
$staged = "$root/out/MattermostXsoar/$version"

function Invoke-DotNet {
    & dotnet @args
    if ($LASTEXITCODE -ne 0) { throw "dotnet $($args -join ' ') ended with exit code $LASTEXITCODE" }
}

function Test-Installed([string] $Name, [string] $What) {
    $found = [bool] (Get-Module -ListAvailable -Name $Name)
    if (-not $found) { Write-Warning "$Name is not installed: $What is left out. Install-Module $Name" }
    $found
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
        if ((Test-Path -Path "$root/tests/Pester") -and (Test-Installed Pester 'the Pester run')) {
            Invoke-Pester -Path "$root/tests/Pester" -CI
        }
    }
    'Pack' {
        Invoke-DotNet build "$root/Module.sln" --configuration Release
        $package = "$root/out/MattermostXsoar-$version.zip"
        Compress-Archive -Path $staged -DestinationPath $package -Force
        "Packed $package"
    }
}
