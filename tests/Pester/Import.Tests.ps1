param([string] $Module, [string] $Sandbox, [string] $Package)

BeforeAll {
    $program = (Get-Process -Id $PID).Path
    $arguments = @(if ([IO.Path]::GetFileNameWithoutExtension($program) -eq 'dotnet') { "$PSHOME/pwsh.dll" })

    # In a process of its own: this one has the module already.
    function Invoke-Fresh([string] $Script) {
        $PSNativeCommandUseErrorActionPreference = $false
        $encoded = [Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes($Script))
        & $program @arguments -NoProfile -NonInteractive -OutputFormat Text -EncodedCommand $encoded 2>&1 | ForEach-Object { "$_" }
    }
}

Describe 'Import-Module' {
    It 'writes nothing and brings every cmdlet and alias of the manifest' {
        $data = Import-PowerShellDataFile -Path $Module
        $output = Invoke-Fresh "`$PSModuleAutoLoadingPreference = 'None'; Import-Module Microsoft.PowerShell.Utility; Import-Module '$Module' -Verbose:`$false; @(Get-Command -Module MattermostXsoar).Name -join ','"

        $output | Should -HaveCount 1
        $names = $output -split ','
        ($data.CmdletsToExport + $data.AliasesToExport | Sort-Object) | Should -Be ($names | Sort-Object)
    }

    It 'works beside other versions of the same libraries that were loaded before' {
        $others = Join-Path (Split-Path -Path $Module) deps/netstandard2.0
        $output = Invoke-Fresh @"
foreach (`$name in 'Polly.Core', 'AngleSharp', 'Microsoft.Data.Sqlite', 'SQLitePCLRaw.core') { `$null = [Reflection.Assembly]::LoadFrom("$others/`$name.dll") }
Import-Module '$Module'
. '$PSScriptRoot/Server.ps1'
`$server = Start-TestServer '$Module' '$Sandbox'
try {
    (Get-MattermostTeam).Name
    `$null = Start-MattermostMirror 1
    (Get-MattermostMirror).State
    @([AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { `$_.GetName().Name -eq 'Polly.Core' }).Count
}
finally { Stop-TestServer `$server }
"@

        $output | Should -Be 'panw', 'Active', '2'
    }

    It 'can be removed and imported again, with its views' {
        $output = Invoke-Fresh @"
Import-Module '$Module'; Remove-Module MattermostXsoar
@(Get-Command -Module MattermostXsoar).Count
Import-Module '$Module'
@(Get-Command -Module MattermostXsoar -CommandType Cmdlet).Count -gt 25
"@

        $output | Should -Be '0', 'True'
    }
}
