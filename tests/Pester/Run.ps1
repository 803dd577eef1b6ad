<#
.SYNOPSIS
Runs the Pester suite in this PowerShell's program, once for each version of Pester, each in a process of its own.
.DESCRIPTION
The module and the sandbox have to be built, and Pester restored: dotnet restore tests/Pester/Pester.csproj. Prints a line "Pester <version>: N passed, N failed" for each version; the exit
code is 0 only if nothing failed and something passed.
.PARAMETER Version
The versions of Pester.
.PARAMETER Module
The manifest of the module; by default the one that the build laid out.
.PARAMETER Sandbox
The sandbox's program.
.PARAMETER Package
The folder with the packages of "build.ps1 -Task Pack". Without it the tests of the packages do not run.
.PARAMETER Filter
Only the files whose names fit, such as Help*.
#>
[CmdletBinding()]
param(
    [string[]] $Version = @('5.9.1', '6.2.0'),
    [string] $Module,
    [string] $Sandbox,
    [string] $Package,
    [string] $Filter = '*'
)
$ErrorActionPreference = 'Stop'
$root = [IO.Path]::GetFullPath("$PSScriptRoot/../..")
if (-not $Module) {
    $number = (Import-PowerShellDataFile -Path "$root/MattermostXsoar.psd1").ModuleVersion
    $Module = "$root/out/MattermostXsoar/$number/MattermostXsoar.psd1"
}
if (-not $Sandbox) {
    $Sandbox = Get-ChildItem -Path "$root/src/MattermostXsoar.Sandbox/bin" -Recurse -Filter MattermostXsoar.Sandbox.dll |
        Sort-Object -Property LastWriteTime | Select-Object -Last 1 -ExpandProperty FullName
}
foreach ($needed in $Module, $Sandbox) {
    if (-not $needed -or -not (Test-Path -Path $needed)) { throw "'$needed' does not exist. Build the solution first: dotnet build Module.sln" }
}
if ($Package) { $Package = [IO.Path]::GetFullPath($Package, $PWD.Path) }
$global = if ($env:NUGET_PACKAGES) { $env:NUGET_PACKAGES } else { "$HOME/.nuget/packages" }
$program = (Get-Process -Id $PID).Path
# The dotnet tool runs as dotnet with the program's library.
$arguments = @(if ([IO.Path]::GetFileNameWithoutExtension($program) -eq 'dotnet') { "$PSHOME/pwsh.dll" })
$failures = 0
foreach ($one in $Version) {
    $pester = "$global/pester/$one/tools/Pester.psd1"
    if (-not (Test-Path -Path $pester)) { throw "Pester $one is not in '$global'. Get it: dotnet restore tests/Pester/Pester.csproj" }
    & $program @arguments -NoProfile -NonInteractive -File "$PSScriptRoot/Invoke.ps1" -Pester "$pester" -Module "$Module" -Sandbox "$Sandbox" -Package "$Package" -Filter "$Filter"
    if ($LASTEXITCODE -ne 0) { $failures++ }
}
exit $failures
