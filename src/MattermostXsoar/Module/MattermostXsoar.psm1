# Picks the build for this PowerShell; -ArgumentList overrides the choice, which is how the tests try both.
param([string] $Build = $(if ($PSEdition -eq 'Core') { 'net8.0' } else { 'netstandard2.0' }))

$loader = [System.Reflection.Assembly]::LoadFrom("$PSScriptRoot/bin/$Build/MattermostXsoar.Loader.dll")
$assembly = $loader.GetType('MattermostXsoar.Loader.ModuleLoader')::Load($PSScriptRoot, $Build)
Import-Module -Assembly $assembly
