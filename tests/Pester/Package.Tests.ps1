# The packages of "build.ps1 -Task Pack": what is in them, and that they install, run, upgrade and go.
param([string] $Module, [string] $Sandbox, [string] $Package)

BeforeAll {
    $number = (Import-PowerShellDataFile -Path $Module).ModuleVersion
    $nupkg = "$Package/MattermostXsoar.$number.nupkg"
    $program = (Get-Process -Id $PID).Path
    $arguments = @(if ([IO.Path]::GetFileNameWithoutExtension($program) -eq 'dotnet') { "$PSHOME/pwsh.dll" })
    $shipped = "$PSHOME/Modules"

    # A person's own home: nothing is installed there yet, and nothing of this machine's is changed.
    function Invoke-AtHome([string] $Script) {
        $ownHome = Join-Path $TestDrive home
        # As on any machine that somebody has logged in to: .NET takes no folder that does not exist.
        foreach ($folder in '.local/share', '.config', '.cache') { $null = New-Item -ItemType Directory -Force -Path "$ownHome/$folder" }
        $before = $env:HOME, $env:XDG_DATA_HOME, $env:XDG_CONFIG_HOME, $env:XDG_CACHE_HOME, $env:PSModulePath
        try {
            $env:HOME = $ownHome
            $env:XDG_DATA_HOME = $env:XDG_CONFIG_HOME = $env:XDG_CACHE_HOME = ''
            $env:PSModulePath = ''
            $encoded = [Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes("`$ErrorActionPreference = 'Stop'; `$ProgressPreference = 'SilentlyContinue'; $Script"))
            & $program @arguments -NoProfile -NonInteractive -OutputFormat Text -EncodedCommand $encoded 2>&1 | ForEach-Object { "$_" }
            if ($LASTEXITCODE -ne 0) { "exit code $LASTEXITCODE" }
        }
        finally {
            $env:HOME, $env:XDG_DATA_HOME, $env:XDG_CONFIG_HOME, $env:XDG_CACHE_HOME, $env:PSModulePath = $before
        }
    }

    function Get-PackedName([string] $Path) {
        Add-Type -AssemblyName System.IO.Compression.FileSystem
        $zip = [IO.Compression.ZipFile]::OpenRead($Path)
        try { $zip.Entries.FullName } finally { $zip.Dispose() }
    }
}

Describe 'The packages' {
    It 'have the hashes that are listed' {
        foreach ($line in Get-Content -Path "$Package/SHA256SUMS") {
            $hash, $name = $line -split '  '
            (Get-FileHash -Algorithm SHA256 -Path "$Package/$name").Hash | Should -Be $hash
        }
    }

    It 'contain what a user needs and nothing else' {
        $names = Get-PackedName $nupkg | Where-Object { $_ -notmatch '^(package/|_rels/|\[Content_Types\]|MattermostXsoar\.nuspec$)' }
        $expected = @(
            'LICENSE', 'MattermostXsoar.cdx.json', 'MattermostXsoar.psd1', 'MattermostXsoar.psm1', 'icon.png'
            'views/MattermostXsoar.Format.ps1xml', 'views/MattermostXsoar.Types.ps1xml', 'views/MattermostXsoar.Views.psd1'
            'bin/Core/MattermostXsoar.Loader.dll', 'bin/Desktop/MattermostXsoar.Loader.dll'
            foreach ($build in 'net8.0', 'netstandard2.0') { "bin/$build/MattermostXsoar.dll"; "bin/$build/MattermostXsoar.Core.dll" }
            'en-US/MattermostXsoar.dll-Help.xml'
            'en-US/about_MattermostXsoar.help.txt', 'en-US/about_MattermostXsoar_Configuration.help.txt', 'en-US/about_MattermostXsoar_Mirroring.help.txt'
        )
        $deps = $names | Where-Object { $_ -like 'deps/*' }

        $names | Where-Object { $_ -notlike 'deps/*' } | Sort-Object | Should -Be ($expected | Sort-Object)
        $deps | Should -Contain 'deps/native/linux-x64/libe_sqlite3.so'
        $deps | Should -Contain 'deps/native/win-x64/e_sqlite3.dll'
        $deps | Where-Object { $_ -notmatch '\.(dll|so|dylib)$' } | Should -BeNullOrEmpty
        @(Get-PackedName "$Package/MattermostXsoar-$number.zip" | Where-Object { $_ -notlike "MattermostXsoar/$number/*" }) | Should -BeNullOrEmpty
    }

    It 'list every library that they bring in their SBOM' {
        $sbom = Get-Content -Raw -Path "$Package/MattermostXsoar.$number.cdx.json" | ConvertFrom-Json
        $listed = $sbom.components.name
        $brought = Get-PackedName $nupkg | Where-Object { $_ -match '^deps/.*\.(dll|so|dylib)$' } |
            ForEach-Object { [IO.Path]::GetFileNameWithoutExtension($_) } | Sort-Object -Unique
        # Libraries that lie in packages of other names.
        $package = @{
            'Microsoft.Data.Sqlite' = 'Microsoft.Data.Sqlite.Core'; 'SQLitePCLRaw.batteries_v2' = 'SQLitePCLRaw.config.e_sqlite3'; 'e_sqlite3' = 'SQLite'; 'libe_sqlite3' = 'SQLite'
        }
        $brought.Count | Should -BeGreaterThan 15
        foreach ($name in $brought) { $listed | Should -Contain $(if ($package[$name]) { $package[$name] } else { $name }) }
    }
}

Describe 'The sandbox' {
    It 'is installed as a tool and runs' {
        & dotnet tool install mattermost-xsoar-sandbox --version $number --tool-path "$TestDrive/tools" --add-source ([IO.Path]::GetFullPath($Package)) --no-cache 2>&1 | Out-Null
        $LASTEXITCODE | Should -Be 0
        . "$PSScriptRoot/Server.ps1"
        $server = Start-TestServer $Module "$TestDrive/tools/mattermost-xsoar-sandbox"
        try { (Get-MattermostTeam).Name | Should -Be 'panw' }
        finally { Stop-TestServer $server }
    }
}

Describe 'A new installation' {
    BeforeAll {
        $repository = Join-Path $TestDrive repository
        $null = New-Item -ItemType Directory -Path $repository
        $register = "Register-PSResourceRepository -Name local -Uri '$repository' -Trusted -Force; "
    }

    It 'installs from a repository into an empty module path and runs the five lines of the README' {
        $output = Invoke-AtHome @"
$register
Publish-PSResource -NupkgPath '$nupkg' -Repository local
Install-PSResource MattermostXsoar -Repository local -Scope CurrentUser -TrustRepository
. '$PSScriptRoot/../../docs/examples/Sandbox.ps1'
Import-Module MattermostXsoar
'from ' + (Get-Module MattermostXsoar).ModuleBase
`$server = Start-Sandbox -Sandbox '$Sandbox'
try {
    `$null = Connect-Sandbox `$server
    'checks failed: ' + @(Test-MattermostConnection -WarningAction Ignore | Where-Object { -not `$_.Ok }).Count
    'mirror: ' + (Start-MattermostMirror 1).State
    'channel: ' + (Get-MattermostMirror).ChannelName
    `$null = Stop-MattermostMirror 1
    Disconnect-Mattermost
    'help: ' + (Get-Help Start-MattermostMirror).Synopsis
}
finally { Stop-Sandbox `$server }
"@

        $output[0] | Should -BeLike "from $TestDrive*$number"
        $output[1..3] | Should -Be 'checks failed: 0', 'mirror: Active', 'channel: incident-1'
        $output[4] | Should -BeLike 'help: ?*'
        $output | Should -HaveCount 5
    }

    It 'publishes the folder that a build lays out' {
        $folder = Split-Path -Path $Module
        $output = Invoke-AtHome "$register Remove-Item '$repository/*'; Publish-PSResource -Path '$folder' -Repository local; (Get-ChildItem '$repository').Name"

        $output | Should -Be "MattermostXsoar.$number.nupkg"
    }

    It 'upgrades from an earlier version, whose state file goes on, and is uninstalled' {
        $earlier = Join-Path $TestDrive earlier/MattermostXsoar
        $null = New-Item -ItemType Directory -Path (Split-Path -Path $earlier)
        Copy-Item -Recurse -Path (Split-Path -Path $Module) -Destination $earlier
        (Get-Content -Raw -Path "$earlier/MattermostXsoar.psd1") -replace "ModuleVersion\s*=\s*'[^']+'", "ModuleVersion = '0.0.9'" | Set-Content -Path "$earlier/MattermostXsoar.psd1"
        $output = Invoke-AtHome @"
$register
Remove-Item '$repository/*'
Publish-PSResource -Path '$earlier' -Repository local
Install-PSResource MattermostXsoar -Repository local -Scope CurrentUser -TrustRepository -Reinstall -Version 0.0.9
. '$PSScriptRoot/../../docs/examples/Sandbox.ps1'
`$server = Start-Sandbox -Sandbox '$Sandbox'
try {
    Import-Module MattermostXsoar -RequiredVersion 0.0.9
    `$null = Connect-Sandbox `$server
    'before: ' + (Start-MattermostMirror 1).State + ' ' + (Get-Module MattermostXsoar).Version
    Disconnect-Mattermost
    Remove-Module MattermostXsoar
    Publish-PSResource -NupkgPath '$nupkg' -Repository local
    Update-PSResource MattermostXsoar -Repository local -Scope CurrentUser -TrustRepository
    (Get-InstalledPSResource MattermostXsoar | Sort-Object Version).Version -join ' '
    `$server | Select-Object -Property * -ExcludeProperty Process | ConvertTo-Json -Compress | Set-Content '$TestDrive/server.json'
    & '$program' $arguments -NoProfile -NonInteractive -Command ". '$PSScriptRoot/../../docs/examples/Sandbox.ps1'; Import-Module MattermostXsoar; ```$null = Connect-Sandbox (Get-Content '$TestDrive/server.json' | ConvertFrom-Json); 'after: ' + (Get-MattermostMirror).ChannelName + ' ' + (Get-Module MattermostXsoar).Version; Disconnect-Mattermost"
    Uninstall-PSResource MattermostXsoar -Version '*'
    'left: ' + @(Get-Module -ListAvailable MattermostXsoar).Count
}
finally { Stop-Sandbox `$server }
"@

        $output | Should -Contain "before: Active 0.0.9"
        $output | Should -Contain "after: incident-1 $number"
        $output | Should -Contain 'left: 0'
    }
}
