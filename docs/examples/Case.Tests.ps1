# The same in Pester's form (Pester 5): Invoke-Pester ./docs/examples/Case.Tests.ps1
BeforeAll {
    Import-Module MattermostXsoar
    . "$PSScriptRoot/Sandbox.ps1"
    $server = Start-Sandbox
    $null = Connect-Sandbox $server
}

AfterAll {
    Disconnect-Mattermost
    Stop-Sandbox $server
}

Describe 'Open-Case' {
    It 'notifies those on duty of the channel' {
        $null = & "$PSScriptRoot/Open-Case.ps1" -InvestigationId 2 -NotificationChannel alerts

        Invoke-Sandbox $server GET 'posts?channel=alerts' | Where-Object message -Like '*Investigation 2 is discussed in ~incident-2.*' | Should -HaveCount 1
    }
}

Describe 'Close-Case' {
    It 'writes a message whose answer was lost into the War Room once' {
        $null = & "$PSScriptRoot/Open-Case.ps1" -InvestigationId 1
        Invoke-Sandbox $server POST member @{ channel = 'incident-1'; user = 'user1' }
        Invoke-Sandbox $server POST faults @{ kind = 'ActThenDrop'; server = 'xsoar'; path = '/entry/formatted$' }
        Invoke-Sandbox $server POST post @{ channel = 'incident-1'; user = 'user1'; message = 'The sender is blocked.' }

        & "$PSScriptRoot/Close-Case.ps1" -InvestigationId 1

        Invoke-Sandbox $server GET 'entries?investigationId=1' | Where-Object contents -Like '*The sender is blocked.*' | Should -HaveCount 1
    }
}
