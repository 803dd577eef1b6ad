param([string] $Module, [string] $Sandbox, [string] $Package)

BeforeAll {
    . "$PSScriptRoot/Server.ps1"
    $server = Start-TestServer $Module $Sandbox '--license', '--seed', "$PSScriptRoot/groups.seed.json"
}

AfterAll {
    Stop-TestServer $server
}

Describe 'A group' {
    It 'is listed, filled through the pipeline and emptied' {
        $group = Get-MattermostGroup -All
        $group.Name | Should -Be 'analysts'
        Get-MattermostUser bea | Add-MattermostGroupMember -Group analysts
        (Get-MattermostGroupMember analysts -All).Username | Sort-Object | Should -Be 'ann', 'bea'
        $group | Remove-MattermostGroupMember -User ann
        ($group | Get-MattermostGroupMember -All).Username | Should -Be 'bea'
    }
}
