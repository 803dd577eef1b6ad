# One run of the suite with one version of Pester; Run.ps1 starts it.
param(
    [Parameter(Mandatory)] [string] $Pester,
    [Parameter(Mandatory)] [string] $Module,
    [Parameter(Mandatory)] [string] $Sandbox,
    [string] $Package,
    [string] $Filter = '*'
)
$ErrorActionPreference = 'Stop'
Import-Module -Name $Pester
$data = @{ Module = $Module; Sandbox = $Sandbox; Package = $Package }
$containers = Get-ChildItem -Path "$PSScriptRoot/$Filter.Tests.ps1" |
    Where-Object { $Package -or $_.Name -notlike 'Package*' } |
    ForEach-Object { New-PesterContainer -Path $_.FullName -Data $data }
$configuration = New-PesterConfiguration
$configuration.Run.Container = @($containers)
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Normal'
$configuration.Output.RenderMode = 'Plaintext'
$result = Invoke-Pester -Configuration $configuration
"Pester $((Get-Module -Name Pester).Version): $($result.PassedCount) passed, $($result.FailedCount + $result.FailedBlocksCount + $result.FailedContainersCount) failed"
if ($result.SkippedCount + $result.NotRunCount -gt 0) { "skipped: $($result.SkippedCount), not run: $($result.NotRunCount)" }
exit [int] ($result.Result -ne 'Passed' -or $result.PassedCount -eq 0)
