param([string] $Module, [string] $Sandbox, [string] $Package)

BeforeAll {
    . "$PSScriptRoot/Server.ps1"
    $server = Start-TestServer $Module $Sandbox
    $examples = "$PSScriptRoot/../../docs/examples"
}

AfterAll {
    Stop-TestServer $server
}

Describe 'A runbook from end to end' {
    It 'opens a case, carries what people write both ways, each once, and closes it' {
        $mirror = & "$examples/Open-Case.ps1" -InvestigationId 1
        $mirror.State | Should -Be 'Active'
        $null = Invoke-Sandbox $server POST member @{ channel = 'incident-1'; user = 'user1' }
        foreach ($number in 1..20) {
            $null = Invoke-Sandbox $server POST post @{ channel = 'incident-1'; user = 'user1'; message = "from the chat $number" }
            $null = Invoke-Sandbox $server POST entry @{ investigationId = '1'; user = 'jane'; text = "from the War Room $number" }
        }
        $after = Sync-MattermostMirror -InvestigationId 1
        $after.Failed | Should -Be 0

        $entries = @(Invoke-Sandbox $server GET 'entries?investigationId=1').contents
        $posts = @(Invoke-Sandbox $server GET 'posts?channel=incident-1').message
        foreach ($number in 1..20) {
            @($entries -match "from the chat $number\b") | Should -HaveCount 1
            @($posts -match "from the War Room $number\b") | Should -HaveCount 1
        }

        & "$examples/Close-Case.ps1" -InvestigationId 1
        (Get-MattermostMirror -InvestigationId 1).State | Should -Be 'Stopped'
    }
}

Describe 'The examples of the documentation' {
    It 'Test-Case.ps1 tests both runbooks with faults' {
        $output = & "$examples/Test-Case.ps1" -Sandbox $Sandbox

        @($output -like 'ok: *').Count | Should -BeGreaterThan 5
        $output | Should -Not -Match 'failed'
    }
}
