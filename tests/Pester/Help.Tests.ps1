param([string] $Module, [string] $Sandbox, [string] $Package)

BeforeDiscovery {
    Import-Module -Name $Module
    $cmdlets = Get-Command -Module MattermostXsoar -CommandType Cmdlet | ForEach-Object { @{ Name = $_.Name } }
    $common = [System.Management.Automation.Cmdlet]::CommonParameters + [System.Management.Automation.Cmdlet]::OptionalCommonParameters
    $parameters = foreach ($cmdlet in Get-Command -Module MattermostXsoar -CommandType Cmdlet) {
        # Those that only the pipeline binds are shown nowhere.
        $shown = $cmdlet.Parameters.Values | Where-Object { -not ($_.Attributes.DontShow -contains $true) }
        @{ Name = $cmdlet.Name; Parameters = @($shown.Name | Where-Object { $_ -notin $common }) }
    }
}

Describe 'Get-Help' {
    It 'shows a synopsis, a description and an example with a text: <Name>' -ForEach $cmdlets {
        $help = Get-Help -Name $Name -Full

        $help.Synopsis | Should -Not -BeNullOrEmpty
        $help.Synopsis | Should -Not -Match "^\s*$Name " -Because 'that is the syntax, which PowerShell shows where there is no help'
        ($help.description | Out-String).Trim() | Should -Not -BeNullOrEmpty
        @($help.examples.example).Count | Should -BeGreaterThan 0
        foreach ($example in $help.examples.example) {
            $example.code | Should -Not -BeNullOrEmpty -Because $example.title
        }
    }

    It 'describes every parameter: <Name>' -ForEach $parameters {
        foreach ($parameter in $Parameters) {
            $text = (Get-Help -Name $Name -Parameter $parameter).description | Out-String
            $text.Trim() | Should -Not -BeNullOrEmpty -Because "$Name -$parameter"
        }
    }

    It 'has the topic <_>' -ForEach 'about_MattermostXsoar', 'about_MattermostXsoar_Configuration', 'about_MattermostXsoar_Mirroring' {
        Get-Content -Raw -Path (Join-Path (Split-Path -Path $Module) "en-US/$_.help.txt") | Should -Match 'TOPIC|SHORT DESCRIPTION'
    }
}
