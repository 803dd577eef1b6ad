param([string] $Module, [string] $Sandbox, [string] $Package)

BeforeAll {
    $manifest = Test-ModuleManifest -Path $Module
    $data = Import-PowerShellDataFile -Path $Module
}

Describe 'The manifest' {
    It 'is valid and exports explicitly what it exports' {
        $manifest.ExportedCmdlets.Count | Should -Be $data.CmdletsToExport.Count
        $manifest.ExportedCmdlets.Count | Should -BeGreaterThan 25
        foreach ($list in 'CmdletsToExport', 'FunctionsToExport', 'AliasesToExport', 'VariablesToExport') {
            $data.$list | Should -Not -Contain '*' -Because "$list with a wildcard slows every prompt down"
        }
    }

    It 'exports cmdlets with approved verbs and the nouns of the two products' {
        $approved = (Get-Verb).Verb
        foreach ($name in $data.CmdletsToExport) {
            $verb, $noun = $name -split '-'
            $approved | Should -Contain $verb -Because $name
            $noun | Should -Match '^(Mattermost|Xsoar)' -Because $name
        }
    }

    It 'has what the gallery shows: <_>' -ForEach 'Author', 'Description', 'Copyright' {
        $data.$_ | Should -Not -BeNullOrEmpty
    }

    It 'has the links and tags of the gallery: <_>' -ForEach 'ProjectUri', 'LicenseUri', 'IconUri', 'ReleaseNotes', 'Tags' {
        $data.PrivateData.PSData.$_ | Should -Not -BeNullOrEmpty
    }

    It 'is the only manifest in the folder, as Publish-PSResource needs it' {
        @(Get-ChildItem -Path (Split-Path -Path $Module) -Filter *.psd1).Name | Should -Be 'MattermostXsoar.psd1'
    }

    It 'runs in Windows PowerShell and in PowerShell 7' {
        $data.CompatiblePSEditions | Should -Be 'Core', 'Desktop'
        $data.PowerShellVersion | Should -Be '5.1'
    }
}
