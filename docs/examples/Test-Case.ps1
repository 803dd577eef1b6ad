# Tests the two runbooks beside it against the sandbox: on a good day, and on bad ones. Import-Module MattermostXsoar first.
param([string] $Sandbox = "$PSScriptRoot/../../src/MattermostXsoar.Sandbox")
$ErrorActionPreference = 'Stop'
. "$PSScriptRoot/Sandbox.ps1"

function Assert([string] $What, $Condition) {
    if (-not $Condition) { throw "not so: $What" }
    "ok: $What"
}

function Get-Line([string] $InvestigationId, [string] $Text) {
    @(Invoke-Sandbox $server GET "entries?investigationId=$InvestigationId" | Where-Object contents -Like "*$Text*")
}

function Get-Post([string] $Channel, [string] $Text) {
    @(Invoke-Sandbox $server GET "posts?channel=$Channel" | Where-Object message -Like "*$Text*")
}

function Test-ChannelOpen([string] $Name) {
    @(Get-MattermostChannel -IncludePrivate -All | Where-Object Name -EQ $Name).Count -eq 1
}

$server = Start-Sandbox -Sandbox $Sandbox
try {
    $null = Connect-Sandbox $server

    # A good day: what is said is in the War Room, and the channel goes.
    $null = & "$PSScriptRoot/Open-Case.ps1" -InvestigationId 1
    $null = Invoke-Sandbox $server POST member @{ channel = 'incident-1'; user = 'user1' }
    $null = Invoke-Sandbox $server POST post @{ channel = 'incident-1'; user = 'user1'; message = 'The sender is blocked.' }
    Assert 'those on duty are told once, with a link' ((Get-Post alerts 'Investigation 1 is talked about in ~incident-1.*WarRoom/1').Count -eq 1)
    & "$PSScriptRoot/Close-Case.ps1" -InvestigationId 1
    Assert 'the line is in the War Room once' ((Get-Line 1 'The sender is blocked.').Count -eq 1)
    Assert 'the channel is archived' (-not (Test-ChannelOpen incident-1))

    # A bad day: XSOAR takes the line, but its answer gets lost; then it is busy for a while.
    $null = & "$PSScriptRoot/Open-Case.ps1" -InvestigationId 2
    $null = Invoke-Sandbox $server POST member @{ channel = 'incident-2'; user = 'user1' }
    $null = Invoke-Sandbox $server POST faults @{ kind = 'ActThenDrop'; server = 'xsoar'; path = '/entry/formatted$' }
    $null = Invoke-Sandbox $server POST faults @{ kind = 'RateLimit'; limit = 'Xsoar'; server = 'xsoar'; path = '/entry/formatted$'; skip = 1; count = 2 }
    $null = Invoke-Sandbox $server POST post @{ channel = 'incident-2'; user = 'user1'; message = 'The host is off the net.' }
    $null = Invoke-Sandbox $server POST post @{ channel = 'incident-2'; user = 'user1'; message = 'The disk is saved.' }
    & "$PSScriptRoot/Close-Case.ps1" -InvestigationId 2
    Assert 'the line whose answer was lost is there once' ((Get-Line 2 'The host is off the net.').Count -eq 1)
    Assert 'the line that met a busy server is there once' ((Get-Line 2 'The disk is saved.').Count -eq 1)

    # The worst day: XSOAR refuses the line. The runbook must say so and leave the channel open.
    $null = & "$PSScriptRoot/Open-Case.ps1" -InvestigationId 3
    $null = Invoke-Sandbox $server POST member @{ channel = 'incident-3'; user = 'user1' }
    $null = Invoke-Sandbox $server POST faults @{ kind = 'Status'; status = 400; server = 'xsoar'; path = '/entry/formatted$'; count = 100 }
    $null = Invoke-Sandbox $server POST post @{ channel = 'incident-3'; user = 'user1'; message = 'It was the printer.' }
    $message = try { & "$PSScriptRoot/Close-Case.ps1" -InvestigationId 3 } catch { "$_" }
    Assert 'the runbook says that a line was refused' ($message -like '*were refused, the channel stays open*')
    Assert 'the channel is still open' (Test-ChannelOpen incident-3)
}
finally {
    Disconnect-Mattermost
    Stop-Sandbox $server
}
