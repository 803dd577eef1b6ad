# Picks the build for this PowerShell; -ArgumentList overrides the choice, which is how the tests try both.
# Every construct here costs import time (a comparison alone some milliseconds of compiling), so it stays this plain.
param($Build)
if (-not $Build) { if ($IsCoreCLR) { $Build = 'net8.0' } else { $Build = 'netstandard2.0' } }
$loader = [System.Reflection.Assembly]::LoadFrom("$PSScriptRoot/bin/$Build/MattermostXsoar.Loader.dll")
Import-Module -Assembly $loader.GetType('MattermostXsoar.Loader.ModuleLoader')::Load($PSScriptRoot, $Build, $ExecutionContext)
