namespace MattermostXsoar.Module.Tests.Help;

/// <summary>
/// The few commands of PowerShell's own modules that examples use: the tests' engine has only its core. What is compared
/// is what the module shows.
/// </summary>
internal static class StandIns
{
    public const string Script = """
        function global:Select-Object {
            param([string[]] $Property, [int] $First, [Parameter(ValueFromPipeline)] $InputObject)
            process {
                $row = [ordered]@{}
                foreach ($name in $Property) { $row[$name] = $InputObject.$name }
                [pscustomobject]$row
            }
        }
        function global:Get-Content { param([string] $Path) [IO.File]::ReadAllLines("$folder/$Path") }
        function global:Import-Csv {
            param([string] $Path)
            $lines = [IO.File]::ReadAllLines("$folder/$Path")
            $names = $lines[0] -split ','
            foreach ($line in $lines[1..($lines.Count - 1)]) {
                $row = [ordered]@{}
                $values = $line -split ','
                for ($i = 0; $i -lt $names.Count; $i++) { $row[$names[$i]] = $values[$i] }
                [pscustomobject]$row
            }
        }
        function global:Get-ChildItem {
            param([string] $Path, [switch] $File)
            [IO.DirectoryInfo]::new("$folder/$Path").GetFiles() | ForEach-Object { $_ }
        }
        function global:Read-Host { param([string] $Prompt, [switch] $AsSecureString) if ($Prompt -eq 'Bot token') { $bot } else { $personal } }
        function global:Get-Secret { param([string] $Name) @{ 'mattermost-bot' = $bot; 'mattermost-personal' = $personal; 'xsoar-key' = $key }[$Name] }
        """;
}
