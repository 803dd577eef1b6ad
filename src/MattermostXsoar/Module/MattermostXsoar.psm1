# -ArgumentList picks the build for the other edition, which is how the tests try both. Every construct here costs import
# time (a comparison some milliseconds of compiling, a method call thirty), so it stays this plain.
param($Edition = $PSEdition)
Import-Module -Name "$PSScriptRoot/bin/$Edition/MattermostXsoar.Loader.dll"
Import-Module -Assembly (Open-MattermostXsoarModule)
