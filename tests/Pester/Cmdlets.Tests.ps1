param([string] $Module, [string] $Sandbox, [string] $Package)

BeforeAll {
    . "$PSScriptRoot/Server.ps1"
    $server = Start-TestServer $Module $Sandbox
}

AfterAll {
    Stop-TestServer $server
}

Describe 'What is shown at the prompt' {
    It 'is a table with a header and the names: <Command>' -ForEach @(
        @{ Command = 'Get-MattermostSession'; Shown = 'panw' }
        @{ Command = 'Get-MattermostTeam'; Shown = 'panw' }
        @{ Command = 'Get-MattermostChannel -All'; Shown = 'alerts' }
        @{ Command = 'Get-MattermostUser'; Shown = 'user1' }
        @{ Command = 'Test-MattermostConnection -WarningAction Ignore'; Shown = 'Server' }
        @{ Command = 'Get-MattermostListener | Format-Table'; Shown = 'Stopped' }
    ) {
        $text = Show-Output ([scriptblock]::Create($Command))

        $text | Should -Match '(?m)^-+ '
        $text | Should -Match $Shown
        foreach ($line in $text -split "`r?`n") { $line.Length | Should -BeLessOrEqual 120 }
    }

    It 'becomes JSON with words and without a token: <Command>' -ForEach @(
        @{ Command = 'Get-MattermostTeam'; Property = 'Name' }
        @{ Command = 'Get-MattermostUser'; Property = 'Username' }
        @{ Command = 'Get-MattermostSession'; Property = 'XsoarUri' }
    ) {
        $json = & ([scriptblock]::Create($Command)) | ConvertTo-Json -Depth 5

        $json | Should -Match "`"$Property`""
        foreach ($secret in $server.botToken, $server.personalAccessToken, $server.xsoarApiKey) { $json | Should -Not -Match ([regex]::Escape($secret)) }
    }

    It 'becomes CSV with a column for each property' {
        $rows = Get-MattermostChannel -All | ConvertTo-Csv | ConvertFrom-Csv

        $rows.Name | Should -Contain 'alerts'
        $rows[0].psobject.Properties.Name | Should -Contain 'DisplayName'
    }
}

Describe 'A channel for a case' {
    It 'is created, filled through the pipeline, used and archived' {
        New-MattermostChannel 'Pester case' pester-case -Type Private | Should -Not -BeNullOrEmpty
        Get-MattermostUser user1, user2 | Add-MattermostChannelMember -Channel pester-case
        (Get-MattermostUser -Channel pester-case -All).Username | Should -Contain 'user2'
        Set-MattermostChannelRole pester-case user1 Admin
        $post = 'one', 'two' | Send-MattermostNotification -Channel pester-case -PassThru
        $post | Should -HaveCount 2
        Get-MattermostUser user2 | Remove-MattermostChannelMember -Channel pester-case
        (Get-MattermostUser -Channel pester-case -All).Username | Should -Not -Contain 'user2'
        Close-MattermostChannel pester-case
        (Get-MattermostChannel -IncludePrivate -All).Name | Should -Not -Contain 'pester-case'
    }

    It 'changes nothing with -WhatIf' {
        New-MattermostChannel 'Not made' not-made -WhatIf
        Close-MattermostChannel alerts -WhatIf
        Send-MattermostNotification 'not sent' -Channel alerts -WhatIf

        $names = (Get-MattermostChannel -IncludePrivate -All).Name
        $names | Should -Contain 'alerts'
        $names | Should -Not -Contain 'not-made'
        @(Invoke-Sandbox $server GET 'posts?channel=alerts').message | Should -Not -Contain 'not sent'
    }

    It 'sends files from disk' {
        Set-Content -Path "$TestDrive/a.txt" -Value 'evidence'
        Set-Content -Path "$TestDrive/b.txt" -Value 'more'
        Send-MattermostFile "$TestDrive/*.txt" -Channel alerts -Message 'The evidence'

        @(Invoke-Sandbox $server GET 'posts?channel=alerts' | Where-Object message -EQ 'The evidence') | Should -HaveCount 1
    }
}

Describe 'An error' {
    It 'says what is wrong, of what, and what to do' {
        Get-MattermostTeam nowhere -ErrorVariable failed -ErrorAction SilentlyContinue

        $failed | Should -HaveCount 1
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'TeamNotFound,*'
        $failed[0].TargetObject | Should -Be 'nowhere'
        $failed[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }

    It 'of one item leaves the others alone' {
        $found = 'user1', 'nobody-at-all', 'user2' | Get-MattermostUser -ErrorAction SilentlyContinue -ErrorVariable failed

        $found.Username | Should -Be 'user1', 'user2'
        $failed | Should -HaveCount 1
    }
}

Describe 'The original names' {
    It 'work with the original arguments' {
        (mattermost-get-team -team_name panw).id | Should -Be (Get-MattermostTeam panw).Id
        (mattermost-list-channels -team_name panw -include_private_channels:$true -limit 3) | Should -HaveCount 3
        (send-notification -message hello -channel alerts -PassThru) | Should -HaveCount 1
        $context = mattermost-get-team panw | ConvertTo-MattermostContext -AsJson | ConvertFrom-Json
        $context.Mattermost.Team.name | Should -Be 'panw'
    }
}

Describe 'Tab' {
    It 'completes <Line>' -ForEach @(
        @{ Line = 'Get-MattermostChannel ale'; Expected = 'alerts' }
        @{ Line = 'Get-MattermostUser use'; Expected = 'user1' }
        @{ Line = 'Start-MattermostMirror 1 -Type '; Expected = 'All' }
        @{ Line = 'mattermost-get-t'; Expected = 'mattermost-get-team' }
    ) {
        (TabExpansion2 -inputScript $Line -cursorColumn $Line.Length).CompletionMatches.CompletionText | Should -Contain $Expected
    }
}

Describe 'Ctrl+C' {
    It 'ends <Name> although the server does not answer' -ForEach @(
        @{ Name = 'Get-MattermostTeam'; Script = 'Get-MattermostTeam panw' }
        @{ Name = 'Send-MattermostNotification'; Script = 'Send-MattermostNotification hello -Channel alerts' }
        @{ Name = 'Wait-MattermostListener'; Script = 'Start-MattermostListener; Wait-MattermostListener -State Stopped' }
    ) {
        # A runspace of its own has a session of its own, as another window has.
        $other = [powershell]::Create()
        try {
            $null = $other.AddScript("Import-Module '$Module'; . '$PSScriptRoot/../../docs/examples/Sandbox.ps1'").Invoke()
            $other.Commands.Clear()
            $server.psobject.Properties['StateFolder'].Value = "$($server.StateFolder)"
            $another = $server.psobject.Copy()
            $another.StateFolder = "$TestDrive"
            $null = $other.AddScript('param($server) $null = Connect-Sandbox $server').AddArgument($another).Invoke()
            $other.HadErrors | Should -BeFalse
            $other.Commands.Clear()
            $null = Invoke-Sandbox $server POST faults @{ kind = 'Stall'; server = 'mattermost'; path = 'api/v4/(teams|posts|channels)'; count = 100 }
            $null = $other.AddScript($Script)
            $running = $other.BeginInvoke()
            $stopping = $other.BeginStop($null, $null)

            $stopping.AsyncWaitHandle.WaitOne([TimeSpan]::FromSeconds(60)) | Should -BeTrue
            $running.AsyncWaitHandle.WaitOne([TimeSpan]::FromSeconds(60)) | Should -BeTrue
            $other.InvocationStateInfo.State | Should -Be 'Stopped'
        }
        finally {
            $null = Invoke-Sandbox $server DELETE faults
            $other.Runspace.Dispose()
            $other.Dispose()
        }
    }
}
