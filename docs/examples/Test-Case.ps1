# Tests the two runbooks in this folder against the sandbox, without and with faults. Import-Module MattermostXsoar first.
param([string] $Sandbox = "$PSScriptRoot/../../src/MattermostXsoar.Sandbox")
$ErrorActionPreference = 'Stop'
. "$PSScriptRoot/Sandbox.ps1"

function Assert([string] $What, $Condition) {
    if (-not $Condition) { throw "failed: $What" }
    "ok: $What"
}

function Get-Entry([string] $InvestigationId, [string] $Text) {
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

    # Without faults: the message is in the War Room, and the channel is archived.
    $null = & "$PSScriptRoot/Open-Case.ps1" -InvestigationId 1
    $null = Invoke-Sandbox $server POST member @{ channel = 'incident-1'; user = 'user1' }
    $null = Invoke-Sandbox $server POST post @{ channel = 'incident-1'; user = 'user1'; message = 'The sender is blocked.' }
    Assert 'those on duty are notified once, with a link' ((Get-Post alerts 'Investigation 1 is discussed in ~incident-1.*WarRoom/1').Count -eq 1)
    $null = & "$PSScriptRoot/Close-Case.ps1" -InvestigationId 1
    Assert 'the message is in the War Room once' ((Get-Entry 1 'The sender is blocked.').Count -eq 1)
    Assert 'the channel is archived' (-not (Test-ChannelOpen incident-1))

    # XSOAR takes the message, but its answer is lost; then XSOAR is busy for a while.
    $null = & "$PSScriptRoot/Open-Case.ps1" -InvestigationId 2
    $null = Invoke-Sandbox $server POST member @{ channel = 'incident-2'; user = 'user1' }
    $null = Invoke-Sandbox $server POST faults @{ kind = 'ActThenDrop'; server = 'xsoar'; path = '/entry/formatted$' }
    $null = Invoke-Sandbox $server POST faults @{ kind = 'RateLimit'; limit = 'Xsoar'; server = 'xsoar'; path = '/entry/formatted$'; skip = 1; count = 2 }
    $null = Invoke-Sandbox $server POST post @{ channel = 'incident-2'; user = 'user1'; message = 'The host is off the net.' }
    $null = Invoke-Sandbox $server POST post @{ channel = 'incident-2'; user = 'user1'; message = 'The disk is saved.' }
    $null = & "$PSScriptRoot/Close-Case.ps1" -InvestigationId 2
    Assert 'the message whose answer was lost is in the War Room once' ((Get-Entry 2 'The host is off the net.').Count -eq 1)
    Assert 'the message sent while XSOAR was busy is in the War Room once' ((Get-Entry 2 'The disk is saved.').Count -eq 1)

    # XSOAR refuses the message. The runbook must report this and leave the channel open.
    $null = & "$PSScriptRoot/Open-Case.ps1" -InvestigationId 3
    $null = Invoke-Sandbox $server POST member @{ channel = 'incident-3'; user = 'user1' }
    $null = Invoke-Sandbox $server POST faults @{ kind = 'Status'; status = 400; server = 'xsoar'; path = '/entry/formatted$'; count = 100 }
    $null = Invoke-Sandbox $server POST post @{ channel = 'incident-3'; user = 'user1'; message = 'It was the printer.' }
    $message = try { & "$PSScriptRoot/Close-Case.ps1" -InvestigationId 3 } catch { "$_" }
    Assert 'the runbook reports that a message was refused' ($message -like '*were refused, the channel stays open*')
    Assert 'the channel is still open' (Test-ChannelOpen incident-3)
}
finally {
    Disconnect-Mattermost
    Stop-Sandbox $server
}
